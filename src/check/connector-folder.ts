import { isAbsolute, join, resolve } from 'node:path';
import type { Connector } from '../connector/connector.ts';
import { type DirectoryEntries, readDirectory } from '../io/fs/files.ts';
import { readBeginning } from '../io/fs/read-file.ts';
import { readJson } from '../json/reading.ts';
import { rootMembers } from '../json/scan.ts';
import { isText, member } from '../json/value.ts';
import { definitionEnd, isPackageFolder, isSolution } from '../solution/layout.ts';
import { settingsPath } from '../settings/settings-path.ts';
import type { ConnectorSource, NamedFile } from '../validation/engine/connector-source.ts';
import {
  decisiveBytes,
  defaultNames,
  definitionOrder,
  findByName,
  isReadme,
  jsonLikeness,
} from '../validation/engine/file-roles.ts';
import { JsonFile } from '../validation/engine/json-file.ts';
import { otherDescription, zipsIn } from './no-connector.ts';
import { unpackedPackage } from './unpacked-package.ts';
import { readConnector } from './read-connector.ts';
import { environmentsFileName } from '../values/environments-file.ts';
import {
  type ReadFile,
  readConnectorFile,
  readFileIfThere,
  readNamedFile,
  requireFileOf,
} from './read-connector-file.ts';

/** The files of a connector that its settings can name. */
type NamedRole = keyof typeof settingNames;

const settingNames = {
  definition: 'apiDefinition',
  properties: 'apiProperties',
  icon: 'icon',
  script: 'script',
} as const;

const namedRoles = ['definition', 'properties', 'icon', 'script'] as const satisfies NamedRole[];

/** A folder that holds a connector: which of its files is what. */
export interface ConnectorFolder {
  /** As the user typed it. */
  readonly folder: string;
  /** By paths from the folder. */
  readonly names: Readonly<Record<NamedRole, string | undefined>>;
  readonly settings: ReadFile | undefined;
  /** Icon and script that are in it, though the settings name other files, and not them: commands that send don't either. */
  readonly unnamed: readonly ('icon' | 'script')[];
  /** Whether the settings name the API definition. */
  readonly isNamed: boolean;
  /** Whether it has an OpenAPI 3 document alone, which is none of a connector where there are connectors below. */
  readonly isDescription: boolean;
  /** The other names in it. */
  readonly others: readonly string[];
  /** Those that could be the API definition as well. */
  readonly rivals: readonly string[];
}

export interface InspectedFolder {
  /** Undefined when the folder holds no connector. */
  readonly connector: ConnectorFolder | undefined;
  /** Whether it is an unpacked solution instead, the folder of its connectors, or an unpacked package. */
  readonly isSolution: boolean;
  /** A settings file that can't be read, where nothing else tells which files are meant. */
  readonly brokenSettings: ReadFile | undefined;
  readonly directories: readonly string[];
  /** The ZIP files in it, if it's neither a connector nor a solution. */
  readonly zips: readonly string[];
}

/**
 * What is in a folder; undefined when it is none. What its settings name is not guessed. Raises `FileError`.
 */
export async function inspectFolder(folder: string, workingDirectory: string): Promise<InspectedFolder | undefined> {
  const entries = await readDirectory(resolve(workingDirectory, folder), folder);
  if (!entries) return undefined;
  const { files, directories } = entries;
  const settingsName = findByName('settings', files);
  const settings =
    settingsName === undefined ? undefined : await readConnectorFile(join(folder, settingsName), workingDirectory);
  const named = await namedFiles(settings, resolve(workingDirectory, folder));
  const hasOwn = (named.definition ?? named.properties ?? findByName('definition', files)) !== undefined;
  if (!hasOwn && (await isSolutionFolder(entries, resolve(workingDirectory, folder)))) {
    return { connector: undefined, isSolution: true, brokenSettings: undefined, directories, zips: [] };
  }
  const json = files.filter((name) => /\.json$/iu.test(name) && name !== settingsName);
  const guessed = await guessDocuments(json, named, { folder, workingDirectory });
  const names = {
    definition: named.definition ?? guessed.definition,
    properties: named.properties ?? guessed.properties,
    icon: named.icon ?? findByName('icon', files),
    script: named.script ?? findByName('script', files),
  };
  if (names.definition === undefined && names.properties === undefined) {
    const isBroken = settings !== undefined && readJson(settings.bytes).json === undefined;
    const brokenSettings = isBroken ? settings : undefined;
    const isPackage =
      isPackageFolder(files) || (await unpackedPackage(resolve(workingDirectory, folder), entries)) !== undefined;
    const zips = isPackage ? [] : zipsIn(files);
    return { connector: undefined, isSolution: isPackage, brokenSettings, directories, zips };
  }
  const chosen = new Set([...Object.values(names), settingsName]);
  const others = [...files, ...directories].filter((name) => !chosen.has(name));
  const rivals = guessed.rivals.filter((name) => name !== names.properties);
  const isNamed = named.definition !== undefined;
  const isChosen = Object.keys(named).length > 0;
  const unnamed = (['icon', 'script'] as const).filter((role) => isChosen && !named[role] && names[role]);
  const isDescription =
    !isChosen &&
    names.properties === undefined &&
    (await isOpenApi3(join(folder, names.definition ?? ''), workingDirectory));
  const connector = { folder, names, settings, unnamed, isNamed, isDescription, others, rivals };
  return { connector, isSolution: false, brokenSettings: undefined, directories, zips: [] };
}

async function isOpenApi3(path: string, workingDirectory: string): Promise<boolean> {
  const names = rootMembers(await beginningOf(path, workingDirectory));
  return names.has('openapi') && !names.has('swagger');
}

/** Whether a folder is an unpacked solution: nothing in another one is read. */
export async function holdsSolution(folder: string, workingDirectory: string): Promise<boolean> {
  const directory = resolve(workingDirectory, folder);
  const entries = await readDirectory(directory, folder);
  if (!entries || !(await isSolutionFolder(entries, directory))) return false;
  return (await inspectFolder(folder, workingDirectory))?.isSolution === true;
}

async function isSolutionFolder({ files, directories }: DirectoryEntries, directory: string): Promise<boolean> {
  const other = directories.find((name) => name.toLowerCase() === 'other');
  const inOther = other === undefined ? undefined : await readDirectory(join(directory, other));
  return isSolution(files, inOther?.files) || holdsItsConnectors(files);
}

/** Whether a folder has the files of connectors as solutions name them. A connector can have an API definition with such a name, too. */
function holdsItsConnectors(files: readonly string[]): boolean {
  const [first = ''] = files.toSorted((one, other) => definitionOrder(one) - definitionOrder(other));
  return definitionEnd.test(first) && findByName('properties', files) === undefined;
}

/** The files that settings name, which are looked for in the folder, as by commands that work in it. */
async function namedFiles(
  settings: ReadFile | undefined,
  directory: string,
): Promise<Partial<Record<NamedRole, string>>> {
  const value = settings && new JsonFile(settings.name, settings.bytes).root?.value;
  const named: Partial<Record<NamedRole, string>> = {};
  for (const role of namedRoles) {
    const written = member(value, settingNames[role]);
    if (isText(written)) named[role] = await settingsPath(written, directory);
  }
  return named;
}

interface GuessedDocuments {
  readonly definition: string | undefined;
  readonly properties: string | undefined;
  readonly rivals: readonly string[];
}

/** The likeliest of the JSON files in a folder for what is not named. */
async function guessDocuments(
  json: readonly string[],
  named: Partial<Record<NamedRole, string>>,
  { folder, workingDirectory }: { readonly folder: string; readonly workingDirectory: string },
): Promise<GuessedDocuments> {
  const open = (['definition', 'properties'] as const).filter((role) => named[role] === undefined);
  const free = json.filter((name) => name !== named.definition && name !== named.properties);
  const beginnings = new Map<string, string>();
  const nameOnly = open.every((role) => findByName(role, free) !== undefined);
  for (const name of nameOnly ? [] : free) {
    beginnings.set(name, await beginningOf(join(folder, name), workingDirectory));
  }
  const definitions = named.definition === undefined ? ranked('definition', free, beginnings) : [];
  const [definition, ...rivals] = definitions;
  const [properties] = ranked(
    'properties',
    free.filter((name) => name !== definition),
    beginnings,
  );
  return { definition, properties, rivals: rivals.filter((name) => isSure(name, beginnings)) };
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
    .toSorted((one, other) => other.likeness - one.likeness || definitionOrder(one.name) - definitionOrder(other.name))
    .map(({ name }) => name);
}

function isSure(name: string, beginnings: ReadonlyMap<string, string>): boolean {
  return jsonLikeness('definition', name, beginnings.get(name) ?? '') >= 2;
}

/** The path of a file of a connector, from where its folder is named. */
export function pathInFolder({ folder }: Pick<ConnectorFolder, 'folder'>, name: string): string {
  return isAbsolute(name) ? name : join(folder, name);
}

/** The files that a connector is read from. */
export function filesOf(found: ConnectorFolder): readonly string[] {
  const own = Object.values(found.names).filter((name) => name !== undefined);
  return [...own.map((name) => pathInFolder(found, name)), ...(found.settings ? [found.settings.name] : [])];
}

/** Reads the files of a connector. Those that are named or needed, and not there, are named without bytes. */
export async function readConnectorFolder(found: ConnectorFolder, workingDirectory: string): Promise<ConnectorSource> {
  const place = { workingDirectory, folder: found.folder };
  const readRole = async (role: NamedRole, needed?: string): Promise<NamedFile | undefined> => {
    const name = found.names[role] ?? needed;
    return name === undefined ? undefined : await readNamedFile(role, pathInFolder(found, name), place);
  };
  if (found.settings) await requireFileOf('settings', found.settings, place);
  const readmeName = found.others.find(isReadme);
  // A link that leads nowhere is none.
  const readme =
    readmeName === undefined ? undefined : await readFileIfThere(pathInFolder(found, readmeName), workingDirectory);
  const inOtherFormat =
    found.names.definition === undefined ? await otherDescription(found, workingDirectory) : undefined;
  const hasEnvironments = found.others.includes(environmentsFileName);
  return {
    definition: await readRole('definition', inOtherFormat ?? defaultNames.definition),
    properties: await readRole('properties', defaultNames.properties),
    icon: await readRole('icon'),
    script: await readRole('script'),
    settings: found.settings,
    others: readme ? found.others : found.others.filter((name) => name !== readmeName),
    environments: hasEnvironments
      ? await readNamedFile('environments', pathInFolder(found, environmentsFileName), place)
      : undefined,
    readme,
  };
}

/** The connector in a folder, to work with: without an icon or script that its settings don't name. Raises `FileError` where a file that it needs is missing. */
export async function connectorInFolder(found: ConnectorFolder, workingDirectory: string): Promise<Connector> {
  const unnamed: readonly NamedRole[] = found.unnamed;
  const path = (role: NamedRole): string | undefined => {
    const name = unnamed.includes(role) ? undefined : found.names[role];
    return name === undefined ? undefined : pathInFolder(found, name);
  };
  const paths = {
    apiDefinition: path('definition') ?? pathInFolder(found, defaultNames.definition),
    apiProperties: path('properties') ?? pathInFolder(found, defaultNames.properties),
    icon: path('icon'),
    script: path('script'),
    filesFolder: found.folder,
  };
  return await readConnector(paths, { workingDirectory });
}
