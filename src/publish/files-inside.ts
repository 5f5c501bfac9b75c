import { dirname, isAbsolute, normalize, resolve } from 'node:path';
import { folderKey } from '../connector/folder-name.ts';
import type { Context } from '../context.ts';
import { CanceledError, FileError, UsageError } from '../errors.ts';
import { exists } from '../io/fs/files.ts';
import { leadsInto } from '../io/fs/inside.ts';
import { isInside } from '../io/fs/is-inside.ts';
import { isReservedName } from '../io/fs/portable-name.ts';
import { requirePortable } from '../io/fs/require-portable.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { fileKeys } from '../settings/files-root.ts';
import type { Settings } from '../settings/settings.ts';

/** Whether the files of a connector are below the folder that its paths start from: a pull writes no others. */
export function isPullable(
  settings: Pick<Settings, (typeof fileKeys)[number] | 'filesFolder'>,
  { workingDirectory }: Pick<Context, 'workingDirectory'>,
): boolean {
  const { filesFolder = '' } = settings;
  const root = resolve(workingDirectory, filesFolder);
  return fileKeys.every((key) => {
    const path = settings[key];
    if (path === undefined) return true;
    return (filesFolder !== '' || !isAbsolute(path)) && isInside(root, resolve(workingDirectory, path));
  });
}

/**
 * The path of a file below a directory. Names come from settings files, which can be someone else's: none may lead out of
 * the directory, not even through a link, or to what other programs read and obey, or be a device somewhere. Raises {@link UsageError}.
 */
export async function pathInside(directory: string, name: string): Promise<string> {
  if (name.split(/[/\\]/u).some(isReservedName)) {
    throw new UsageError(`The file name '${name}' belongs to other programs. Nothing was written.`, {
      hint: "Use file names that don't start with a dot, outside node_modules, in the settings file.",
    });
  }
  const path = resolve(directory, name);
  const isBelow = !isAbsolute(name) && path !== directory && isInside(directory, path);
  if (!isBelow || !(await leadsInto([directory], dirname(path)))) {
    throw new UsageError(`The file name '${name}' is outside the folder ${directory}. Nothing was written.`, {
      hint: 'Use file names without .. in the settings file.',
    });
  }
  requirePortable(normalize(name).split(/[/\\]/u), 'Use another file name in the settings file.');
  return path;
}

/**
 * Makes sure that files may be written: those that exist are overwritten only when the user says so. Raises
 * {@link UsageError} without a terminal to prompt at and {@link CanceledError} when the answer is no.
 */
export async function requireOverwrite(names: readonly string[], directory: string, terminal: Terminal): Promise<void> {
  const there = await Promise.all(names.map(async (name) => await exists(resolve(directory, name))));
  const existing = names.filter((_name, index) => there[index]);
  if (existing.length === 0) return;
  if (!terminal.interactive) throw overwriteError(existing, directory);
  const message = `${existing.join(', ')} file(s) exist. Do you want to overwrite?`;
  if (await terminal.confirm({ message, insteadPass: '--overwrite' })) return;
  throw new CanceledError({ isDeclined: true });
}

/** The error of files that exist, where nobody can be asked. */
export function overwriteError(existing: readonly string[], directory: string): UsageError {
  return new UsageError(`${existing.join(', ')} file(s) exist in ${directory}. Nothing was written.`, {
    hint: 'Pass --overwrite to overwrite them, or specify another folder with --output-dir.',
  });
}

/** Raises {@link FileError} when two files would have the same name. */
export function requireDistinct(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const path = folderKey(normalize(name));
    if (seen.has(path))
      throw new FileError(`Two files of the connector would have the name ${name}. Nothing was written.`);
    seen.add(path);
  }
}
