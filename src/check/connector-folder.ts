import { isAbsolute, join, resolve } from 'node:path';
import type { Connector } from '../connector/connector.ts';
import { partFacts } from '../connector/part.ts';
import { UsageError } from '../errors.ts';
import { type DirectoryEntries, readDirectory } from '../io/fs/files.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { readJson } from '../json/reading.ts';
import { isText, member } from '../json/value.ts';
import { definitionEnd, isPackageFolder, isSolution } from '../solution/layout.ts';
import type { NamedFiles } from '../settings/files-root.ts';
import { settingsFileName } from '../settings/settings-file.ts';
import { settingsPath } from '../settings/settings-path.ts';
import type { ConnectorSource, NamedFile, PartFiles } from '../validation/engine/connector-source.ts';
import { defaultNames, definitionOrder, findByName, isReadme, partOfRole } from '../validation/engine/file-roles.ts';
import { JsonFile } from '../validation/engine/json-file.ts';
import { beginningOf, type Candidates, guessFiles, startsAsOpenApi3, type NamedRole } from './guess-files.ts';
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

const namedRoles = ['definition', 'properties', 'icon', 'script'] as const satisfies NamedRole[];

/** A folder that holds a connector: which of its files is what. */
export interface ConnectorFolder {
  /** As the user typed it. */
  readonly folder: string;
  /** By paths from the folder. */
  readonly names: Readonly<Record<NamedRole, string | undefined>>;
  readonly settings: ReadFile | undefined;
  /** Icon and script that are in it, though the settings name other files, and not them: they are none of the connector. */
  readonly unnamed: readonly PartFiles[];
  /** The parts that several files can be, and no settings name. Their first is in `names`. */
  readonly unclear: readonly PartFiles[];
  /** Whether the settings name the API definition. */
  readonly isNamed: boolean;
  /** Whether it has an OpenAPI 3 document alone, which is none of a connector where there are connectors below. */
  readonly isDescription: boolean;
  /** The other names in it. */
  readonly others: readonly string[];
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
  const written = settings && new JsonFile(settings.name, settings.bytes).root?.value;
  const named = await namedFiles(written, resolve(workingDirectory, folder));
  const hasOwn = (named.definition ?? named.properties ?? findByName('definition', files)) !== undefined;
  if (!hasOwn && (await isSolutionFolder(entries, resolve(workingDirectory, folder)))) {
    return { connector: undefined, isSolution: true, brokenSettings: undefined, directories, zips: [] };
  }
  const isChosen = Object.keys(named).length > 0;
  const guessed = await guessFiles(
    files.filter((name) => name !== settingsName),
    named,
    { folder, workingDirectory },
  );
  const open = isChosen ? { ...guessed, icon: [], script: [] } : guessed;
  const names = {
    definition: named.definition ?? open.definition[0],
    properties: named.properties ?? open.properties[0],
    icon: named.icon ?? open.icon[0],
    script: named.script ?? open.script[0],
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
  const isNamed = named.definition !== undefined;
  const unclear = partFiles(open).filter((one) => one.names.length > 1);
  // `null` says that there is none.
  const unnamed = partFiles(isChosen ? { icon: guessed.icon, script: guessed.script } : {}).filter(
    ({ part }) => member(written, part) === undefined,
  );
  const isDescription =
    !isChosen &&
    names.properties === undefined &&
    startsAsOpenApi3(await beginningOf(join(folder, names.definition ?? ''), workingDirectory));
  const connector = { folder, names, settings, unnamed, unclear, isNamed, isDescription, others };
  return { connector, isSolution: false, brokenSettings: undefined, directories, zips: [] };
}

function partFiles(candidates: Partial<Candidates>): readonly PartFiles[] {
  return namedRoles.flatMap((role) => {
    const names = candidates[role] ?? [];
    return names.length > 0 ? [{ part: partOfRole[role], names }] : [];
  });
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
async function namedFiles(settings: unknown, directory: string): Promise<Partial<Record<NamedRole, string>>> {
  const named: Partial<Record<NamedRole, string>> = {};
  for (const role of namedRoles) {
    const written = member(settings, partOfRole[role]);
    if (isText(written)) named[role] = await settingsPath(written, directory);
  }
  return named;
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
    unclear: found.unclear.map(({ part, names }) => ({
      part,
      names: names.map((name) => pathInFolder(found, name)),
    })),
    others: readme ? found.others : found.others.filter((name) => name !== readmeName),
    environments: hasEnvironments
      ? await readNamedFile('environments', pathInFolder(found, environmentsFileName), place)
      : undefined,
    readme,
  };
}

/** The connector in a folder, to work with. Raises `FileError` where a file that it needs is missing, and as {@link requireClear}. */
export async function connectorInFolder(found: ConnectorFolder, workingDirectory: string): Promise<Connector> {
  requireClear(found, {});
  const path = (role: NamedRole): string | undefined => {
    const name = found.names[role];
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

/**
 * Raises {@link UsageError} where several files can be a part of the connector, and neither settings nor an option names one.
 *
 * @param named What options name.
 */
export function requireClear(
  found: Pick<ConnectorFolder, 'folder' | 'unclear'>,
  named: NamedFiles,
  { hasOptions = false }: { readonly hasOptions?: boolean } = {},
): void {
  const first = found.unclear.find(({ part }) => named[part] === undefined);
  if (!first) return;
  const { part, names } = first;
  const { words, option } = partFacts[part];
  const paths = names.map((name) => pathInFolder(found, name));
  const orOption = hasOptions ? `, or pass ${option} <file>` : '';
  throw new UsageError(`Several files can be the ${words}: ${paths.join(', ')}.`, {
    hint: `Name one of them as "${part}" in ${pathInFolder(found, settingsFileName)}${orOption}.`,
  });
}

/** Notes an icon and a script that aren't used, unless options name them. */
export function noteUnnamed(
  found: Pick<ConnectorFolder, 'folder' | 'unnamed'>,
  named: NamedFiles,
  { note }: Pick<Terminal, 'note'>,
): void {
  for (const { part, names } of found.unnamed) {
    if (named[part] !== undefined) continue;
    const paths = names.map((name) => pathInFolder(found, name));
    const verb = paths.length === 1 ? "isn't" : "aren't";
    note(`Note: ${paths.join(', ')} ${verb} used because ${settingsFileName} names other files.`);
  }
}
