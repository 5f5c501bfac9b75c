import { canonicalNumber } from '../json/canonical.ts';
import { isArray, isObject } from '../json/value.ts';
import { type SourceNode, sourceText } from './source.ts';

/** A value of the result, and what it is made from. Order of members counts, also of names that look like numbers. */
export type OutNode = OutObject | OutArray | OutScalar;

interface Made {
  readonly origin: SourceNode | undefined;
}

export interface OutObject extends Made {
  readonly kind: 'object';
  readonly members: Map<string, OutNode>;
}

export interface OutArray extends Made {
  readonly kind: 'array';
  readonly items: readonly OutNode[];
}

export interface OutScalar extends Made {
  readonly kind: 'scalar';
  /** As JSON writes it. */
  readonly json: string;
}

type Members = Readonly<Record<string, OutNode | undefined>>;

/** An object of these members, without those that are undefined. */
export function outObject(members: Members = {}, origin?: SourceNode): OutObject {
  const object: OutObject = { kind: 'object', members: new Map(), origin };
  setMembers(object, members);
  return object;
}

export function setMembers({ members }: OutObject, more: Members): void {
  for (const [name, value] of Object.entries(more)) if (value) members.set(name, value);
}

export function outArray(items: readonly OutNode[], origin?: SourceNode): OutArray {
  return { kind: 'array', items, origin };
}

export function outText(text: string, origin?: SourceNode): OutScalar {
  return { kind: 'scalar', json: JSON.stringify(text), origin };
}

export function outBoolean(value: boolean, origin?: SourceNode): OutScalar {
  return { kind: 'scalar', json: String(value), origin };
}

export function outLiteral(json: string, origin?: SourceNode): OutScalar {
  return { kind: 'scalar', json, origin };
}

/** A value of our own. */
export function outValue(value: unknown, origin?: SourceNode): OutNode {
  if (isArray(value)) {
    return outArray(
      value.map((item) => outValue(item)),
      origin,
    );
  }
  if (!isObject(value)) return outLiteral(JSON.stringify(value), origin);
  const object = outObject({}, origin);
  for (const [name, member] of Object.entries(value)) object.members.set(name, outValue(member));
  return object;
}

/** A value as the source has it. */
export function copied(node: SourceNode): OutNode {
  switch (node.kind) {
    case 'object': {
      const object = outObject({}, node);
      for (const [name, member] of node.members) object.members.set(name, copied(member));
      return object;
    }
    case 'array':
      return outArray(node.items.map(copied), node);
    case 'string':
      return outText(node.text, node);
    case 'number':
    case 'boolean':
    case 'null':
      return outLiteral(node.json ?? node.text, node);
  }
}

/** Control characters but tabs and line ends. */
const controls = new RegExp(String.raw`[\0-\x08\x0B\f\x0E-\x1F\x7F]`, 'gu');

/** A text as the source has it, without control characters; other scalars become one. */
export function copiedText(node: SourceNode): OutNode {
  const text = sourceText(node);
  return text === undefined ? copied(node) : outText(text.replaceAll(controls, ''), node);
}

export function memberText(object: OutObject | undefined, name: string): string | undefined {
  return stringOfOut(object?.members.get(name));
}

export function stringOfOut(node: OutNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.json.startsWith('"') ? String(JSON.parse(node.json)) : undefined;
}

export function objectMember(object: OutObject | undefined, name: string): OutObject | undefined {
  const node = object?.members.get(name);
  return node?.kind === 'object' ? node : undefined;
}

/** The items of a list of texts. */
export function textsOf(node: OutNode | undefined): readonly string[] {
  return node?.kind === 'array' ? node.items.flatMap((item) => stringOfOut(item) ?? []) : [];
}

/** Whether two values are the same; the order of members is no difference. */
export function isSameOut(one: OutNode, other: OutNode): boolean {
  if (one === other) return true;
  if (one.kind === 'scalar') return other.kind === 'scalar' && one.json === other.json;
  if (one.kind === 'array') {
    if (other.kind !== 'array' || one.items.length !== other.items.length) return false;
    return one.items.every((item, index) => {
      const counterpart = other.items[index];
      return counterpart !== undefined && isSameOut(item, counterpart);
    });
  }
  if (other.kind !== 'object' || one.members.size !== other.members.size) return false;
  return [...one.members].every(([name, member]) => {
    const counterpart = other.members.get(name);
    return counterpart !== undefined && isSameOut(member, counterpart);
  });
}

/** A text that only values that are the same share; neither the order of members nor how a number is written is a difference. */
export function keyOf(value: OutNode): string {
  switch (value.kind) {
    case 'scalar':
      return /^[-\d]/u.test(value.json) ? canonicalNumber(value.json) : value.json;
    case 'array':
      return `[${value.items.map(keyOf).join(',')}]`;
    case 'object':
      return `{${[...value.members]
        .map(([name, member]) => `${JSON.stringify(name)}:${keyOf(member)}`)
        .toSorted()
        .join(',')}}`;
  }
}

/** The values of a list, each once. */
export function distinctValues<T extends OutNode>(values: readonly T[], onRepeated?: (value: T) => void): readonly T[] {
  const known = new Set<string>();
  return values.filter((value) => {
    const key = keyOf(value);
    const isNew = !known.has(key);
    if (!isNew) onRepeated?.(value);
    known.add(key);
    return isNew;
  });
}

/** A new object with the members of this one. */
export function clone(object: OutObject, origin = object.origin): OutObject {
  return { kind: 'object', members: new Map(object.members), origin };
}

/** The same members in the order in which the source has them; others come last. */
export function inOrderOf(node: SourceNode, object: OutObject): OutObject {
  const result = outObject({}, object.origin);
  for (const name of [...node.members.keys(), ...object.members.keys()]) {
    const value = object.members.get(name);
    if (value) result.members.set(name, value);
  }
  return result;
}
