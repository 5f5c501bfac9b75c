import type { ConversionRuleId } from './rules.ts';
import { memberText, outLiteral, outObject, type OutNode, type OutObject, outText } from './output-tree.ts';
import { typeOfOut } from './finish-schema.ts';
import type { SourceNode } from './source.ts';
import type { Obstacle } from './obstacle.ts';
import type { ConversionState } from './state.ts';
import { wordsOf } from './words.ts';

/** Members of a schema that parameters, headers, and their items have, too. */
export const simpleMembers: ReadonlySet<string> = new Set(
  (
    'type format items default enum minimum maximum exclusiveMinimum exclusiveMaximum minLength ' +
    'maxLength pattern minItems maxItems uniqueItems multipleOf'
  ).split(' '),
);

/** A parameter as it's being made. */
export interface ParameterDraft {
  readonly name: string;
  readonly place: 'query' | 'header' | 'path' | 'formData';
  /** Where the source says so. */
  readonly nameNode?: SourceNode | undefined;
  readonly placeNode?: SourceNode | undefined;
  readonly required: OutNode | undefined;
  readonly description: OutNode | undefined;
  /** Resolved: without reference. */
  readonly schema: OutObject;
  /** What the parameter is made of, and where it's reported. */
  readonly origin: SourceNode;
  readonly collectionFormat?: string | undefined;
  /** What its author has said about the summary. */
  readonly summary?: OutNode | undefined;
  /** What lists of objects are reported as. */
  readonly itemsRule?: ConversionRuleId;
}

/** The members in the order in which connectors have them. */
export function describedParameter(draft: ParameterDraft, state: ConversionState): OutObject {
  const { name, place, schema, origin } = draft;
  const { ledger } = state;
  const result = outObject({ name: outText(name, draft.nameNode), in: outText(place, draft.placeNode) }, origin);
  const description = draft.description ?? schema.members.get('description');
  if (description) result.members.set('description', description);
  if (draft.required) result.members.set('required', draft.required);
  result.members.set('x-ms-summary', summaryOf(draft, state));
  setSchemaMembers(result, draft, state);
  if (draft.collectionFormat !== undefined) result.members.set('collectionFormat', outText(draft.collectionFormat));
  if (place === 'path' && !result.members.has('x-ms-url-encoding')) {
    result.members.set('x-ms-url-encoding', outText('single'));
    ledger.add('parameter-encoding-made', origin, { name });
  }
  return result;
}

function summaryOf({ name, schema, origin, summary }: ParameterDraft, { ledger }: ConversionState): OutNode {
  const stated = summary ?? schema.members.get('x-ms-summary') ?? schema.members.get('title');
  if (stated) return stated;
  const words = wordsOf(name) || name;
  ledger.add('parameter-summary-made', origin, { name, summary: words });
  return outText(words);
}

function setSchemaMembers(result: OutObject, draft: ParameterDraft, state: ConversionState): void {
  const { schema, name, origin } = draft;
  const { ledger } = state;
  const type = scalarType(schema);
  if (!schema.members.has('type')) result.members.set('type', outText(type, schema.origin));
  for (const [member, value] of schema.members) {
    if (member === 'items' && type === 'array') result.members.set(member, simpleItems(value, draft, state, [schema]));
    else if (simpleMembers.has(member) && member !== 'items') result.members.set(member, value);
    else if (member.startsWith('x-') && !result.members.has(member)) result.members.set(member, value);
    else if (member === 'example' && !result.members.has('x-example')) {
      result.members.set('x-example', value);
      ledger.add('parameter-example', value.origin ?? origin, { name });
    } else if (!['description', 'title'].includes(member) || (draft.description && member === 'description')) {
      ledger.add('parameter-keyword', value.origin ?? origin, { keyword: member, name });
    } else if (member === 'title' && result.members.get('x-ms-summary') !== value) {
      ledger.add('parameter-keyword', value.origin ?? origin, { keyword: member, name });
    }
  }
}

/** The type of a schema, else that of its values, else text. */
export function scalarType(schema: OutObject): string {
  const type = memberText(schema, 'type');
  if (type !== undefined) return type;
  const values = schema.members.get('enum');
  const sample = values?.kind === 'array' ? values.items[0] : schema.members.get('default');
  const ofValue = sample && typeOfOut(sample);
  return ofValue === undefined || ofValue === 'null' || ofValue === 'object' || ofValue === 'array'
    ? 'string'
    : ofValue;
}

/** Whose items are asked for, and what lists that have no simple form are reported as. */
export interface ItemsOwner {
  readonly name: string;
  readonly origin: SourceNode;
  readonly itemsRule?: ConversionRuleId | undefined;
}

/**
 * The items of a list that stands in a parameter or header: they have simple members only.
 * @param around Schemas of the lists around these items; one of them again has no end.
 */
export function simpleItems(
  value: OutNode,
  owner: ItemsOwner,
  state: ConversionState,
  around: readonly OutObject[] = [],
): OutNode {
  const items = value.kind === 'object' ? state.schemas.written(value) : undefined;
  const { name, origin, itemsRule = 'parameter-items' } = owner;
  if (!items || items.members.size === 0) return outObject({ type: outText('string') }, value.origin);
  const type = scalarType(items);
  if (type === 'object' || around.includes(items)) {
    state.ledger.add(itemsRule, value.origin ?? origin, { name });
    return outObject({ type: outText('string') }, value.origin);
  }
  const result = outObject({ type: outText(type) }, value.origin);
  for (const [member, one] of items.members) {
    if (member === 'items') result.members.set(member, simpleItems(one, owner, state, [...around, items]));
    else if (simpleMembers.has(member) || member.startsWith('x-')) result.members.set(member, one);
    else state.ledger.add('parameter-keyword', one.origin ?? origin, { keyword: member, name });
  }
  return result;
}

/**
 * Takes a property called `connectionId` away, which the service doesn't accept as a parameter. Gives it where it is required, so
 * that the operation can't be converted.
 */
export function takeConnectionId(
  properties: Map<string, OutNode>,
  isRequired: (name: string) => OutNode | undefined,
  { id, node }: { readonly id: string; readonly node: SourceNode },
  { ledger }: ConversionState,
): Obstacle | undefined {
  const name = 'connectionId';
  const property = properties.get(name);
  if (!property) return undefined;
  const required = isRequired(name);
  const isNeeded = required?.kind === 'scalar' && required.json === 'true';
  const place = property.origin ?? node;
  ledger.add('parameter-connection-id', place, { id }, isNeeded ? 'refused' : 'dropped');
  properties.delete(name);
  return isNeeded ? { node: place, words: `'${name}'` } : undefined;
}

/** A schema of text, for what has no other form: what is said of it stays. */
export function textSchema(schema: OutObject, format?: 'binary'): OutObject {
  const text = outObject({ type: outText('string'), format: format && outText(format) }, schema.origin);
  for (const [name, value] of schema.members)
    if (name === 'description' || name === 'title' || name.startsWith('x-')) text.members.set(name, value);
  return text;
}

export const yes = outLiteral('true');
