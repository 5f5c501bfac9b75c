import { isAbsolute, join, resolve } from 'node:path';
import { readBeginning, readDirectory } from '../io/fs/files.ts';
import type { ConnectorSource, FileRole } from '../validation/engine/connector-source.ts';
import { findByName, jsonLikeness, decisiveBytes, defaultNames } from '../validation/engine/file-roles.ts';
import { JsonFile } from '../validation/engine/json-file.ts';
import { member } from '../json/value.ts';
import { settingsPath } from '../settings/settings-path.ts';
import { readConnectorFile, readNamedFile } from './read-connector-file.ts';

/** A folder that holds a connector: which of its files is what. */
export interface ConnectorFolder {
  /** As it was given. */
  readonly folder: string;
  readonly names: Readonly<Record<FileRole, string | undefined>>;
  /** The other names in it. */
  readonly others: readonly string[];
  /** Those that could be the API definition as well. */
  readonly rivals: readonly string[];
}

export interface InspectedFolder {
  /** Undefined when the folder holds no connector. */
  readonly connector: ConnectorFolder | undefined;
  readonly directories: readonly string[];
}

/** What is in a folder; undefined when it is none. Raises `FileError`. */
export async function inspectFolder(folder: string, workingDirectory: string): Promise<InspectedFolder | undefined> {
  const entries = await readDirectory(resolve(workingDirectory, folder), folder);
  if (!entries) return undefined;
  const { files, directories } = entries;
  const json = files.filter((name) => /\.json$/iu.test(name) && name.toLowerCase() !== defaultNames.settings);
  const beginnings = new Map<string, string>();
  const nameOnly = (['definition', 'properties'] as const).every((role) => findByName(role, json) !== undefined);
  for (const name of nameOnly ? [] : json)
    beginnings.set(name, await beginningOf(join(folder, name), workingDirectory));
  const definitions = ranked('definition', json, beginnings);
  const [definition] = definitions;
  const [properties] = ranked(
    'properties',
    json.filter((name) => name !== definition),
    beginnings,
  );
  if (definition === undefined && properties === undefined) return { connector: undefined, directories };
  const names = {
    definition,
    properties,
    icon: findByName('icon', files),
    script: findByName('script', files),
    settings: findByName('settings', files),
  };
  const chosen = new Set(Object.values(names));
  const others = [...files, ...directories].filter((name) => !chosen.has(name));
  const rivals = definitions.slice(1).filter((name) => name !== properties && isSure(name, beginnings));
  return { connector: { folder, names, others, rivals }, directories };
}

async function beginningOf(path: string, workingDirectory: string): Promise<string> {
  const { bytes } = await readBeginning(resolve(workingDirectory, path), decisiveBytes, path);
  return new TextDecoder().decode(bytes);
}

/** The names that could have the role, the likeliest first. */
function ranked(
  role: 'definition' | 'properties',
  names: readonly string[],
  beginnings: ReadonlyMap<string, string>,
): readonly string[] {
  return names
    .map((name) => ({ name, likeness: jsonLikeness(role, name, beginnings.get(name) ?? '') }))
    .filter(({ likeness }) => likeness > 0)
    .toSorted((one, other) => other.likeness - one.likeness)
    .map(({ name }) => name);
}

function isSure(name: string, beginnings: ReadonlyMap<string, string>): boolean {
  return jsonLikeness('definition', name, beginnings.get(name) ?? '') >= 2;
}

/**
 * Reads the files of a connector. Those that its settings name are looked for in the folder, as by commands that work in it.
 */
export async function readConnectorFolder(
  { folder, names, others }: ConnectorFolder,
  workingDirectory: string,
): Promise<ConnectorSource> {
  const pathOf = (name: string): string => (isAbsolute(name) ? name : join(folder, name));
  const settings =
    names.settings === undefined ? undefined : await readConnectorFile(pathOf(names.settings), workingDirectory);
  const value = settings?.bytes && new JsonFile(settings.name, settings.bytes).root?.value;
  const readRole = async (role: keyof typeof settingNames): Promise<ConnectorSource[FileRole]> => {
    const given = member(value, settingNames[role]);
    if (typeof given === 'string' && given !== '') {
      const path = pathOf(await settingsPath(given, resolve(workingDirectory, folder)));
      return await readNamedFile(path, workingDirectory);
    }
    const name = names[role];
    if (name !== undefined) return await readConnectorFile(pathOf(name), workingDirectory);
    return role in required ? { name: pathOf(defaultNames[role]), bytes: undefined } : undefined;
  };
  return {
    definition: await readRole('definition'),
    properties: await readRole('properties'),
    icon: await readRole('icon'),
    script: await readRole('script'),
    settings,
    others,
  };
}

const settingNames = {
  definition: 'apiDefinition',
  properties: 'apiProperties',
  icon: 'icon',
  script: 'script',
} as const;

const required = { definition: true, properties: true } as const;
