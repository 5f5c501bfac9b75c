import { schemaProperties } from './combine.ts';
import type { Ledger } from './ledger.ts';
import {
  clone,
  distinctValues,
  memberText,
  objectMember,
  outArray,
  outLiteral,
  outObject,
  type OutNode,
  type OutObject,
  outText,
  stringOfOut,
  textsOf,
} from './output-tree.ts';
import { schemaName } from './schema-names.ts';
import { mostParts } from './schema-parts.ts';
import { memberOf, type SourceNode, sourceText } from './source.ts';

export interface FinishContext {
  readonly node: SourceNode;
  readonly ledger: Ledger;
  readonly isInput: boolean;
  /** Finishes a schema in this one, unless it has been. */
  readonly finishPart: (part: OutObject) => OutObject;
  /** Whether a schema, or the one that it refers to, is only for responses. */
  readonly isReadOnly: (schema: OutObject) => boolean;
  /** The schema and what its allOf adds to it, in the source, where that stays as it's written. */
  readonly parts?: () => readonly SourceNode[];
  /** What a part of the source refers to, or is. */
  readonly valueOf: (node: SourceNode | undefined) => SourceNode | undefined;
}

/** What only a whole schema can say: members that don't fit each other go, and what OpenAPI 2.0 requires is added. */
export function finishSchema(draft: OutObject, context: FinishContext): OutObject {
  if (draft.members.has('$ref')) return draft;
  const result = clone(draft);
  finishFile(result, context);
  finishItems(result, context);
  finishParts(result, context);
  finishRequired(result, context);
  finishDiscriminator(result, context);
  finishLimits(result, context);
  // Values of a definition of OpenAPI 2.0 stay what they are.
  if (context.parts) return result;
  finishEnum(result, context);
  finishDefault(result, context);
  return result;
}

/** What a file in OpenAPI 2.0 can have besides extensions. */
const fileMembers = new Set('type format title description default required readOnly externalDocs example'.split(' '));

function finishFile({ members }: OutObject, { node, ledger }: FinishContext): void {
  if (stringOfOut(members.get('type')) !== 'file') return;
  for (const [keyword, value] of members) {
    if (fileMembers.has(keyword) || keyword.startsWith('x-')) continue;
    ledger.leaveOutFor('schema-file', value.origin ?? node, { keyword }, 'dropped');
    members.delete(keyword);
  }
}

function finishItems(schema: OutObject, { node, ledger }: FinishContext): void {
  if (memberText(schema, 'type') !== 'array' || schema.members.has('items')) return;
  schema.members.set('items', outObject());
  ledger.add('schema-items-made', node, { name: schemaName(node) });
}

/** Schemas inside that combining has made: those that the source has were finished where they were converted. */
function finishParts(schema: OutObject, { finishPart }: FinishContext): void {
  for (const name of ['items', 'additionalProperties']) {
    const part = objectMember(schema, name);
    if (part) schema.members.set(name, finishPart(part));
  }
  const properties = objectMember(schema, 'properties');
  if (!properties) return;
  const finished = outObject({}, properties.origin);
  for (const [name, part] of properties.members)
    finished.members.set(name, part.kind === 'object' ? finishPart(part) : part);
  schema.members.set('properties', finished);
}

function finishRequired(schema: OutObject, { ledger, node, isInput, isReadOnly, parts: partsOf }: FinishContext): void {
  const required = schema.members.get('required');
  if (required?.kind !== 'array') return;
  const parts = partsOf?.();
  const properties = schemaProperties(schema);
  // A part of an object may require what another part describes, and what no part describes may be of any type.
  const isOpen =
    parts !== undefined &&
    (node.parent?.name === 'allOf' ||
      parts.length >= mostParts ||
      (memberText(schema, 'type') !== 'object' && !parts.some(({ members }) => members.has('properties'))));
  const isInPart = (name: string) =>
    parts?.some(({ members }) => members.get('properties')?.members.has(name)) ?? false;
  const items = required.items.filter((item) => {
    const name = stringOfOut(item) ?? '';
    const property = properties.get(name);
    const place = item.origin ?? node;
    if (!property && (isOpen || isInPart(name))) return true;
    if (!property) {
      ledger.add('schema-required-unknown', place, { name });
      return false;
    }
    const isLeftOut = isInput && property.kind === 'object' && isReadOnly(property);
    if (isLeftOut) ledger.add('schema-read-only-required', place, { name });
    return !isLeftOut;
  });
  if (items.length === required.items.length && items.length > 0) return;
  if (items.length > 0) schema.members.set('required', outArray(items, required.origin));
  else schema.members.delete('required');
}

const limits = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

/** Takes away limits that contradict each other. */
export function finishLimits(schema: OutObject, { ledger, node }: Pick<FinishContext, 'ledger' | 'node'>): void {
  const name = schemaName(node);
  for (const [least, most] of limits) {
    const [low, high] = [schema.members.get(least), schema.members.get(most)];
    if (low?.kind !== 'scalar' || high?.kind !== 'scalar' || Number(low.json) <= Number(high.json)) continue;
    ledger.add('schema-limit', low.origin ?? node, { keyword: least, value: low.json, name });
    schema.members.delete(least);
  }
  for (const [flag, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    const value = schema.members.get(flag);
    if (!value || schema.members.has(limit)) continue;
    ledger.add('schema-exclusive-alone', value.origin ?? node, { keyword: flag, name });
    schema.members.delete(flag);
  }
}

/** The type of a value of the result, as schemas call it. */
export function typeOfOut(value: OutNode): string {
  if (value.kind !== 'scalar') return value.kind;
  if (value.json.startsWith('"')) return 'string';
  if (value.json === 'true' || value.json === 'false') return 'boolean';
  if (value.json === 'null') return 'null';
  return Number.isInteger(Number(value.json)) ? 'integer' : 'number';
}

function finishDefault(schema: OutObject, { ledger, node }: FinishContext): void {
  const value = schema.members.get('default');
  const expected = memberText(schema, 'type');
  if (!value || expected === undefined) return;
  const type = typeOfOut(value);
  const isNull = type === 'null' && schema.members.has('x-nullable');
  if (isOfType(value, expected) || isNull) return;
  const written = asType(value, expected);
  if (written) schema.members.set('default', written);
  else schema.members.delete('default');
  const values = { name: schemaName(node), type, expected };
  ledger.add('schema-default', value.origin ?? node, values, written ? 'kept' : 'dropped');
}

/** Values of a list that aren't of the type of the schema are no values of it. Without a type it is that of all of them. */
function finishEnum(schema: OutObject, { ledger, node }: FinishContext): void {
  const list = schema.members.get('enum');
  if (list?.kind !== 'array') return;
  const expected = memberText(schema, 'type');
  if (expected === undefined) {
    const [type, ...others] = new Set(list.items.map(typeOfOut));
    if (type === undefined || others.length > 0 || !scalarTypes.has(type)) return;
    schema.members.set('type', outText(type));
    ledger.add('schema-type-made', list.origin ?? node, { name: schemaName(node), type });
    return;
  }
  if (!scalarTypes.has(expected) || list.items.every((item) => isOfType(item, expected))) return;
  const name = schemaName(node);
  const values = list.items.flatMap((item) => {
    if (isOfType(item, expected)) return [item];
    const written = asType(item, expected);
    const value = item.kind === 'scalar' ? item.json : `The ${item.kind}`;
    const details = { value, name, type: typeOfOut(item), expected };
    ledger.add('schema-enum-type', item.origin ?? node, details, written ? 'kept' : 'dropped');
    return written ?? [];
  });
  const items = distinctValues(values, ({ origin }) =>
    ledger.add('schema-enum', origin ?? node, { name, problem: 'contains a value twice' }),
  );
  if (items.length > 0) schema.members.set('enum', outArray(items, list.origin));
  else schema.members.delete('enum');
}

const scalarTypes: ReadonlySet<string> = new Set(['string', 'integer', 'number', 'boolean']);

function isOfType(value: OutNode, expected: string): boolean {
  const type = typeOfOut(value);
  return type === expected || (type === 'integer' && expected === 'number');
}

/** A value in another JSON type that says the same: the text of a number, or the number that a text consists of. */
function asType(value: OutNode, expected: string): OutNode | undefined {
  if (value.kind !== 'scalar' || value.json === 'null') return undefined;
  const text = stringOfOut(value);
  if (text === undefined) return expected === 'string' ? outText(value.json, value.origin) : undefined;
  if (!/^(?:true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?)$/u.test(text)) return undefined;
  const written = outLiteral(text, value.origin);
  return isOfType(written, expected) ? written : undefined;
}

function finishDiscriminator(schema: OutObject, { ledger, node, parts: partsOf, valueOf }: FinishContext): void {
  const discriminator = schema.members.get('discriminator');
  const property = stringOfOut(discriminator);
  if (!discriminator || property === undefined) return;
  const parts = partsOf?.() ?? [];
  const described = schemaProperties(schema).get(property);
  const isText =
    (described?.kind === 'object' && memberText(described, 'type') === 'string') ||
    parts.some((part) => sourceText(valueOf(memberOf(part, 'properties', property))?.members.get('type')) === 'string');
  const isRequired =
    textsOf(schema.members.get('required')).includes(property) ||
    // The first one is the schema itself, whose list may have become shorter.
    parts.slice(1).some((part) => part.members.get('required')?.items.some((item) => sourceText(item) === property));
  const place = discriminator.origin ?? node;
  if (isText && isRequired && place.kind === 'string') return;
  if (isText && isRequired) return ledger.add('schema-discriminator', place, { property }, 'kept');
  schema.members.delete('discriminator');
  ledger.add('schema-discriminator', place, { property }, 'dropped');
}
