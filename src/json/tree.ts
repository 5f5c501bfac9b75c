import type { JsonPath } from './pointer.ts';
import { visit } from 'jsonc-parser';
import { canonicalNumber } from './canonical.ts';

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
  /** As it is written. */
  readonly literal: string;
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
  if (!root) throw new TypeError("The text isn't JSON.");
  return root;
}

function scalar(value: unknown, literal: string): Omit<JsonScalarNode, 'start' | 'end'> {
  if (typeof value === 'string') return { type: 'string', value, literal };
  if (typeof value === 'number') return { type: 'number', value: canonicalNumber(literal), literal };
  return { type: value === null ? 'null' : 'boolean', value: literal, literal };
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
export function nodeAt(node: JsonNode | undefined, ...path: JsonPath): JsonNode | undefined {
  return path.reduce<JsonNode | undefined>((found, step) => {
    if (found?.type === 'object') return found.byName.get(String(step))?.value;
    return found?.type === 'array' && typeof step === 'number' ? found.items[step] : undefined;
  }, node);
}

/** The characters of a string; undefined for what is none. */
export function stringOf(node: JsonNode | undefined): string | undefined {
  return node?.type === 'string' ? node.value : undefined;
}

/** A text that is the same for equal values and for no others. */
export function valueText(node: JsonNode): string {
  if (node.type === 'array') return `[${node.items.map(valueText).join(',')}]`;
  if (node.type === 'string') return JSON.stringify(node.value);
  if (node.type !== 'object') return node.value;
  const members = [...node.byName.values()].map(({ name, value }) => `${JSON.stringify(name)}:${valueText(value)}`);
  return `{${members.toSorted().join(',')}}`;
}
