import { jsonPointer } from '../json/pointer.ts';
import type { OutNode } from './output-tree.ts';
import type { SourceNode } from './source.ts';

/** How long a value is as text, without white space, and what indenting adds to it. */
interface Size {
  /** Bytes of UTF-8 without white space. */
  readonly compact: number;
  /** Line breaks, with two spaces each for every level around the value. */
  readonly breaks: number;
  /** Bytes that indenting adds by itself. */
  readonly space: number;
}

/** Sizes of values. Values that are shared are measured once, so that this takes no longer than there are values. */
export class Sizes {
  readonly #known = new Map<OutNode, Size>();

  of(node: OutNode): Size {
    if (node.kind === 'scalar') return this.#measure(node);
    const known = this.#known.get(node);
    if (known) return known;
    const size = this.#measure(node);
    this.#known.set(node, size);
    return size;
  }

  /** Bytes of the whole document with two spaces a level. */
  indented(node: OutNode): number {
    const { compact, space } = this.of(node);
    return compact + space + 1;
  }

  #measure(node: OutNode): Size {
    if (node.kind === 'scalar') return { compact: Buffer.byteLength(node.json), breaks: 0, space: 0 };
    const entries = entriesOf(node);
    let [compact, breaks, space] = [2, 0, 0];
    for (const [name, value] of entries) {
      const size = this.of(value);
      const label = name === undefined ? 0 : Buffer.byteLength(JSON.stringify(name)) + 1;
      compact += size.compact + label;
      breaks += size.breaks + 1;
      space += size.space + 2 * size.breaks + 3 + (name === undefined ? 0 : 1);
    }
    if (entries.length === 0) return { compact, breaks, space };
    return { compact: compact + entries.length - 1, breaks: breaks + 1, space: space + 1 };
  }
}

type Entry = readonly [name: string | undefined, value: OutNode];

function entriesOf(node: Exclude<OutNode, { readonly kind: 'scalar' }>): readonly Entry[] {
  return node.kind === 'object' ? [...node.members] : node.items.map((item) => [undefined, item]);
}

/** The text of a document. Its size must be known to be bounded. */
export function writeOutput(node: OutNode, { compact }: { readonly compact: boolean }): string {
  const parts: string[] = [];
  const colon = compact ? ':' : ': ';
  const write = (value: OutNode, indent: string): void => {
    if (value.kind === 'scalar') return void parts.push(value.json);
    const [open, close] = value.kind === 'object' ? '{}' : '[]';
    const inner = compact ? '' : `${indent}  `;
    let separator = open ?? '';
    for (const [name, entry] of entriesOf(value)) {
      parts.push(separator, inner, name === undefined ? '' : `${JSON.stringify(name)}${colon}`);
      write(entry, inner);
      separator = ',';
    }
    if (separator === ',') parts.push(compact ? '' : indent, close ?? '');
    else parts.push(`${open}${close}`);
  };
  write(node, '\n');
  return `${parts.join('')}\n`;
}

/** The first place of the result that is made of each of these nodes of the source. */
export function placesOf(root: OutNode, wanted: ReadonlySet<SourceNode>): ReadonlyMap<SourceNode, string> {
  const found = new Map<SourceNode, string>();
  const seen = new Set<OutNode>();
  const path: string[] = [];
  const walk = (node: OutNode): void => {
    // What is shared has been seen with all below it.
    if (node.kind !== 'scalar') {
      if (seen.has(node)) return;
      seen.add(node);
    }
    const { origin } = node;
    if (origin && wanted.has(origin) && !found.has(origin)) found.set(origin, jsonPointer(path));
    if (node.kind === 'scalar') return;
    let index = 0;
    for (const [name, value] of entriesOf(node)) {
      path.push(name ?? String(index));
      walk(value);
      path.pop();
      index += 1;
    }
  };
  walk(root);
  return found;
}
