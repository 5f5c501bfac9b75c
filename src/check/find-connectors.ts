import { basename, dirname, join, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { type FileError, UsageError } from '../errors.ts';
import type { GivenSettings } from '../settings/settings.ts';
import type { ConnectorSource, FileRole, NamedFile } from '../validation/engine/connector-source.ts';
import { fileRoles } from '../validation/engine/connector-source.ts';
import { roleOf, decisiveBytes, defaultNames } from '../validation/engine/file-roles.ts';
import { environmentsFileName } from '../values/environments-file.ts';
import { isNamed } from '../io/fs/files.ts';
import { mapBounded } from '../io/async.ts';

import {
  type ConnectorFolder,
  filesOf,
  inspectFolder,
  noteUnnamed,
  pathInFolder,
  readConnectorFolder,
} from './connector-folder.ts';
import { eachOnce, expandWildcards, type FoundFolders, foldersBelow } from './find-folders.ts';
import { type FoundConnector, type OnUnreadable, unlessUnreadable } from './found-connector.ts';
import { descriptionsIn, noConnectorIn, zipsNote } from './no-connector.ts';
import { type ReadFile, readConnectorFile, readFileOf, readNamedFile, requireFileOf } from './read-connector-file.ts';

/** The files that were asked for. */
export interface AskedFiles {
  /** Folders and files. */
  readonly paths: readonly string[];
  readonly settingsFile: string | undefined;
  /** By flags or by the settings file. */
  readonly named: Partial<Pick<GivenSettings, 'apiDefinition' | 'apiProperties' | 'icon' | 'script'>>;
  readonly onUnreadable?: OnUnreadable;
}

/** How many folders are read side by side. */
const sideBySide = 16;

/** The connectors that were asked for, in order. Raises `UsageError` and `FileError`. */
export async function findConnectors(asked: AskedFiles, context: Context): Promise<readonly FoundConnector[]> {
  const { workingDirectory } = context;
  if (asked.settingsFile !== undefined) return [connectorOfSettings(asked, asked.settingsFile, workingDirectory)];
  if (settingRoles.some(([, key]) => asked.named[key] !== undefined))
    return [connectorOfFlags(asked, workingDirectory)];
  const paths = await expandWildcards(asked.paths, workingDirectory);
  if (paths.length > 0) return await connectorsOfPaths(paths, asked, context);
  const here = await inspectFolder('.', workingDirectory);
  if (here?.connector && !here.connector.isDescription) return [connectorOfFolder(here.connector, context)];
  if (here?.isSolution === true) return await connectorsOfSolutions(['.'], context);
  const unreadable: FileError[] = [];
  const below = await foldersBelow('.', workingDirectory, (error) => unreadable.push(error));
  if (below && !isEmpty(below)) return await connectorsOfPaths(['.'], asked, context);
  if (unreadable[0]) throw unreadable[0];
  const instead = await descriptionsIn(workingDirectory, '.');
  const hint = 'Pass --api-definition <file>, "apiDefinition" in the settings file, or the folder of a connector.';
  throw new UsageError('API Definition must be specified.', { hint: instead.length > 0 ? instead.join('\n') : hint });
}

const settingRoles = [
  ['definition', 'apiDefinition'],
  ['properties', 'apiProperties'],
  ['icon', 'icon'],
  ['script', 'script'],
] as const;

function connectorOfSettings({ named }: AskedFiles, settingsFile: string, workingDirectory: string): FoundConnector {
  const definition = named.apiDefinition;
  if (definition === undefined) {
    throw new UsageError('API Definition must be specified.', {
      hint: 'Pass --api-definition <file>, or "apiDefinition" in the settings file.',
    });
  }
  const read = async (): Promise<ConnectorSource> => {
    const place = { workingDirectory, folder: dirname(settingsFile) };
    const files: Partial<Record<FileRole, NamedFile>> = {
      settings: await readFileOf('settings', settingsFile, place),
      definition: await readFileOf('definition', definition, place),
    };
    const environments = join(dirname(settingsFile), environmentsFileName);
    const hasEnvironments = await isNamed(resolve(workingDirectory, environments));
    for (const [role, key] of settingRoles) {
      const path = named[key];
      if (path !== undefined && role !== 'definition') files[role] = await readNamedFile(role, path, place);
    }
    return hasEnvironments ? { ...files, environments: await readFileOf('environments', environments, place) } : files;
  };
  return { shown: definition, read, settingsBeside: undefined };
}

function connectorOfFlags({ named }: AskedFiles, workingDirectory: string): FoundConnector {
  const byRole = new Map<FileRole, string>();
  for (const [role, key] of settingRoles) {
    const path = named[key];
    if (path !== undefined) byRole.set(role, path);
  }
  const read = async (): Promise<ConnectorSource> => {
    const files: Partial<Record<FileRole, NamedFile>> = {};
    for (const [role, path] of byRole) files[role] = await readFileOf(role, path, { workingDirectory });
    return files;
  };
  return connectorOfFiles(byRole, read);
}

function connectorOfFiles(byRole: ReadonlyMap<FileRole, string>, read: FoundConnector['read']): FoundConnector {
  const shown = fileRoles.flatMap((role) => byRole.get(role) ?? []).at(0) ?? '';
  const settingsBeside = byRole.has('settings') ? undefined : join(dirname(shown), defaultNames.settings);
  return { shown, read, settingsBeside };
}

function connectorOfFolder(found: ConnectorFolder, { workingDirectory, terminal }: Context): FoundConnector {
  const { folder, names } = found;
  const shown = pathInFolder(found, names.definition ?? names.properties ?? defaultNames.definition);
  noteUnnamed(found, {}, terminal);
  const read = async (): Promise<ConnectorSource> => await readConnectorFolder(found, workingDirectory);
  return { shown, read, folder, settingsBeside: undefined };
}

async function connectorsOfPaths(
  paths: readonly string[],
  { onUnreadable }: AskedFiles,
  context: Context,
): Promise<readonly FoundConnector[]> {
  const { workingDirectory } = context;
  const inspected = await mapBounded([...new Set(paths)], sideBySide, async (path) => {
    let isWhole = true;
    const skip =
      onUnreadable &&
      ((error: FileError): void => {
        isWhole = false;
        onUnreadable(error);
      });
    const folders = await unlessUnreadable(async () => await foldersBelow(path, workingDirectory, skip), skip);
    if (folders && !isEmpty(folders)) return { path, folders };
    if (!isWhole) return [];
    if (!folders) return { path, folders };
    const none = await noConnectorIn(path, workingDirectory);
    if (!onUnreadable) throw none;
    onUnreadable(none);
    return [];
  });
  const found = inspected.flat();
  const places = found.flatMap(({ path, folders }) => {
    if (folders) return placesIn(folders, context);
    return isZip(path) ? [placeOfSolution(path, context)] : [];
  });
  const zips = found.flatMap(({ folders }) => folders?.zips ?? []).filter((path) => !paths.includes(path));
  if (zips.length > 0) context.terminal.note(zipsNote(zips));
  const once = await eachOnce(places, ({ path }) => path, workingDirectory);
  const connectors = await mapBounded(
    once,
    sideBySide,
    async (place) => (await unlessUnreadable(place.connectors, onUnreadable)) ?? [],
  );
  const named = found.flatMap(({ path, folders }) => (folders || isZip(path) ? [] : [path]));
  if (named.length === 0) return connectors.flat();
  const ofFolders = new Set(found.flatMap(({ folders }) => folders?.connectors.flatMap(filesOf) ?? []));
  const files = await eachOnce([...ofFolders, ...named], (path) => path, workingDirectory);
  const alone = files.filter((path) => !ofFolders.has(path));
  return [...connectors.flat(), ...(await connectorsOfFiles(alone, onUnreadable, context))];
}

/** Where connectors are: a folder, a ZIP file, or a settings file that can't be read. */
interface Place {
  readonly path: string;
  readonly connectors: () => Promise<readonly FoundConnector[]>;
}

function placesIn({ connectors, solutions, brokenSettings }: FoundFolders, context: Context): readonly Place[] {
  return [
    ...brokenSettings.map((file) => ({
      path: file.name,
      connectors: async () => await Promise.resolve([connectorOfBrokenSettings(file, context)]),
    })),
    ...connectors.map((found) => ({
      path: found.folder,
      connectors: async () => await Promise.resolve([connectorOfFolder(found, context)]),
    })),
    ...solutions.map((path) => placeOfSolution(path, context)),
  ];
}

function placeOfSolution(path: string, context: Context): Place {
  return { path, connectors: async () => await connectorsOfSolutions([path], context) };
}

function isEmpty({ connectors, solutions, brokenSettings }: FoundFolders): boolean {
  return connectors.length + solutions.length + brokenSettings.length === 0;
}

/** All that there is of a connector until its settings can be read. */
function connectorOfBrokenSettings(file: ReadFile, { workingDirectory }: Context): FoundConnector {
  return connectorOfFiles(new Map([['settings', file.name]]), async () => {
    await requireFileOf('settings', file, { workingDirectory });
    return { settings: file };
  });
}

function isZip(path: string): boolean {
  return /\.zip$/iu.test(path);
}

/** The reader is loaded only if there are any. */
async function connectorsOfSolutions(paths: readonly string[], context: Context): Promise<readonly FoundConnector[]> {
  if (paths.length === 0) return [];
  const { connectorsAt } = await import('./solution-connectors.ts');
  const found = await mapBounded(paths, sideBySide, async (path) => await connectorsAt(path, context.workingDirectory));
  return found.flat();
}

/** What a file is that the user names. A YAML file is meant as an API definition, and a rule says what to do with it. */
function namedRole(path: string, bytes: Uint8Array): FileRole | undefined {
  const role = roleOf(basename(path), new TextDecoder().decode(bytes.subarray(0, decisiveBytes)));
  return role ?? (/\.ya?ml$/iu.test(path) ? 'definition' : undefined);
}

/** Files in one folder belong to one connector, unless there are two of a kind. Each is read once: it may be a pipe. */
async function connectorsOfFiles(
  paths: readonly string[],
  onUnreadable: OnUnreadable | undefined,
  { workingDirectory }: Context,
): Promise<FoundConnector[]> {
  const connectors = new Map<string, Map<FileRole, NamedFile>[]>();
  for (const path of paths) {
    const file = await unlessUnreadable(async () => await readConnectorFile(path, workingDirectory), onUnreadable);
    if (!file) continue;
    const role = namedRole(path, file.bytes);
    if (!role) {
      throw new UsageError(`${path} isn't a connector file.`, {
        hint: 'A connector has JSON files, an icon (.png), and a script (.csx).',
      });
    }
    await requireFileOf(role, file, { workingDirectory });
    const inFolder = connectors.get(dirname(path)) ?? [];
    connectors.set(dirname(path), inFolder);
    const free = inFolder.find((files) => !files.has(role));
    if (free) free.set(role, file);
    else inFolder.push(new Map([[role, file]]));
  }
  return [...connectors.values()].flat().map((files) => {
    const names = new Map([...files].map(([role, { name }]) => [role, name] as const));
    const found = connectorOfFiles(names, async () => await Promise.resolve(Object.fromEntries(files)));
    return { ...found, folder: dirname(found.shown) };
  });
}
