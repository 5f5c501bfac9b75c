import type { JsonNode } from '../json/tree.ts';
import { jsonPointer } from '../json/pointer.ts';

export type SourceKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/** A file that is converted, or that one of its references leads to. */
export interface DescriptionFile {
  /** The name that users know it by. */
  readonly shown: string;
  /** Where relative references start from. */
  readonly url: string;
  readonly text: string;
  readonly format: 'JSON' | 'YAML';
  readonly root: SourceNode;
  /** How many values it has, those that aliases repeat included. */
  readonly values: number;
  /** Places whose value isn't in the tree, because JSON can't express it or a later member replaces it. */
  readonly losses: readonly ReadingLoss[];
}

/** What reading makes of a text. */
export type ReadTree = Pick<DescriptionFile, 'root' | 'values'>;

/** Something that reading alone has lost. */
export interface ReadingLoss {
  readonly rule: 'yaml-tag' | 'number-not-json' | 'member-twice';
  readonly node: SourceNode;
  readonly values: Readonly<Record<string, string>>;
}

/** A value of a JSON or YAML file with its place. */
export interface SourceNode {
  readonly kind: SourceKind;
  readonly file: DescriptionFile;
  readonly parent: SourceNode | undefined;
  /** Its name in the object around it, or its index in the list. */
  readonly name: string;
  /** Where the name begins; for items and the document the same as `start`. */
  readonly nameStart: number;
  readonly start: number;
  readonly end: number;
  /** Of an object, in the order of the source. */
  readonly members: ReadonlyMap<string, SourceNode>;
  /** Of a list. */
  readonly items: readonly SourceNode[];
  /** The characters of a string; any other scalar as written. */
  readonly text: string;
  /** A number as JSON writes it, where that differs. */
  readonly json: string | undefined;
}

const noMembers: ReadonlyMap<string, SourceNode> = new Map();
const noItems: readonly SourceNode[] = [];

/** Where a node goes. */
export type NodePlace = Pick<SourceNode, 'file' | 'parent' | 'name' | 'nameStart' | 'start' | 'end'>;

// A description may have a million nodes: each is made at once, with its members in one order.
function newNode(
  { file, parent, name, nameStart, start, end }: NodePlace,
  { kind, text, json, members, items }: Pick<SourceNode, 'kind' | 'text' | 'json' | 'members' | 'items'>,
): SourceNode {
  return { kind, file, parent, name, nameStart, start, end, members, items, text, json };
}

export function scalarNode(
  place: NodePlace,
  kind: Exclude<SourceKind, 'object' | 'array'>,
  text: string,
  json?: string,
): SourceNode {
  return newNode(place, { kind, text, json, members: noMembers, items: noItems });
}

/** An object whose members are filled in afterwards, because they name it as their parent; without any, all share one map. */
export function objectNode(place: NodePlace, members = noMembers): SourceNode {
  return newNode(place, { kind: 'object', text: '', json: undefined, members, items: noItems });
}

export function arrayNode(place: NodePlace, items: readonly SourceNode[]): SourceNode {
  return newNode(place, { kind: 'array', text: '', json: undefined, members: noMembers, items });
}

/** The node of a JSON value and of all below it. Nesting is bounded by who parses. */
export function nodeOfJson(
  json: JsonNode,
  { file, parent, name, nameStart = json.start }: JsonPlace,
  losses: ReadingLoss[],
): SourceNode {
  const { start, end } = json;
  const place = { file, parent, name, nameStart, start, end };
  if (json.type === 'array') {
    const items: SourceNode[] = [];
    const node = arrayNode(place, items);
    for (const [index, item] of json.items.entries())
      items.push(nodeOfJson(item, { file, parent: node, name: String(index) }, losses));
    return node;
  }
  if (json.type === 'object' && json.members.length === 0) return objectNode(place);
  if (json.type === 'object') {
    const members = new Map<string, SourceNode>();
    const node = objectNode(place, members);
    for (const one of json.members) {
      const earlier = members.get(one.name);
      if (earlier) losses.push({ rule: 'member-twice', node: earlier, values: { name: one.name } });
      const member = { file, parent: node, name: one.name, nameStart: one.start };
      members.set(one.name, nodeOfJson(one.value, member, losses));
    }
    return node;
  }
  return scalarNode(place, json.type, json.type === 'string' ? json.value : json.literal);
}

type JsonPlace = Pick<NodePlace, 'file' | 'parent' | 'name'> & { readonly nameStart?: number };

export function memberOf(node: SourceNode | undefined, ...path: readonly string[]): SourceNode | undefined {
  return path.reduce<SourceNode | undefined>(
    (found, name) => found?.members.get(name) ?? found?.items[/^\d+$/u.test(name) ? Number(name) : -1],
    node,
  );
}

/** All values directly in an object or a list. */
export function childrenOf(node: SourceNode): Iterable<SourceNode> {
  return node.kind === 'array' ? node.items : node.members.values();
}

/** A text; numbers, booleans and null as written, because YAML writes a version as `1.0`. */
export function sourceText(node: SourceNode | undefined): string | undefined {
  return node === undefined || node.kind === 'object' || node.kind === 'array' ? undefined : node.text;
}

export function isTrue(node: SourceNode | undefined): boolean {
  return node?.kind === 'boolean' && node.text === 'true';
}

export function isFalse(node: SourceNode | undefined): boolean {
  return node?.kind === 'boolean' && node.text === 'false';
}

/** The reference that an object consists of or has. */
export function referenceOf(node: SourceNode | undefined): string | undefined {
  const reference = node?.kind === 'object' ? node.members.get('$ref') : undefined;
  return reference?.kind === 'string' ? reference.text : undefined;
}

/** The names and indexes from the root of the file to the node. */
export function pathOf(node: SourceNode): readonly string[] {
  const path: string[] = [];
  for (let at = node; at.parent; at = at.parent) path.push(at.name);
  return path.toReversed();
}

export function pointerOf(node: SourceNode): string {
  return jsonPointer(pathOf(node));
}

/** Whether a node is another one or below it. */
export function isWithin(node: SourceNode, other: SourceNode): boolean {
  for (let at: SourceNode | undefined = node; at; at = at.parent) if (at === other) return true;
  return false;
}

type WithText = Pick<DescriptionFile, 'text'>;

const lineStarts = new WeakMap<WithText, readonly number[]>();

/** Line and column of an offset, both from 1. */
export function positionIn(file: WithText, offset: number): { readonly line: number; readonly column: number } {
  let starts = lineStarts.get(file);
  if (!starts) {
    starts = [0, ...[...file.text.matchAll(/\r\n|\n|\r/gu)].map(({ index, 0: end }) => index + end.length)];
    lineStarts.set(file, starts);
  }
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
