import { type Node, parseTree } from 'jsonc-parser';
import { expect } from 'vitest';
import type { ConnectorSource } from '../../src/validation/connector-source.ts';
import type { Finding, Position } from '../../src/validation/finding.ts';

/** What another parser and a count of lines of our own say about where things are in a file. */
export class PositionOracle {
  readonly #text: string;
  readonly #lines: readonly string[];
  readonly #tree: Node | undefined;

  constructor(bytes: Uint8Array) {
    this.#text = new TextDecoder().decode(bytes);
    this.#lines = this.#text.split(/(?<=\r\n|\n|\r(?!\n))/u);
    this.#tree = parseTree(this.#text, [], { allowTrailingComma: true });
  }

  /** Every position is one in the file: on a line that is there, and not beyond its end. */
  expectInside(finding: Finding): void {
    const { line, column, endLine, endColumn } = finding;
    const start = this.#offset({ line, column });
    const end = this.#offset({ line: endLine, column: endColumn });
    expect(end, shown(finding)).toBeGreaterThanOrEqual(start);
  }

  /**
   * A finding with a pointer marks what the pointer leads to: its value, its name or, where it speaks of a member that is
   * absent, the bracket of the object which should hold it.
   */
  expectAtPointer(finding: Finding): void {
    const { line, column, endLine, endColumn } = finding;
    const start = this.#offset({ line, column });
    const end = this.#offset({ line: endLine, column: endColumn });
    if (finding.pointer === '' && end === 0) return;
    const nodes = this.#nodesAt(finding.pointer);
    // Of members with the same name the last counts, unless they are what the finding is about.
    const meant = finding.rule === 'json-duplicate-key' ? nodes : nodes.slice(-1);
    const ranges = meant.flatMap((node) => [
      [node.offset, node.offset + node.length],
      ...(node.type === 'object' || node.type === 'array' ? [[node.offset, node.offset + 1]] : []),
      ...nameOf(node),
    ]);
    expect(ranges, shown(finding)).toContainEqual([start, end]);
  }

  #offset({ line, column }: Position): number {
    const text = this.#lines[line - 1];
    expect(text, `line ${line}`).toBeDefined();
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column - 1).toBeLessThanOrEqual(text?.replace(/[\r\n]+$/u, '').length ?? 0);
    return this.#lines.slice(0, line - 1).reduce((length, before) => length + before.length, 0) + column - 1;
  }

  /** More than one where names occur twice. */
  #nodesAt(pointer: string): readonly Node[] {
    let nodes = this.#tree ? [this.#tree] : [];
    for (const step of pointer.split('/').slice(1)) {
      const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
      nodes = nodes.flatMap((node) => below(node, name));
    }
    return nodes;
  }
}

function below(node: Node, name: string): readonly Node[] {
  const children = node.children ?? [];
  if (node.type === 'array') return children.slice(Number(name), Number(name) + 1);
  return children.flatMap(({ children: [key, value] = [] }) => (value && key?.value === name ? [value] : []));
}

function nameOf({ parent }: Node): readonly number[][] {
  const [key] = parent?.type === 'property' ? (parent.children ?? []) : [];
  return key ? [[key.offset, key.offset + key.length]] : [];
}

function shown({ file, rule, line, column, pointer }: Finding): string {
  return `${file}:${line}:${column} ${rule} ${pointer}`;
}

/** Faults of the text itself have a token as their place, and the pointer says near what it is. */
const syntaxRules = [
  'json-syntax',
  'json-trailing-comma',
  'json-comment',
  'json-control-char',
  'json-trailing-data',
  'json-encoding',
];

/** Compares the positions of findings with what the oracle says. Files without bytes have none. */
export function expectRightPositions(source: ConnectorSource, findings: readonly Finding[]): void {
  const { definition, properties, settings, script } = source;
  for (const file of [definition, properties, settings, script]) {
    if (!file?.bytes) continue;
    const oracle = new PositionOracle(file.bytes);
    const ofFile = findings.filter((finding) => finding.file === file.name);
    for (const finding of ofFile) {
      oracle.expectInside(finding);
      if (file !== script && !syntaxRules.includes(finding.rule)) oracle.expectAtPointer(finding);
    }
  }
}
