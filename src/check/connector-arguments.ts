import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { exists, isFile, readDirectory } from '../io/fs/files.ts';
import { readBeginning } from '../io/fs/read-file.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import { rootNames } from '../json/scan.ts';
import { fileKeys } from '../settings/files-root.ts';
import { type GivenFlags, settingsFileName } from '../settings/settings-file.ts';
import { decisiveBytes } from '../validation/engine/file-roles.ts';
import { inspectFolder } from './connector-folder.ts';
import {
  expandWildcards,
  foldersBelow,
  type NamedFolders,
  namedFolders,
  noFolder,
  strayArgument,
} from './find-folders.ts';

/** The connectors that a command line names. */
export interface ConnectorArguments extends NamedFolders {
  /** The options, with the settings file where that is named as an argument. */
  readonly flags: GivenFlags;
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
  { mayBeSecret = false }: { readonly mayBeSecret?: boolean } = {},
): Promise<ConnectorArguments> {
  const { workingDirectory } = context;
  const here = { folders: ['.'], isOne: true, flags };
  const isNamed = Boolean(flags.settingsFile) || flags.apiDefinition !== undefined || flags.apiProperties !== undefined;
  if (paths.every((path) => resolve(workingDirectory, path) === workingDirectory)) {
    if (isNamed || (await isConnectorHere(workingDirectory))) return here;
    const below = (await foldersBelow('.', workingDirectory))?.connectors ?? [];
    return below.length === 0 ? here : { folders: below.map(({ folder }) => folder), isOne: false, flags };
  }
  if (flags.settingsFile) throw settingsOrFolder();
  if (mayBeSecret && !(await areThere(paths, workingDirectory))) throw strayArgument();
  const expanded = await expandWildcards(paths, workingDirectory);
  const [only = ''] = expanded;
  if (expanded.length === 1 && (await isSettingsFile(only, command, workingDirectory))) {
    return { ...here, flags: { ...flags, settingsFile: only } };
  }
  return { ...(await namedFolders(expanded, workingDirectory)), flags };
}

async function areThere(paths: readonly string[], workingDirectory: string): Promise<boolean> {
  const found = await Promise.all(
    paths.map(async (path) => /[*?]/u.test(path) || (await exists(resolve(workingDirectory, path)))),
  );
  return found.every(Boolean);
}

async function isConnectorHere(workingDirectory: string): Promise<boolean> {
  if (await isFile(join(workingDirectory, settingsFileName))) return true;
  return (await inspectFolder('.', workingDirectory))?.connector !== undefined;
}

/** Raises {@link UsageError} for another file of a connector, with the folder that is meant. */
async function isSettingsFile(path: string, command: string, workingDirectory: string): Promise<boolean> {
  if (!(await isFile(resolve(workingDirectory, path)))) return false;
  const { bytes } = await readBeginning(resolve(workingDirectory, path), decisiveBytes, path);
  const members = rootNames(new TextDecoder().decode(bytes));
  if (members.has('connectorId') || members.has('apiDefinition')) return true;
  const folder = dirname(path);
  throw new UsageError(`${path} is a file, not the folder of a connector.`, {
    hint: `Run:\n  paconn ${command}${folder === '.' ? '' : ` ${commandWord(folder)}`}`,
  });
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
  if (await isSettingsFile(path, command, workingDirectory)) {
    return { here: context, options: { ...flags, settingsFile: path } };
  }
  const directory = resolve(workingDirectory, path);
  if (!(await readDirectory(directory))) {
    throw mayBeSecret ? strayArgument() : await noFolder(path, workingDirectory);
  }
  if (flags.settingsFile && directory !== workingDirectory) throw settingsOrFolder();
  const here = directory === workingDirectory ? context : { ...context, workingDirectory: directory, folder: path };
  return { here, options: optionsIn(directory, flags, workingDirectory) };
}

function settingsOrFolder(): UsageError {
  return new UsageError("--settings and a folder can't be used together.", {
    hint: 'Use either one. A folder has its own settings.json.',
  });
}
