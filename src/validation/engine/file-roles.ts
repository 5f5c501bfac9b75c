import type { ConnectorPart } from '../../connector/part.ts';
import { rootMembers } from '../../json/scan.ts';
import { definitionEnd } from '../../solution/layout.ts';
import { type FileRole, fileRoles } from './connector-source.ts';

/** The names that the Python tool gives to the files of a connector. */
export const defaultNames: Readonly<Record<FileRole, string>> = {
  definition: 'apiDefinition.swagger.json',
  properties: 'apiProperties.json',
  icon: 'icon.png',
  script: 'script.csx',
  settings: 'settings.json',
};

/** The names of API definitions, the likeliest first. */
const definitionNames = [/[._-]swagger\.json$/iu, /^swagger\.json$/iu, /^apidefinition\.json$/iu, definitionEnd];

/** The key in the settings that names the file of a role. */
export const partOfRole = {
  definition: 'apiDefinition',
  properties: 'apiProperties',
  icon: 'icon',
  script: 'script',
} as const satisfies Readonly<Record<Exclude<FileRole, 'settings'>, ConnectorPart>>;

/** How early the name of a file is among those of API definitions; the last place is that of all other names. */
export function definitionOrder(name: string): number {
  const index = definitionNames.findIndex((pattern) => pattern.test(name));
  return index === -1 ? definitionNames.length : index;
}

/** Whether a JSON file has a name that files with this role have. */
function isNameOf(role: 'definition' | 'properties', name: string): boolean {
  return role === 'properties' ? /propert/iu.test(name) : definitionOrder(name) < definitionNames.length;
}

/** Files of other tools, whatever is in them. */
const foreignNames = /^(?:package(?:-lock)?|tsconfig.*|.*\.schema)\.json$/iu;

/** Members of the properties of a connector, which nothing else has. */
const propertyNames = /"(?:iconBrandColor|connectionParameters|connectionParameterSets|policyTemplateInstances)"\s*:/u;

/** Members that a file with a telling name has at its root; one with others only is something else. */
const ownMembers = {
  definition: ['swagger', 'openapi', 'paths', 'info', 'definitions', 'host', 'basePath'],
  properties: ['properties', 'iconBrandColor', 'connectionParameters', 'connectionParameterSets'],
} as const;

/** Whether a file is what certification asks for under one of these names, of now and of before 2025. */
export function isReadme(name: string): boolean {
  return /^(?:readme|intro)\.md$/iu.test(name);
}

/** How many bytes of a file tell what it is. */
export const decisiveBytes = 65_536;

/** The role of a file with one of the usual names, in any case of letters. */
export function roleByName(name: string): FileRole | undefined {
  const lowerCase = name.toLowerCase();
  return fileRoles.find((role) => defaultNames[role].toLowerCase() === lowerCase);
}

/**
 * How much speaks for a JSON file to have this role; 0 is nothing. Broken JSON is JSON, too. Only members of the root count:
 * a lock file, a JSON schema or the settings of other tools have the same words deeper.
 */
export function jsonLikeness(role: 'definition' | 'properties', name: string, beginning: string): number {
  if (roleByName(name) === role) return 8;
  if (foreignNames.test(name)) return 0;
  const root = rootMembers(beginning);
  // With names in order the version comes last, which can be beyond the beginning.
  const isCut = !beginning.trimEnd().endsWith('}');
  const isDefinition = hasVersion(beginning, root) || (isCut && root.has('info') && root.has('paths'));
  if (root.has('$schema') && !isDefinition) return 0;
  // API properties can hold the word "paths", but no API definition has connection parameters.
  const isProperties = root.has('properties') && propertyNames.test(beginning);
  const byContent = role === 'properties' ? isProperties : isDefinition && !isProperties;
  const hasName = /\.json$/iu.test(name) && isNameOf(role, name);
  const byName = hasName && (root.size === 0 || ownMembers[role].some((one) => root.has(one)));
  return (byContent ? 2 : 0) + (byName ? 1 : 0);
}

/**
 * Whether the root has a version of OpenAPI: `2.0` or `3.…`, or another number, or nothing, with one of the objects that are
 * about an API. Next to both objects it can be any value.
 */
function hasVersion(beginning: string, root: ReadonlyMap<string, number>): boolean {
  const at = root.get('swagger') ?? root.get('openapi');
  if (at === undefined) return false;
  const value = beginning.slice(at, at + longestVersion).replaceAll(/\s+/gu, '');
  if (/^["'“]?[23]\.\d/u.test(value)) return true;
  const objects = ['info', 'paths'].filter((name) => beginning[root.get(name) ?? beginning.length] === '{');
  return objects.length >= (/^["'“]?(?:\d[\d.]*|null)?["'”]?(?:[,}]|$)/u.test(value) ? 1 : 2);
}

/** How many characters tell whether a value is a version. */
const longestVersion = 32;

/** The role of a file that the user names; undefined for one that can be no part of a connector. */
export function roleOf(name: string, beginning: string): FileRole | undefined {
  const usual = roleByName(name);
  if (usual) return usual;
  if (/\.(?:png|jpe?g|gif|svg|ico|bmp|webp)$/iu.test(name)) return 'icon';
  if (/\.csx?$/iu.test(name)) return 'script';
  // What cannot be one is said of the file.
  if (/\.ya?ml$/iu.test(name)) return 'definition';
  if (!/\.json$/iu.test(name)) return undefined;
  const isProperties = jsonLikeness('properties', name, beginning) > jsonLikeness('definition', name, beginning);
  return isProperties ? 'properties' : 'definition';
}

/** The first of {@link filesByName}. */
export function findByName(role: FileRole, names: readonly string[]): string | undefined {
  return filesByName(role, names)[0];
}

/**
 * The files of a role among the names in a folder: the one with the usual name, else those with it in other cases of letters; a
 * script may have any. A picture with another name is as likely one for the readme.
 */
export function filesByName(role: FileRole, names: readonly string[]): readonly string[] {
  const exact = names.filter((name) => name === defaultNames[role]);
  const usual = exact.length > 0 ? exact : names.filter((name) => roleByName(name) === role);
  if (usual.length > 0 || role !== 'script') return usual;
  const scripts = names.filter((name) => /\.csx$/iu.test(name));
  return scripts.length > 0 ? scripts : names.filter((name) => /\.cs$/iu.test(name));
}
