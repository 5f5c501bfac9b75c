import { has, isObject, isString, type JsonObject, jsonType, member } from '../../json/value.ts';
import { documentKinds, openApi2Members, otherFormat } from '../knowledge/document-kinds.ts';
import { settingsFileKeys, settingsMemberTypes } from '../knowledge/settings-members.ts';
import type { JsonFile } from './json-file.ts';
import { roleByName } from './file-roles.ts';
import { type Location, type TextRange, wholeFile } from './location.ts';
import { shownValue } from './message.ts';

/** A document of another kind than its place in a connector asks for. */
export interface ForeignDocument {
  readonly kind: 'openapi3' | 'yaml' | 'postman' | 'other';
  /** The role that the document does not fit. */
  readonly role: DocumentRole;
  /** What it is, such as `a Postman collection`. */
  readonly words: string;
  /** What to do, where naming another file is not all. */
  readonly next?: string | undefined;
  /** What shows it. */
  readonly location: Location | TextRange;
}

export type DocumentRole = 'definition' | 'properties';

/**
 * What a file is instead of an API definition or API properties, where that is plain. All that a rule could say of such a
 * file follows from this one mistake.
 */
export function foreignDocument(file: JsonFile, role: DocumentRole): ForeignDocument | undefined {
  const found = foreignText(file) ?? (file.root && foreignRoot(file, file.root, role));
  if (found) return { ...found, role };
  return role === 'properties' && isPartOfSolution(file.name)
    ? { kind: 'other', role, words: 'a part of an unpacked solution', location: wholeFile(file) }
    : undefined;
}

type Found = Omit<ForeignDocument, 'role'>;

function foreignRoot(file: JsonFile, root: Location, role: DocumentRole): Found | undefined {
  const { value } = root;
  if (!isObject(value)) return foreignValue(file, root);
  if (role === 'properties') {
    if (has(value, 'swagger')) return other('an API definition', root.at('swagger'));
    if (isProperties(value)) return undefined;
  } else {
    if (has(value, 'swagger')) return isOfBothVersions(value) ? describedApi(root) : undefined;
    if (isProperties(value)) return other('the API properties', root.at('properties'));
  }
  return (
    describedApi(root) ??
    settingsFile(root) ??
    otherKind(root) ??
    (role === 'definition' ? nothing(file, root) : undefined)
  );
}

/** Whether a document with both versions is of OpenAPI 3: it has nothing that only OpenAPI 2.0 has. */
function isOfBothVersions(value: JsonObject): boolean {
  return (
    has(value, 'openapi') &&
    (newMembers.some((name) => has(value, name)) || !oldMembers.some((name) => has(value, name)))
  );
}

function other(words: string, location: Found['location'], next?: string): Found {
  return { kind: 'other', words, location, next };
}

/** JSON that is no object. A text with faults that begins with a scalar can be anything. */
function foreignValue({ text, json }: JsonFile, root: Location): Found | undefined {
  const type = jsonType(root.value);
  if (type === undefined || (type !== 'array' && text !== json)) return undefined;
  return other(type === 'null' ? 'the JSON value null' : `a JSON ${type}`, root);
}

/** Members of the properties of a connector that nothing else has. */
const propertyNames = [
  'iconBrandColor',
  'connectionParameters',
  'connectionParameterSets',
  'policyTemplateInstances',
] as const;

function isProperties(value: JsonObject): boolean {
  const properties = member(value, 'properties');
  return isObject(properties) && propertyNames.some((name) => has(properties, name));
}

/** The description of an API in another format, or version, that can be converted. */
function describedApi(root: Location): Found | undefined {
  const version = root.at('openapi');
  if (version.value !== undefined) {
    const words = `OpenAPI ${shownValue(version.value)}`;
    const isRenamed = /^OpenAPI 2\b/u.test(words);
    return {
      kind: 'openapi3',
      words: isRenamed ? `${words} with 'openapi' instead of 'swagger'` : words,
      location: version,
    };
  }
  const of3 = newMembers.find((name) => member(root.value, name) !== undefined);
  if (of3 !== undefined && member(root.value, 'paths') !== undefined) {
    return { kind: 'openapi3', words: "OpenAPI 3 without 'openapi'", location: root.at(of3) };
  }
  const info = [root.at('info'), root.at('collection', 'info')].find(isPostman);
  return info && { kind: 'postman', words: 'a Postman collection', location: info };
}

/** Members of the root that OpenAPI has since version 3. */
const newMembers = ['components', 'servers', 'webhooks'] as const;

/** Members of the root that it no longer has. */
const oldMembers = [
  'host',
  'basePath',
  'schemes',
  'consumes',
  'produces',
  'definitions',
  'parameters',
  'responses',
  'securityDefinitions',
] as const;

function isPostman({ value: info }: Location): boolean {
  const schema = member(info, 'schema');
  return member(info, '_postman_id') !== undefined || (isString(schema) && schema.includes('getpostman.com'));
}

function settingsFile(root: Location): Found | undefined {
  if (member(root.value, 'properties') !== undefined) return undefined;
  const key = settingsFileKeys.find((name) => member(root.value, name) !== undefined);
  return key === undefined ? undefined : other('a settings file', root.at(key));
}

function otherKind(root: Location): Found | undefined {
  for (const { words, next, sign } of documentKinds) {
    const name = sign(root.value);
    if (name !== undefined) return other(words, root.at(name), next);
  }
  return undefined;
}

/** An object with nothing, or hardly anything, that an API definition has at its root. */
function nothing({ text, json, encodingFault }: JsonFile, root: Location): Found | undefined {
  if (encodingFault) return undefined;
  const names = Object.keys(isObject(root.value) ? root.value : {});
  // Names without quotation marks aren't read, which another rule tells.
  if (names.length === 0) return text === json ? other('an empty JSON object', root) : undefined;
  const own = names.filter((name) => openApi2Members.has(name) || /^x-/iu.test(name));
  return own.length * 2 < names.length ? other("JSON without 'swagger'", root) : undefined;
}

/** How files begin that are no text, as it is read: U+FFFD is what is no UTF-8. */
const binaryKinds = [
  { sign: '\uFFFDPNG\r\n', words: 'a PNG image' },
  { sign: 'PK\u0003\u0004', words: 'a ZIP archive' },
] as const;

/** What is no JSON from its first character on, whatever of it can be read as JSON. */
function foreignText(file: JsonFile): Found | undefined {
  if (file.json === file.text) return undefined;
  const location = wholeFile(file);
  const binary = binaryKinds.find(({ sign }) => file.text.startsWith(sign));
  if (binary) return other(binary.words, location);
  if (file.text.startsWith('#%RAML')) return other('a RAML document', location, otherFormat);
  const first = firstLine(file.text);
  if (/^<(?:!doctype html|html)/iu.test(first)) return other('a web page', location);
  if (/^<[?!A-Za-z]/u.test(first)) return other('XML', location);
  const isInBraces = first.startsWith('{') && /\.ya?ml$/iu.test(file.name);
  const isInLines = /^(?:["']?[\w$.-]+["']?\s*:(?:\s|$)|-\s)/u.test(first) && !first.trimEnd().endsWith(',');
  if (!isInBraces && !isInLines) return undefined;
  const names = yamlNames(file.text, isInBraces ? /[{,]\s*/u : /^/mu);
  const root = Object.fromEntries([...names].map((name) => [name, '']));
  const kind = documentKinds.find(({ next, sign }) => next !== undefined && sign(root) !== undefined);
  if (kind) return other(`${kind.words} in YAML`, location, kind.next);
  return rootNames.some((name) => names.has(name))
    ? { kind: 'yaml', words: 'YAML', location }
    : other('YAML', location);
}

/** Members of the root, one of which any document has that somebody means as part of a connector. */
const rootNames = ['swagger', 'openapi', 'info', 'paths', 'properties'] as const;

/** The first line with something else than comments and what can stand before a document in YAML. */
function firstLine(text: string): string {
  const beginning = text.slice(0, 65_536);
  const found = /^(?:\s*(?:#.*|---.*|%.*)?(?:\r\n|\n|\r))*\s*(?<line>[^\r\n]*)/u.exec(beginning);
  return found?.groups?.['line'] ?? '';
}

/** The names in YAML that follow something: those that begin a line are those of its root. */
function yamlNames(text: string, before: RegExp): ReadonlySet<string> {
  const name = /(?<![\w$.-])(?:"(?<double>[\w$.-]+)"|'(?<single>[\w$.-]+)'|(?<plain>[\w$.-]+))\s*:(?=\s|$)/u;
  const found = text.matchAll(new RegExp(before.source + name.source, 'gmu'));
  return new Set(
    [...found].flatMap(({ groups = {} }) => groups['double'] ?? groups['single'] ?? groups['plain'] ?? []),
  );
}

/** Whether a file is certainly what it is taken for, so that it may be edited: anything else can be anybody's. */
export function isOwnDocument({ name, root }: JsonFile, role: DocumentRole | 'settings'): boolean {
  const value = root?.value;
  if (!isObject(value)) return false;
  if (role === 'settings') {
    const isSure = settingsFileKeys.some((key) => has(value, key));
    return isSure || Object.keys(settingsMemberTypes).filter((key) => has(value, key)).length > 1;
  }
  if (roleByName(name.replace(/^.*[/\\]/u, '')) === role) return true;
  return role === 'properties' ? isProperties(value) : has(value, 'swagger');
}

/** The files that an unpacked solution has beside the API definition of a connector. */
function isPartOfSolution(name: string): boolean {
  return /_(?:connectionparameters|connectionparametersets|policytemplateinstances)\.json$/iu.test(name);
}
