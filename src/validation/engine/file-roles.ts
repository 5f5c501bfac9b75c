import { type FileRole, fileRoles } from './connector-source.ts';

/** The names that the Python tool gives to the files of a connector. */
export const defaultNames: Readonly<Record<FileRole, string>> = {
  definition: 'apiDefinition.swagger.json',
  properties: 'apiProperties.json',
  icon: 'icon.png',
  script: 'script.csx',
  settings: 'settings.json',
};

const namePatterns = {
  definition: /(?:definition|swagger|openapi).*\.json$/iu,
  properties: /propert.*\.json$/iu,
} as const;

const contentPatterns = {
  definition: /"(?:swagger|openapi|paths)"\s*:/u,
  properties: /"(?:iconBrandColor|connectionParameters|connectionParameterSets|policyTemplateInstances)"\s*:/u,
} as const;

/** How many bytes of a file tell what it is. */
export const decisiveBytes = 65_536;

/** The role of a file with one of the usual names, in any case of letters. */
export function roleByName(name: string): FileRole | undefined {
  const lowerCase = name.toLowerCase();
  return fileRoles.find((role) => defaultNames[role].toLowerCase() === lowerCase);
}

/** How much speaks for a JSON file to have this role; 0 is nothing. Broken JSON is JSON, too. */
export function jsonLikeness(role: 'definition' | 'properties', name: string, beginning: string): number {
  if (roleByName(name) === role) return 8;
  // API properties can hold the word "paths", but no API definition has connection parameters.
  const other = role === 'definition' && contentPatterns.properties.test(beginning);
  const byContent = contentPatterns[role].test(beginning) && !other;
  return (byContent ? 2 : 0) + (namePatterns[role].test(name) ? 1 : 0);
}

/** The role of a file that somebody names; undefined for one that can be no part of a connector. */
export function roleOf(name: string, beginning: string): FileRole | undefined {
  const usual = roleByName(name);
  if (usual) return usual;
  if (/\.(?:png|jpe?g|gif|svg|ico|bmp|webp)$/iu.test(name)) return 'icon';
  if (/\.csx?$/iu.test(name)) return 'script';
  if (!/\.json$/iu.test(name)) return undefined;
  const isProperties = jsonLikeness('properties', name, beginning) > jsonLikeness('definition', name, beginning);
  return isProperties ? 'properties' : 'definition';
}

/** The file of a role among the names in a folder: the one with the usual name, else one that could be it. */
export function findByName(role: FileRole, names: readonly string[]): string | undefined {
  const usual = names.find((name) => name === defaultNames[role]) ?? names.find((name) => roleByName(name) === role);
  if (usual !== undefined) return usual;
  if (role === 'script')
    return names.find((name) => /\.csx$/iu.test(name)) ?? names.find((name) => /\.cs$/iu.test(name));
  const pictures = role === 'icon' ? names.filter((name) => /\.png$/iu.test(name)) : [];
  return pictures.length === 1 ? pictures[0] : undefined;
}
