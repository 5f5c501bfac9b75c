import { isObject, isString, member } from '../../json/value.ts';
import { settingsFileKeys } from '../knowledge/settings-members.ts';
import type { JsonFile } from './json-file.ts';
import { type Location, type TextRange, wholeFile } from './location.ts';
import { shownValue } from './message.ts';

/** A document of another kind than its place in a connector asks for. */
export interface ForeignDocument {
  readonly kind: 'openapi3' | 'yaml' | 'postman' | 'other';
  /** The role that the document does not fit. */
  readonly role: 'definition' | 'properties';
  /** What it is, such as `a Postman collection`. */
  readonly words: string;
  /** What shows it. */
  readonly location: Location | TextRange;
}

/** Members of the properties of a connector that nothing else has. */
const propertyNames = [
  'iconBrandColor',
  'connectionParameters',
  'connectionParameterSets',
  'policyTemplateInstances',
] as const;

/**
 * What a file is instead of an API definition or API properties, where that is plain. All that a rule could say of such a
 * file follows from this one mistake.
 */
export function foreignDocument(file: JsonFile, role: ForeignDocument['role']): ForeignDocument | undefined {
  const { root } = file;
  const found = root ? (isObject(root.value) ? foreignRoot(root, role) : undefined) : foreignText(file);
  if (found) return { ...found, role };
  return role === 'properties' && isPartOfSolution(file.name)
    ? { kind: 'other', role, words: 'a part of an unpacked solution', location: wholeFile(file) }
    : undefined;
}

type Found = Omit<ForeignDocument, 'role'>;

function foreignRoot(root: Location, role: ForeignDocument['role']): Found | undefined {
  const has = (name: string): boolean => member(root.value, name) !== undefined;
  const other = (words: string, name: string): Found => ({ kind: 'other', words, location: root.at(name) });
  if (has('openapi') && !has('swagger')) {
    const version = root.at('openapi');
    return { kind: 'openapi3', words: `OpenAPI ${shownValue(version.value)}`, location: version };
  }
  if (isPostman(member(root.value, 'info'))) {
    return { kind: 'postman', words: 'a Postman collection', location: root.at('info') };
  }
  if (role === 'properties') {
    if (has('swagger')) return other('an API definition', 'swagger');
  } else {
    if (has('swagger') || has('paths') || has('info')) return undefined;
    const properties = member(root.value, 'properties');
    const isProperties = isObject(properties) && propertyNames.some((name) => member(properties, name) !== undefined);
    if (isProperties) return other('the API properties', 'properties');
  }
  const key = has('properties') ? undefined : settingsFileKeys.find(has);
  return key === undefined ? undefined : other('a settings file', key);
}

function isPostman(info: unknown): boolean {
  const schema = member(info, 'schema');
  return member(info, '_postman_id') !== undefined || (isString(schema) && schema.includes('getpostman.com'));
}

/** What is no JSON from its first character on. */
function foreignText(file: JsonFile): Found | undefined {
  const first =
    /^(?:\s*(?:#.*|---.*|%YAML.*)?(?:\r\n|\n|\r))*\s*(?<line>[^\r\n]*)/u.exec(file.text.slice(0, 65_536))?.groups?.[
      'line'
    ] ?? '';
  const location = wholeFile(file);
  if (/^["']?(?:swagger|openapi|info|properties)["']?\s*:/u.test(first))
    return { kind: 'yaml', words: 'YAML', location };
  if (/^<(?:!doctype html|html)/iu.test(first)) return { kind: 'other', words: 'a web page', location };
  return first.startsWith('<?xml') ? { kind: 'other', words: 'XML', location } : undefined;
}

/** The files that an unpacked solution has beside the API definition of a connector. */
export function isPartOfSolution(name: string): boolean {
  return /_(?:connectionparameters|connectionparametersets|policytemplateinstances)\.json$/iu.test(name);
}
