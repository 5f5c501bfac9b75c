import { basename, dirname, join, resolve, sep } from 'node:path';
import { UsageError } from '../errors.ts';
import { disk } from '../io/fs/disk.ts';
import { exists, isNamed, readDirectory } from '../io/fs/files.ts';
import { pathWord } from '../io/terminal/command-word.ts';
import { matchesWildcard } from '../wildcard.ts';
import { mapBounded } from '../io/async.ts';
import { type ConnectorFolder, type InspectedFolder, inspectFolder, pathInFolder } from './connector-folder.ts';
import { type OnUnreadable, unlessUnreadable } from './found-connector.ts';
import { noConnectorIn } from './no-connector.ts';
import type { ReadFile } from './read-connector-file.ts';
import { isPassingPath } from '../io/fs/passing-path.ts';

/** How many folders are read side by side. */
const sideBySide = 16;

/** The content of a folder and of its subfolders. */
export interface FoundFolders {
  readonly connectors: readonly ConnectorFolder[];
  /** Folders with unpacked solutions. */
  readonly solutions: readonly string[];
  /** Settings files that can't be read, which are all that shows where a connector is. */
  readonly brokenSettings: readonly ReadFile[];
  /** ZIP files in folders that are neither: solutions are in some, but who knows in which. */
  readonly zips: readonly string[];
}

/**
 * The connector or the solution that a folder is, or those in folders below it; undefined when it is no folder. Raises
 * `FileError`, also for a folder in which there is none.
 */
export async function findFolders(folder: string, workingDirectory: string): Promise<FoundFolders | undefined> {
  const found = await foldersBelow(folder, workingDirectory);
  if (!found || found.connectors.length > 0 || found.solutions.length > 0) return found;
  throw await noConnectorIn(folder, workingDirectory);
}

/** The same, where there need be none. */
export async function foldersBelow(
  folder: string,
  workingDirectory: string,
  onUnreadable?: OnUnreadable,
): Promise<FoundFolders | undefined> {
  const first = await inspectFolder(folder, workingDirectory);
  if (!first) return undefined;
  const found: ConnectorFolder[] = [];
  const solutions: string[] = [];
  const brokenSettings: ReadFile[] = [];
  const zips: string[] = [];
  let level = [{ path: folder, inspected: first }];
  while (level.length > 0) {
    found.push(...level.flatMap(({ inspected: { connector } }) => connector ?? []));
    solutions.push(...level.flatMap(({ path, inspected: { isSolution } }) => (isSolution ? [path] : [])));
    zips.push(...level.flatMap(({ path, inspected }) => inspected.zips.map((name) => join(path, name))));
    for (const { path, inspected } of level) {
      const file = inspected.brokenSettings;
      if (file && (path === folder || isOurs(file))) brokenSettings.push(file);
    }
    const below = level.flatMap(({ path, inspected }) => directoriesIn(path, inspected));
    const inspectedBelow = await mapBounded(below, sideBySide, async (path) => {
      const inspected = await unlessUnreadable(() => inspectFolder(path, workingDirectory), onUnreadable);
      return inspected ? [{ path, inspected }] : [];
    });
    level = inspectedBelow.flat();
  }
  const isAlone = found.length + solutions.length === 0;
  return {
    connectors: withoutDescriptions(withoutNamedElsewhere(found)),
    solutions,
    brokenSettings: isAlone ? brokenSettings : brokenSettings.filter(isOurs),
    zips,
  };
}

/** Whether a settings file can be that of a connector: other tools have files of the same name. */
function isOurs({ bytes }: ReadFile): boolean {
  return /"(?:connectorId|apiDefinition|apiProperties)"/u.test(new TextDecoder().decode(bytes));
}

/** A description of an API above connectors is what they were made of, or of something else. */
function withoutDescriptions(found: readonly ConnectorFolder[]): readonly ConnectorFolder[] {
  const isAbove = (folder: string): boolean =>
    found.some((one) => !one.isDescription && (folder === '.' || one.folder.startsWith(`${folder}${sep}`)));
  return found.filter((one) => !one.isDescription || !isAbove(one.folder));
}

/** Files that the settings of a connector name are no second one, in whatever folder they are. */
function withoutNamedElsewhere(found: readonly ConnectorFolder[]): readonly ConnectorFolder[] {
  const named = new Set(found.filter((one) => one.isNamed).map((one) => definitionPath(one)));
  return found.filter((one) => one.isNamed || !named.has(definitionPath(one)));
}

function definitionPath(found: ConnectorFolder): string {
  return pathInFolder(found, found.names.definition ?? '');
}

/** There is no connector in a connector, and none but its own in a solution. */
function directoriesIn(path: string, { connector, isSolution, directories }: InspectedFolder): readonly string[] {
  if ((connector && !connector.isDescription) || isSolution) return [];
  return directories.filter((name) => !name.startsWith('.') && name !== 'node_modules').map((name) => join(path, name));
}

/** The folders of connectors that the user named. */
export interface NamedFolders {
  /** Each once, in order, however often it was named. */
  readonly folders: readonly string[];
  /** Whether one folder was named, which is that of a connector itself. */
  readonly isOne: boolean;
}

/** The same with solutions. */
export interface NamedPlaces extends NamedFolders {
  /** Folders and ZIP files, each once, in order. */
  readonly solutions: readonly string[];
  /** ZIP files in the folders that weren't named. */
  readonly zips: readonly string[];
}

/**
 * The connectors in folders, or in folders of such folders, as they are named on a command line. Raises {@link UsageError}
 * for what is no folder, and `FileError`.
 */
export async function namedFolders(paths: readonly string[], workingDirectory: string): Promise<NamedFolders> {
  const { solutions, zips: _zips, ...folders } = await namedPlaces(paths, workingDirectory);
  requireNoSolution(solutions);
  return folders;
}

/** Raises {@link UsageError} for solutions, where files of connectors are needed. */
export function requireNoSolution([solution]: readonly string[]): void {
  if (solution === undefined) return;
  throw new UsageError(`${solution} is a solution. This command requires connector files.`, {
    hint: `Write them with:\n  paconn convert ${pathWord(solution)} --to files`,
  });
}

/** The same as {@link namedFolders}, and solutions in these folders or in ZIP files. */
export async function namedPlaces(paths: readonly string[], workingDirectory: string): Promise<NamedPlaces> {
  const [connectors, places]: [string[], string[]] = [[], []];
  const named = await expandWildcards(paths, workingDirectory);
  const zips: string[] = [];
  for (const path of named) {
    const found = await findFolders(path, workingDirectory);
    const isZip = !found && isZipName(path) && (await exists(resolve(workingDirectory, path)));
    if (!found && !isZip) throw await noFolder(path, workingDirectory);
    zips.push(...(found?.zips ?? []));
    connectors.push(...(found?.connectors ?? []).map(({ folder }) => folder));
    places.push(...(found?.solutions ?? [path]));
  }
  const folders = await eachOnce(connectors, (path) => path, workingDirectory);
  const solutions = await eachOnce(places, (path) => path, workingDirectory);
  const isOne = paths.length === 1 && folders.length === 1 && folders[0] === paths[0] && solutions.length === 0;
  return { folders, solutions, isOne, zips: zips.filter((path) => !named.includes(path)) };
}

/** The first in each place. Two spellings of a path are one: through a link, or in other letters where these are no difference. */
export async function eachOnce<T>(
  things: readonly T[],
  pathOf: (thing: T) => string,
  workingDirectory: string,
): Promise<readonly T[]> {
  const byPlace = new Map<string, T>();
  for (const thing of things) {
    const absolute = resolve(workingDirectory, pathOf(thing));
    // A pipe has no other name.
    const place = await disk.realpath(absolute).catch(() => absolute);
    if (!byPlace.has(place)) byPlace.set(place, thing);
  }
  return [...byPlace.values()];
}

/** Whether a file is called like a ZIP file. */
export function isZipName(path: string): boolean {
  return /\.zip$/iu.test(path);
}

/**
 * The folders that paths with `*` or `?` in their last part stand for, where no shell has looked for them: that of Windows leaves
 * it to programs. Raises {@link UsageError} when there are none.
 */
export async function expandWildcards(paths: readonly string[], workingDirectory: string): Promise<readonly string[]> {
  return (await Promise.all(paths.map(async (path) => await expanded(path, workingDirectory)))).flat();
}

async function expanded(path: string, workingDirectory: string): Promise<readonly string[]> {
  const pattern = basename(path);
  if (!/[*?]/u.test(pattern) || (await exists(resolve(workingDirectory, path)))) return [path];
  const { directories = [] } = (await readDirectory(resolve(workingDirectory, dirname(path)), dirname(path))) ?? {};
  const found = directories
    .filter((name) => !name.startsWith('.') && matchesWildcard(pattern.toLowerCase(), name.toLowerCase(), '?'))
    .map((name) => join(dirname(path), name));
  if (found.length === 0) throw new UsageError(`No folder matches ${path}.`);
  // As in a folder of them, those that have nothing to do with connectors are left out.
  const filled = await Promise.all(found.map(async (folder) => await hasConnectors(folder, workingDirectory)));
  return filled.includes(true) ? found.filter((_folder, index) => filled[index]) : found;
}

/** One that can't be read has some, so that this is said. */
async function hasConnectors(folder: string, workingDirectory: string): Promise<boolean> {
  let isWhole = true;
  const onUnreadable = (): void => void (isWhole = false);
  const inspected = await unlessUnreadable(() => inspectFolder(folder, workingDirectory), onUnreadable);
  if (inspected?.connector !== undefined || inspected?.isSolution === true) return true;
  const find = async (): Promise<FoundFolders | undefined> =>
    await foldersBelow(folder, workingDirectory, onUnreadable);
  const below = isWhole ? await unlessUnreadable(find, onUnreadable) : undefined;
  return !isWhole || (below !== undefined && below.connectors.length + below.solutions.length > 0);
}

/** The error for what is not a folder. */
export async function noFolder(path: string, workingDirectory: string): Promise<UsageError> {
  if (path.startsWith('-')) return strayArgument();
  if (isZipName(path) && (await exists(resolve(workingDirectory, path)))) {
    return new UsageError(`${path} is a ZIP file, not the folder of a connector.`, {
      hint: `If it's a solution, write its files with: paconn convert ${pathWord(path)} --to files`,
    });
  }
  if (isPassingPath(path)) return new UsageError(`${path} is a pipe or a device, not the folder of a connector.`);
  const isFile = await exists(resolve(workingDirectory, path));
  if (!isFile && (await isNamed(resolve(workingDirectory, path))))
    return new UsageError(`${path} is a link that leads nowhere.`);
  return isFile
    ? await fileIsNoFolder(path, `Pass its folder: ${dirname(path)}`, workingDirectory)
    : new UsageError(`Folder not found: ${path}`);
}

/** The error for a file that is named as the folder of a connector. The description of an API in another format is none. */
export async function fileIsNoFolder(path: string, hint: string, workingDirectory: string): Promise<UsageError> {
  const { descriptionWords } = await import('./no-connector.ts');
  const words = /\.(?:json|ya?ml)$/iu.test(path)
    ? await descriptionWords(resolve(workingDirectory, path), path)
    : undefined;
  return new UsageError(`${path} is a file, not the folder of a connector.`, { hint: words ?? hint });
}

/** The error for an argument that may be a part of a secret, such as one that is written without quotes: it isn't shown. */
export function strayArgument(): UsageError {
  return new UsageError("An argument isn't a folder.", {
    hint: 'If a value has spaces, put it in quotes. If a folder starts with a dash, use ./-name.',
  });
}
