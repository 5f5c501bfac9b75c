import type { Ledger } from './ledger.ts';
import { finishLimits } from './finish-schema.ts';
import { followed } from './followed.ts';
import { knownMembers, type MemberConverters } from './known-members2.ts';
import { copiedText, inOrderOf, memberText, type OutNode, outObject, type OutObject, outText } from './output-tree.ts';
import { scalarType, simpleItems, simpleMembers } from './parameter-schema.ts';
import { convertHeader } from './responses.ts';
import { readKeyword } from './schema-keywords.ts';
import { type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';
import { reportType } from './wrong-type.ts';

/** What describes a value that isn't JSON. */
export interface SimpleOwner {
  readonly kind: 'parameter' | 'header' | 'items';
  /** What users call it. */
  readonly name: string;
  /** Whether it's a field of a form, which can be a file. */
  readonly isField?: boolean;
  readonly formats: ReadonlySet<string>;
}

const listFormats = new Set(['csv', 'ssv', 'tsv', 'pipes']);

/** How lists of values can be written where a parameter is. */
export function formatsIn(place: string): ReadonlySet<string> {
  return place === 'query' || place === 'formData' ? new Set([...listFormats, 'multi']) : listFormats;
}

/** Whether a member says which values a parameter, header, or item can have. */
export function isSimpleMember(name: string): boolean {
  return simpleMembers.has(name);
}

/** A parameter that isn't a body, a header, or items of one: a type with limits, which OpenAPI 2.0 requires. */
export function convertSimple2(
  node: SourceNode,
  owner: SimpleOwner,
  state: ConversionState,
  converters: MemberConverters = {},
): OutObject {
  const { ledger, version, extension, example, schemas } = state;
  const { kind, name } = owner;
  const values = outObject({}, node);
  const around = { schema: node, name, out: values, ledger, version, convert: schemas.convert, extension, example };
  for (const member of node.members.values())
    if (isSimpleMember(member.name) && member.name !== 'items' && !isFile(member, owner)) readKeyword(member, around);
  setType(node, values, owner, state);
  const items = convertItems(node, values, owner, state);
  if (items) values.members.set('items', items);
  finishLimits(values, { node, ledger });
  const collectionFormat = (member: SourceNode) => formatOf(member, owner, ledger);
  const result = knownMembers(kind, node, state, { collectionFormat, ...converters }, isSimpleMember);
  for (const [member, value] of values.members) result.members.set(member, value);
  return inOrderOf(node, result);
}

function isFile(member: SourceNode, { isField }: SimpleOwner): boolean {
  return member.name === 'type' && member.text === 'file' && isField === true;
}

/** Gives it the type that it must have. */
function setType(node: SourceNode, values: OutObject, owner: SimpleOwner, { ledger }: ConversionState): void {
  const stated = node.members.get('type');
  const { name } = owner;
  if (stated && isFile(stated, owner)) return void values.members.set('type', copiedText(stated));
  const type = memberText(values, 'type');
  if (type !== undefined && type !== 'object') return;
  const made =
    type === undefined && node.members.has('items') ? 'array' : type === 'object' ? 'string' : scalarType(values);
  values.members.set('type', outText(made, stated));
  if (type === 'object') ledger.add('simple-type', stated ?? node, { name }, 'narrowed');
  else if (!stated) ledger.add('simple-type', node, { name, type: made }, 'made');
}

function convertItems(
  node: SourceNode,
  values: OutObject,
  { name }: SimpleOwner,
  state: ConversionState,
): OutNode | undefined {
  const items = node.members.get('items');
  if (!items) {
    if (memberText(values, 'type') !== 'array') return undefined;
    state.ledger.add('schema-items-made', node, { name });
    return outObject({ type: outText('string') });
  }
  const isPlain = items.kind === 'object' && [...items.members.keys()].every(isItemsMember);
  if (isPlain && sourceText(items.members.get('type')) !== 'object')
    return convertSimple2(items, { kind: 'items', name, formats: listFormats }, state);
  return simpleItems(state.schemas.convert(items), { name, origin: node }, state);
}

function isItemsMember(name: string): boolean {
  return isSimpleMember(name) || name === 'collectionFormat' || name.startsWith('x-');
}

function formatOf(member: SourceNode, { name, formats }: SimpleOwner, ledger: Ledger): OutNode | undefined {
  if (formats.has(member.text)) return copiedText(member);
  ledger.add('collection-format', member, { name, value: member.text });
  return undefined;
}

/** The headers of a response. One that is written as in OpenAPI 3 is converted like that. */
export function convertHeaders2(headers: SourceNode, state: ConversionState): OutObject {
  const result = outObject({}, headers);
  for (const node of headers.members.values()) {
    const { name } = node;
    const header = followed(node, state);
    if (header && header.kind !== 'object') reportType(state.ledger, header, 'an object');
    else if (header) {
      const isOpenApi3 = !header.members.has('type') && (header.members.has('schema') || header.members.has('content'));
      const simple = { kind: 'header', name, formats: listFormats } as const;
      result.members.set(name, isOpenApi3 ? convertHeader(header, name, state) : convertSimple2(header, simple, state));
    }
  }
  return result;
}
