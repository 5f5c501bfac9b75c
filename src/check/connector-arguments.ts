import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { inOrder } from '../io/async.ts';
import { exists, isFile, readDirectory } from '../io/fs/files.ts';
import { readBeginning } from '../io/fs/read-file.ts';
import { commandWord, pathArgument, pathWord } from '../io/terminal/command-word.ts';
import { rootMembers } from '../json/scan.ts';
import { fileKeys } from '../settings/files-root.ts';
import { type GivenFlags, settingsFileName } from '../settings/settings-file.ts';
import { decisiveBytes } from '../validation/engine/file-roles.ts';
import { holdsSolution, inspectFolder } from './connector-folder.ts';
import {
  expandWildcards,
  fileIsNoFolder,
  foldersBelow,
  isZipName,
  type NamedFolders,
  type NamedPlaces,
  namedPlaces,
  noFolder,
  requireNoSolution,
  strayArgument,
} from './find-folders.ts';
import { zipsNote } from './no-connector.ts';
import { oneSolutionAt, requireNoChoice } from './solution-at.ts';
import type { SolutionSource } from './solution-source.ts';

/** The connectors that a command line names. */
export interface ConnectorArguments extends NamedFolders {
  /** Those of solutions. */
  readonly solutions: readonly SolutionSource[];
  /** The options, with the settings file where that is named as an argument. */
  readonly flags: GivenFlags;
}

export interface ArgumentOptions {
  /** Whether an argument may be a part of a secret. */
  readonly mayBeSecret?: boolean;
  /** Whether connectors of solutions are worked on as those in files are. */
  readonly takesSolutions?: boolean;
  /** The title or name of the one to take of them. */
  readonly only?: string | undefined;
}

/**
 * The connectors that the arguments of a command name: folders, folders of such folders, names with `*` in their last part, or a
 * settings file. Without any it is the connector in the current folder; where there is none, those in the folders below it.
 * Raises {@link UsageError}, and `FileError`.
 *
 * @param command The name of the command, for hints.
 */
export async function connectorArguments(
  paths: readonly string[],
  flags: GivenFlags,
  command: string,
  context: Context,
  { mayBeSecret = false, ...solutions }: ArgumentOptions = {},
): Promise<ConnectorArguments> {
  const { workingDirectory, terminal } = context;
  const complete = async (found: NamedPlaces): Promise<ConnectorArguments> => {
    if (solutions.takesSolutions && found.zips.length > 0) terminal.note(zipsNote(found.zips));
    return { ...(await withSolutions(found, flags, solutions, workingDirectory)), flags };
  };
  const here = { folders: ['.'], solutions: [], isOne: true, zips: [] };
  if (paths.every((path) => resolve(workingDirectory, path) === workingDirectory)) {
    if (namesFiles(flags) || (await isConnectorHere(workingDirectory))) return await complete(here);
    const below = await foldersBelow('.', workingDirectory);
    const folders = below?.connectors.map(({ folder }) => folder) ?? [];
    const isNone = folders.length === 0 && !below?.solutions.length;
    const { solutions: unpacked = [], zips = [] } = below ?? {};
    return await complete(isNone ? here : { folders, solutions: unpacked, isOne: false, zips });
  }
  if (flags.settingsFile) throw settingsOrFolder();
  if (mayBeSecret && !(await areThere(paths, workingDirectory))) throw strayArgument();
  const expanded = await expandWildcards(paths, workingDirectory);
  const [only = ''] = expanded;
  if (expanded.length === 1 && (await isSettingsFile(only, command, flags, workingDirectory))) {
    return { ...(await complete(here)), flags: { ...flags, settingsFile: only } };
  }
  return await complete(await namedPlaces(expanded, workingDirectory));
}

/** Reads solutions, and leaves the connectors that are asked for. Raises {@link UsageError} where that makes no sense. */
async function withSolutions(
  { folders, solutions: paths, isOne }: NamedPlaces,
  flags: GivenFlags,
  { takesSolutions = false, only }: ArgumentOptions,
  workingDirectory: string,
): Promise<Omit<ConnectorArguments, 'flags'>> {
  if (!takesSolutions) requireNoSolution(paths);
  if (paths.length === 0) {
    requireNoChoice(only);
    return { folders, solutions: [], isOne };
  }
  requireNoFiles(flags);
  // The reader is loaded only if there are any.
  const { connectorsInSolution, connectorCalled } = await import('./solution-connectors.ts');
  const found = await inOrder(paths.map(async (path) => await connectorsInSolution(path, workingDirectory)));
  const all = found.flat();
  if (only === undefined) return { folders, solutions: all, isOne: folders.length === 0 && all.length === 1 };
  return { folders: [], solutions: connectorCalled(only, all), isOne: true };
}

function namesFiles(flags: GivenFlags): boolean {
  return Boolean(flags.settingsFile) || fileKeys.some((key) => flags[key] !== undefined);
}

/** Raises {@link UsageError} for options that name what a solution has itself. */
function requireNoFiles(flags: GivenFlags): void {
  if (flags.settingsFile) throw settingsOrFolder();
  if (namesFiles(flags)) throw new UsageError("A solution and options that name files can't be used together.");
}

/**
 * The same as {@link oneConnector}, or the connector of a solution. Raises {@link UsageError} also for a solution with several
 * connectors of which none is chosen, and `FileError`.
 */
export async function oneConnectorOrSolution<Flags extends GivenFlags>(
  path: string | undefined,
  flags: Flags,
  command: string,
  context: Context,
  { only, ...options }: Omit<ArgumentOptions, 'takesSolutions'> = {},
): Promise<OneConnector<Flags> & { readonly solution?: SolutionSource | undefined }> {
  const { workingDirectory } = context;
  const isHere = path === undefined || resolve(workingDirectory, path) === workingDirectory;
  const solution = isHere && namesFiles(flags) ? undefined : await oneSolutionAt(path ?? '.', only, workingDirectory);
  if (!solution) {
    requireNoChoice(only);
    return await oneConnector(path, flags, command, context, options);
  }
  requireNoFiles(flags);
  return { here: context, options: flags, solution };
}

async function areThere(paths: readonly string[], workingDirectory: string): Promise<boolean> {
  const found = await Promise.all(
    paths.map(async (path) => /[*?]/u.test(path) || (await exists(resolve(workingDirectory, path)))),
  );
  return found.every(Boolean);
}

async function isConnectorHere(workingDirectory: string): Promise<boolean> {
  if (await holdsSolution('.', workingDirectory)) return false;
  if (await isFile(join(workingDirectory, settingsFileName))) return true;
  return (await inspectFolder('.', workingDirectory))?.connector !== undefined;
}

/** Whether a path is that of a settings file with an API definition, whatever it's called. */
export async function isSettingsOfFiles(path: string, workingDirectory: string): Promise<boolean> {
  if (isZipName(path) || !(await isFile(resolve(workingDirectory, path)))) return false;
  return (await membersOf(path, workingDirectory)).has('apiDefinition');
}

/** What is at the root of a JSON file, as far as its beginning shows. */
async function membersOf(path: string, workingDirectory: string): Promise<ReadonlyMap<string, number>> {
  const { bytes } = await readBeginning(resolve(workingDirectory, path), decisiveBytes, path);
  return rootMembers(new TextDecoder().decode(bytes));
}

/**
 * Whether a path is that of a settings file. Raises {@link UsageError} for another file of a connector, with the folder that is
 * meant.
 */
export async function isSettingsFile(
  path: string,
  command: string,
  flags: GivenFlags,
  workingDirectory: string,
): Promise<boolean> {
  if (isZipName(path) || !(await isFile(resolve(workingDirectory, path)))) return false;
  const members = await membersOf(path, workingDirectory);
  if (members.has('connectorId') || members.has('apiDefinition')) return true;
  throw await fileForFolder(path, command, flags, workingDirectory);
}

/** The error for a file in the place of the folder that it's in, with the command that was meant. */
export async function fileForFolder(
  path: string,
  command: string,
  flags: GivenFlags,
  workingDirectory: string,
): Promise<UsageError> {
  const folder = dirname(path);
  const options = [
    ['--environment', flags.environment],
    ['--connector', flags.connectorId],
  ] as const;
  const given = options.flatMap(([option, value]) => (value === undefined ? [] : [option, value]));
  const words = [...(folder === '.' ? [] : [pathArgument(folder)]), ...given].map((word) => ` ${commandWord(word)}`);
  return await fileIsNoFolder(path, `Run:\n  paconn ${command}${words.join('')}`, workingDirectory);
}

/** The options for a run in a folder: files are named from where the user is. */
export function optionsIn<Flags extends GivenFlags>(directory: string, flags: Flags, workingDirectory: string): Flags {
  if (directory === workingDirectory) return flags;
  const named = fileKeys.flatMap((key) => {
    const path = flags[key];
    return path === undefined || isAbsolute(path)
      ? []
      : [[key, relative(directory, resolve(workingDirectory, path))] as const];
  });
  return { ...flags, ...Object.fromEntries(named) };
}

/** Where a command about one connector is run, and with which options. */
export interface OneConnector<Flags> {
  readonly here: Context;
  readonly options: Flags;
}

/**
 * The connector of a folder, or of a settings file, that an argument names; else the one in the current folder. Raises
 * {@link UsageError}.
 */
export async function oneConnector<Flags extends GivenFlags>(
  path: string | undefined,
  flags: Flags,
  command: string,
  context: Context,
  { mayBeSecret = false }: { readonly mayBeSecret?: boolean } = {},
): Promise<OneConnector<Flags>> {
  const { workingDirectory } = context;
  if (path === undefined) return { here: context, options: flags };
  if (await isSettingsFile(path, command, flags, workingDirectory)) {
    return { here: context, options: { ...flags, settingsFile: path } };
  }
  const directory = resolve(workingDirectory, path);
  if (!(await readDirectory(directory))) {
    throw mayBeSecret ? strayArgument() : await noFolder(path, workingDirectory);
  }
  if (flags.settingsFile && directory !== workingDirectory) throw settingsOrFolder();
  if (!namesFiles(flags) && flags.connectorId === undefined) await requireNoneBelow(path, workingDirectory);
  const here = directory === workingDirectory ? context : { ...context, workingDirectory: directory, folder: path };
  return { here, options: optionsIn(directory, flags, workingDirectory) };
}

/** More are counted. */
const mostNamed = 5;

/** Raises {@link UsageError} for a folder that is no connector and has folders of some: which one is meant isn't known. */
async function requireNoneBelow(path: string, workingDirectory: string): Promise<void> {
  if (await isConnectorHere(resolve(workingDirectory, path))) return;
  const below = await foldersBelow(path, workingDirectory, () => undefined);
  const [first, ...others] = below?.connectors.map(({ folder }) => folder) ?? [];
  if (first === undefined) return;
  const named = [first, ...others].slice(0, mostNamed).join(', ');
  const more = others.length >= mostNamed ? `, and ${others.length + 1 - mostNamed} more` : '';
  throw new UsageError(
    `${path} isn't the folder of a connector, but has folders of connectors in it: ${named}${more}.`,
    {
      hint: `Pass one of them, such as ${pathWord(first)}.`,
    },
  );
}

function settingsOrFolder(): UsageError {
  return new UsageError("--settings and a folder can't be used together.", {
    hint: 'Use either one. A folder has its own settings.json.',
  });
}
