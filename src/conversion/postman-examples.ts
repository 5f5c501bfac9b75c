import { outBoolean, outObject, type OutObject, outText } from './output-tree.ts';
import { isFalse, type SourceNode } from './source.ts';

const deepest = 8;
const mostMembers = 200;

/** The schema of values: names and types of their members, and never a value. */
export function schemaByExample(values: readonly unknown[], origin: SourceNode | undefined, depth = 0): OutObject {
  const known = values.filter((value) => value !== null && value !== undefined);
  const schema = schemaOfKnown(known, origin, depth);
  if (known.length < values.length) schema.members.set('x-nullable', outBoolean(true));
  return schema;
}

function schemaOfKnown(values: readonly unknown[], origin: SourceNode | undefined, depth: number): OutObject {
  const types = [...new Set(values.map(typeOfExample))];
  const [type] = types;
  if (types.length > 1) {
    const isNumeric = types.every((one) => one === 'integer' || one === 'number');
    return isNumeric ? outObject({ type: outText('number') }, origin) : outObject({}, origin);
  }
  if (type === undefined) return outObject({}, origin);
  if (type === 'array') {
    const items = values.flatMap((value) => (Array.isArray(value) ? value : []));
    const inner = depth >= deepest ? outObject() : schemaByExample(items, undefined, depth + 1);
    return outObject({ type: outText('array'), items: inner }, origin);
  }
  if (type === 'object') return schemaOfObjects(values, origin, depth);
  const isTime = type === 'string' && values.every((value) => typeof value === 'string' && isDateTime(value));
  return outObject({ type: outText(type), format: isTime ? outText('date-time') : undefined }, origin);
}

function schemaOfObjects(values: readonly unknown[], origin: SourceNode | undefined, depth: number): OutObject {
  const members = new Map<string, unknown[]>();
  for (const value of values)
    for (const [name, member] of Object.entries(value ?? {})) members.set(name, [...(members.get(name) ?? []), member]);
  const schema = outObject({ type: outText('object') }, origin);
  if (depth >= deepest || members.size > mostMembers || members.size === 0) return schema;
  const properties = outObject();
  for (const [name, own] of members) properties.members.set(name, schemaByExample(own, undefined, depth + 1));
  schema.members.set('properties', properties);
  return schema;
}

/** The type of a value as schemas call it. */
export function typeOfExample(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** The type of a value that is written as text. */
export function typeOfText(text: string | undefined): string {
  if (text === undefined) return 'string';
  if (/^-?\d{1,15}$/u.test(text)) return 'integer';
  if (/^-?\d+\.\d+$/u.test(text)) return 'number';
  return text === 'true' || text === 'false' ? 'boolean' : 'string';
}

function isDateTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/u.test(text);
}

/** A JSON text in which variables may stand; undefined for any other. */
export function exampleOf(text: string): unknown {
  for (const candidate of [text, text.replaceAll(/"\{\{[^{}]*\}\}"/gu, '""').replaceAll(/\{\{[^{}]*\}\}/gu, 'null')]) {
    try {
      return JSON.parse(candidate);
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Parameters and headers that are switched off in Postman. */
export function isEnabled(node: SourceNode): boolean {
  const disabled = node.members.get('disabled');
  return disabled === undefined || isFalse(disabled);
}
