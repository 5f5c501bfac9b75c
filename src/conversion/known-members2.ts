import { has } from '../json/value.ts';
import type { DefinitionKind } from '../validation/engine/node-kinds.ts';
import { type MemberType, memberTypes } from '../validation/knowledge/member-types.ts';
import { convertDocumentation, copiedTexts } from './documentation.ts';
import type { Ledger } from './ledger.ts';
import { isMediaTypeName } from './media-types.ts';
import { copied, copiedText, outArray, type OutNode, outObject, type OutObject, stringOfOut } from './output-tree.ts';
import type { SourceKind, SourceNode } from './source.ts';
import type { ConversionState } from './state.ts';
import { reportType } from './wrong-type.ts';

/** What members of an object become, by name, where that isn't a copy. What is undefined is left out. */
export type MemberConverters = Readonly<Record<string, (member: SourceNode) => OutNode | undefined>>;

/**
 * An object of OpenAPI 2.0 with the members that it can have, each of its type. Others are reported.
 * @param isElsewhere Which members are converted by somebody else.
 */
export function knownMembers(
  kind: DefinitionKind,
  node: SourceNode,
  state: ConversionState,
  converters: MemberConverters = {},
  isElsewhere: (name: string) => boolean = () => false,
): OutObject {
  const result = outObject({}, node);
  for (const member of node.members.values()) {
    if (isElsewhere(member.name)) continue;
    const value = isKnown(kind, member, state) ? converted(kind, member, state, converters) : undefined;
    if (value) result.members.set(member.name, value);
  }
  return result;
}

/** Whether an object has a member with this name and a value of this type. One that it can't have is reported. */
function isKnown(kind: DefinitionKind, member: SourceNode, { ledger, version }: ConversionState): boolean {
  const { name } = member;
  if (name.startsWith('x-')) return true;
  const type = typeOf(kind, name);
  if (type === undefined) ledger.leaveOutFor('member-unknown', member, { name, version });
  else if (!kindsOf[type].includes(member.kind)) reportType(ledger, member, wordsFor[type]);
  else return true;
  return false;
}

function converted(
  kind: DefinitionKind,
  member: SourceNode,
  state: ConversionState,
  converters: MemberConverters,
): OutNode | undefined {
  const { name } = member;
  if (name.startsWith('x-')) return state.extension(member);
  const own = has(converters, name) ? converters[name] : undefined;
  if (own) return own(member);
  if (name === 'externalDocs') return convertDocumentation(member, state);
  switch (typeOf(kind, name)) {
    case 'string':
      return copiedText(member);
    case 'strings':
      return convertTexts(member, state.ledger);
    case 'boolean':
      return copied(member);
    default:
      return state.example(member);
  }
}

function typeOf(kind: DefinitionKind, name: string): MemberType | undefined {
  const types = memberTypes[kind];
  return has(types, name) ? types[name] : undefined;
}

const scalars: readonly SourceKind[] = ['string', 'number', 'boolean'];
const all: readonly SourceKind[] = [...scalars, 'object', 'array', 'null'];

// What YAML takes for a number or a Boolean is text as written.
const kindsOf: Readonly<Record<MemberType, readonly SourceKind[]>> = {
  object: ['object'],
  map: ['object'],
  array: ['array'],
  strings: ['array'],
  objects: ['array'],
  string: scalars,
  boolean: ['boolean'],
  'strings or text': ['string', 'array'],
  'object or array': ['object', 'array'],
  'object or boolean': ['object', 'boolean'],
  any: all,
};

const wordsFor: Readonly<Record<MemberType, string>> = {
  object: 'an object',
  map: 'an object',
  array: 'a list',
  strings: 'a list',
  objects: 'a list',
  string: 'text',
  boolean: 'true or false',
  'strings or text': 'a list',
  'object or array': 'an object',
  'object or boolean': 'an object, true, or false',
  any: 'a value',
};

const schemes = new Set(['https', 'http']);

/** A list of texts, without those that a connector can't have; undefined for a list of schemes that has no other. */
function convertTexts(list: SourceNode, ledger: Ledger): OutNode | undefined {
  const { name } = list;
  const texts = copiedTexts(list, ledger);
  if (texts.kind !== 'array' || name === 'tags') return texts;
  const isScheme = name === 'schemes';
  const items = texts.items.filter((item) => {
    const text = stringOfOut(item) ?? '';
    if (isScheme ? schemes.has(text) : isMediaTypeName(text)) return true;
    ledger.leaveOutFor(isScheme ? 'scheme-invalid' : 'media-type-invalid', item.origin ?? list, { name: text });
    return false;
  });
  if (isScheme && items.length === 0) ledger.add('schemes-empty', list);
  return isScheme && items.length === 0 ? undefined : outArray(items, list);
}
