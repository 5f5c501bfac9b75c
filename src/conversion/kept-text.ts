import { indented } from '../json/document.ts';
import { afterString } from '../json/scan.ts';
import type { OutNode } from './output-tree.ts';
import type { SourceNode } from './source.ts';
import { writeOutput } from './write-output.ts';

/** The text of a JSON file with what its result has: all else of it stays as it's written, with its order, layout, and escapes. */
export function keptText({ file, start, end }: SourceNode, result: OutNode): string {
  const { text, root } = file;
  const unit = /^[ \t]*/u.exec(leadOf(root).split('\n').at(-1) ?? '')?.[0] ?? '';
  const write = new Writer(text, unit === '' ? '  ' : unit);
  return `${text.slice(0, start)}${write.value(result, root)}${text.slice(end)}`;
}

/** An item of a list or a member of an object in the result. */
interface Entry {
  readonly name: string | undefined;
  readonly value: OutNode;
  /** What it's in the source. */
  readonly source: SourceNode | undefined;
}

class Writer {
  readonly #text: string;
  readonly #unit: string;

  constructor(text: string, unit: string) {
    this.#text = text;
    this.#unit = unit;
  }

  /** A value that is in the place of one of the source. */
  value(result: OutNode, node: SourceNode, around = ''): string {
    if (result.kind === 'scalar')
      return isSame(result.json, node) ? this.#text.slice(node.start, node.end) : result.json;
    const written = [...(node.kind === 'array' ? node.items : node.members.values())];
    const entries = entriesOf(result, node);
    const [first, second] = written;
    if (!first || !entries.some(({ source }) => source)) return this.#made(result, around);
    const lead = leadOf(node);
    const colon =
      result.kind === 'object' ? this.#text.slice(afterString(this.#text, first.nameStart), first.start) : '';
    const space = lead === '' && colon.endsWith(' ') ? ' ' : lead;
    const separator = second ? this.#text.slice(first.end, second.nameStart) : `,${space}`;
    const before = new Map(written.map((one, index) => [one, written[index - 1]] as const));
    const parts = entries.map(({ name, value, source }, index) => {
      const previous = source && before.get(source);
      const between = previous && source ? this.#text.slice(previous.end, source.nameStart) : separator;
      const label = source
        ? this.#text.slice(source.nameStart, source.start)
        : name === undefined
          ? ''
          : `${JSON.stringify(name)}${colon}`;
      const content = source ? this.value(value, source, lead) : this.#made(value, lead);
      return `${index === 0 ? lead : between}${label}${content}`;
    });
    const [open, last] = [this.#text[node.start] ?? '', written.at(-1) ?? first];
    return `${open}${parts.join('')}${this.#text.slice(last.end, node.end)}`;
  }

  /** A value that the source doesn't have, in the layout of what is around it. */
  #made(result: OutNode, around: string): string {
    const text = writeOutput(result, { compact: true }).trimEnd();
    const lineBreak = around.includes('\n') ? around.slice(around.lastIndexOf('\n')) : undefined;
    return indented({ text }, { lineBreak, unit: this.#unit, colon: ': ' });
  }
}

/** What is between the bracket that opens a value and what comes first in it. */
function leadOf({ file, start, items, members }: SourceNode): string {
  const [first] = [...items, ...members.values()];
  return first ? file.text.slice(start + 1, first.nameStart) : '';
}

function isSame(json: string, { kind, text, json: rewritten }: SourceNode): boolean {
  return json === (kind === 'string' ? JSON.stringify(text) : (rewritten ?? text));
}

/** What the source has comes in its order, and what is added after what it follows in the result. */
function entriesOf(result: Exclude<OutNode, { readonly kind: 'scalar' }>, node: SourceNode): readonly Entry[] {
  if (result.kind === 'array') {
    const items = new Set(node.items);
    return result.items.map((value) => ({
      name: undefined,
      value,
      source: value.origin && items.has(value.origin) ? value.origin : undefined,
    }));
  }
  const following = new Map<string | undefined, Entry[]>();
  let previous: string | undefined;
  for (const [name, value] of result.members) {
    if (node.members.has(name)) previous = name;
    else following.set(previous, [...(following.get(previous) ?? []), { name, value, source: undefined }]);
  }
  const kept = [...node.members].flatMap(([name, source]) => {
    const value = result.members.get(name);
    return value ? [{ name, value, source }, ...(following.get(name) ?? [])] : [];
  });
  return [...(following.get(undefined) ?? []), ...kept];
}
