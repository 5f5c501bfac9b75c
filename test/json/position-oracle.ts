import { type Node, parseTree } from 'jsonc-parser';
import type { ConnectorSource, NamedFile } from '../../src/validation/engine/connector-source.ts';
import type { Finding, Position } from '../../src/validation/engine/finding.ts';

type Range = readonly [start: number, end: number];

/** Faults of the text itself have a token as their place; the pointer only says near what it is. */
const syntaxRules: ReadonlySet<string> = new Set([
  'json-syntax',
  'json-merge-marks',
  'json-trailing-comma',
  'json-comment',
  'json-control-char',
  'json-trailing-data',
  'json-encoding',
]);

/**
 * The findings which are not where they say, as another parser and a count of lines of our own have it. Each must be inside
 * its file. One in a JSON file marks what its pointer leads to: the value, its name or, where it speaks of an absent member,
 * the bracket of the object which should hold it.
 */
export function misplaced(source: ConnectorSource, findings: readonly Finding[]): readonly string[] {
  return filesOf(source).flatMap((file) => {
    const text = new TextDecoder().decode(file.bytes);
    const root = file === source.script ? undefined : parseTree(text, [], { allowTrailingComma: true });
    return wrong(file, findings, (finding, range) => {
      if (!root || syntaxRules.has(finding.rule) || isAboutWholeFile(finding, range)) return true;
      return marks(finding, range, root) || marksPart(finding, range, root, text);
    });
  });
}

/** The findings which are not inside their file: of what is left of JSON after a fault, parsers have their own views. */
export function outside(source: ConnectorSource, findings: readonly Finding[]): readonly string[] {
  return filesOf(source).flatMap((file) => wrong(file, findings, () => true));
}

function filesOf({ definition, properties, settings, script }: ConnectorSource): readonly NamedFile[] {
  return [definition, properties, settings, script].filter((file) => file !== undefined);
}

function wrong(
  { name, bytes }: NamedFile,
  findings: readonly Finding[],
  isRight: (finding: Finding, range: Range) => boolean,
): readonly string[] {
  const text = new TextDecoder().decode(bytes);
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/u);
  // After the last line end there is a line too, where a text that is cut off ends.
  if (/[\r\n]$/u.test(text)) lines.push('');
  return findings
    .filter((finding) => {
      if (finding.file !== name) return false;
      const range = rangeOf(finding, lines);
      return !range || !isRight(finding, range);
    })
    .map(({ rule, line, column, pointer }) => `${name}:${line}:${column} ${rule} ${pointer}`);
}

function rangeOf({ line, column, endLine, endColumn }: Finding, lines: readonly string[]): Range | undefined {
  const start = offsetOf({ line, column }, lines);
  const end = offsetOf({ line: endLine, column: endColumn }, lines);
  return start === undefined || end === undefined || end < start ? undefined : [start, end];
}

/** Undefined on a line that is not there or beyond its end. */
function offsetOf({ line, column }: Position, lines: readonly string[]): number | undefined {
  const text = lines[line - 1]?.replace(/[\r\n]+$/u, '');
  if (text === undefined || column < 1 || column > text.length + 1) return undefined;
  return lines.slice(0, line - 1).join('').length + column - 1;
}

function isAboutWholeFile({ pointer }: Finding, [, end]: Range): boolean {
  return pointer === '' && end === 0;
}

function marks({ rule, pointer }: Finding, range: Range, root: Node): boolean {
  const nodes = nodesAt(pointer, root);
  // Of members with the same name the last counts, unless they are what the finding is about.
  const meant = rule === 'json-duplicate-key' ? nodes : nodes.slice(-1);
  return meant.flatMap(markable).some(([start, end]) => start === range[0] && end === range[1]);
}

/** What in a text the findings of a rule are about. */
function partOf({ rule, hint = '' }: Finding): RegExp | undefined {
  if (rule === 'description-url') return /https?:\/\//iu;
  const [, character] = rule === 'description-not-english' ? (/'(?<character>.+)'/u.exec(hint) ?? []) : [];
  return character === undefined
    ? undefined
    : new RegExp(character.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`), 'u');
}

/** Whether the start of it is marked, up to an end in the same text. */
function marksPart(finding: Finding, [start, end]: Range, root: Node, text: string): boolean {
  const [node] = nodesAt(finding.pointer, root).slice(-1);
  const part = partOf(finding);
  if (!node || !part) return false;
  const index = text.slice(node.offset, node.offset + node.length).search(part);
  return index !== -1 && start === node.offset + index && end > start && end < node.offset + node.length;
}

/** More than one where names occur twice. */
function nodesAt(pointer: string, root: Node): readonly Node[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<readonly Node[]>((nodes, name) => nodes.flatMap((node) => below(node, name)), [root]);
}

function below({ type, children = [] }: Node, name: string): readonly Node[] {
  if (type === 'array') return children.slice(Number(name), Number(name) + 1);
  return children.flatMap(({ children: [key, value] = [] }) => (value && key?.value === name ? [value] : []));
}

function markable({ type, offset, length, parent }: Node): readonly Range[] {
  const ranges: Range[] = [[offset, offset + length]];
  if (type === 'object' || type === 'array') ranges.push([offset, offset + 1]);
  const [key] = parent?.type === 'property' ? (parent.children ?? []) : [];
  if (key) ranges.push([key.offset, key.offset + key.length]);
  return ranges;
}
