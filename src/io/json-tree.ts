import { visit } from 'jsonc-parser';
import type { Path } from './json-document.ts';

/** A stretch of the text of a document, in offsets. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A value of a JSON text with its place in the text. Nothing is lost of it, as in JSON.parse: neither order nor digits. */
export type JsonNode = JsonObjectNode | JsonArrayNode | JsonScalarNode;

export interface JsonObjectNode extends Stretch {
  readonly type: 'object';
  /** All members, also those with a name that comes again. */
  readonly members: readonly JsonMember[];
  /** Of members with the same name the last counts, as in JSON.parse. */
  readonly byName: ReadonlyMap<string, JsonMember>;
}

/** A member with its name: it begins where the name does. */
export interface JsonMember extends Stretch {
  readonly name: string;
  readonly value: JsonNode;
}

export interface JsonArrayNode extends Stretch {
  readonly type: 'array';
  readonly items: readonly JsonNode[];
}

export interface JsonScalarNode extends Stretch {
  readonly type: 'string' | 'number' | 'boolean' | 'null';
  /** The characters of a string; the canonical form of any other value, so that equal values have equal ones. */
  readonly value: string;
}

interface OpenMember {
  readonly name: string;
  readonly start: number;
}

interface OpenContainer {
  readonly type: 'object' | 'array';
  readonly start: number;
  readonly members: JsonMember[];
  readonly items: JsonNode[];
  member: OpenMember | undefined;
}

/** The tree of a text that is known to be JSON. */
export function parseTree(text: string): JsonNode {
  const outermost: OpenContainer = { type: 'array', start: 0, members: [], items: [], member: undefined };
  const open = [outermost];
  const top = (): OpenContainer => open.at(-1) ?? outermost;
  const begin = (type: OpenContainer['type'], start: number): void =>
    void open.push({ type, start, members: [], items: [], member: undefined });
  const add = (value: JsonNode): void => {
    const { members, items, member } = top();
    if (member) members.push({ ...member, end: value.end, value });
    else items.push(value);
  };
  const finish = (offset: number): void => {
    const { type, start, members, items } = open.pop() ?? outermost;
    const end = offset + 1;
    if (type === 'array') add({ type, start, end, items });
    else add({ type, start, end, members, byName: new Map(members.map((member) => [member.name, member])) });
  };
  visit(text, {
    onObjectBegin: (offset) => begin('object', offset),
    onObjectEnd: finish,
    onArrayBegin: (offset) => begin('array', offset),
    onArrayEnd: finish,
    onObjectProperty: (name, start) => {
      top().member = { name, start };
    },
    onLiteralValue: (value, start, length) => {
      const end = start + length;
      add({ start, end, ...scalar(value, text.slice(start, end)) });
    },
  });
  const [root] = outermost.items;
  if (!root) throw new TypeError('The text is not JSON.');
  return root;
}

function scalar(value: unknown, literal: string): Pick<JsonScalarNode, 'type' | 'value'> {
  if (typeof value === 'string') return { type: 'string', value };
  if (typeof value === 'number') return { type: 'number', value: canonicalNumber(literal) };
  return { type: value === null ? 'null' : 'boolean', value: literal };
}

/** The same text for `1.0`, `10e-1` and `1`, and for no two numbers that differ, however many digits they have. */
export function canonicalNumber(literal: string): string {
  const parts = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:e(?<exponent>[+-]?\d+))?$/iu.exec(literal)?.groups;
  const { sign = '', whole = '', fraction = '', exponent = '0' } = parts ?? {};
  const digits = `${whole}${fraction}`.replace(/^0+/u, '');
  const significant = /^.*[1-9]/u.exec(digits)?.[0];
  if (significant === undefined) return '0';
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return power === 0n ? `${sign}${significant}` : `${sign}${significant}e${power}`;
}

/** Whether two values are the same, whatever the order of members and the form of numbers and texts. */
export function isSameValue(one: JsonNode | undefined, other: JsonNode | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.type === 'object') {
    if (other.type !== 'object' || one.byName.size !== other.byName.size) return false;
    return [...one.byName.values()].every(({ name, value }) => isSameValue(value, other.byName.get(name)?.value));
  }
  if (one.type === 'array') {
    if (other.type !== 'array' || one.items.length !== other.items.length) return false;
    return one.items.every((item, index) => isSameValue(item, other.items[index]));
  }
  return one.type === other.type && 'value' in other && one.value === other.value;
}

/** The value below this one; undefined when there is none. */
export function nodeAt(node: JsonNode | undefined, ...path: Path): JsonNode | undefined {
  return path.reduce<JsonNode | undefined>((found, step) => {
    if (found?.type === 'object') return found.byName.get(String(step))?.value;
    return found?.type === 'array' && typeof step === 'number' ? found.items[step] : undefined;
  }, node);
}

/** The characters of a string; undefined for what is none. */
export function stringOf(node: JsonNode | undefined): string | undefined {
  return node?.type === 'string' ? node.value : undefined;
}

/** The JSON pointer of a path: `/paths/~1items/get`. */
export function jsonPointer(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A text that is the same for equal values: members sorted, numbers and texts in their canonical form. */
export function canonicalText(node: JsonNode): string {
  if (node.type === 'array') return `[${node.items.map(canonicalText).join(',')}]`;
  if (node.type === 'string') return JSON.stringify(node.value);
  if (node.type !== 'object') return node.value;
  const names = [...node.byName.keys()].toSorted();
  return `{${names.map((name) => `${JSON.stringify(name)}:${memberText(node, name)}`).join(',')}}`;
}

function memberText(node: JsonObjectNode, name: string): string {
  const member = node.byName.get(name);
  return member ? canonicalText(member.value) : '';
}
