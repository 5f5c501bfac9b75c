import { dirname, isAbsolute, normalize, relative, resolve, sep } from 'node:path';
import { FileError, PaconnError, UsageError } from '../errors.ts';
import { disk } from '../io/fs/disk.ts';
import { exists } from '../io/fs/files.ts';
import type { Terminal } from '../io/terminal/terminal.ts';

/**
 * The path of a file below a directory. Names come from settings files, which can be somebody else's: none may lead out of
 * the directory, not even through a link. Raises {@link UsageError}.
 */
export async function pathInside(directory: string, name: string): Promise<string> {
  const path = resolve(directory, name);
  const root = await realpathOfExisting(directory);
  if (!isAbsolute(name) && isBelow(directory, path) && isBelow(root, await realpathOfExisting(dirname(path)), true))
    return path;
  throw new UsageError(`The file name '${name}' leads out of the directory ${directory}; nothing is written.`, {
    hint: 'Use file names without .. in the settings file.',
  });
}

function isBelow(directory: string, path: string, orSame = false): boolean {
  const way = relative(directory, path);
  if (way === '') return orSame;
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Where a path really leads: links are followed as far as it exists. */
async function realpathOfExisting(path: string): Promise<string> {
  if (await exists(path)) return await disk.realpath(path);
  const parent = dirname(path);
  return parent === path ? path : resolve(await realpathOfExisting(parent), relative(parent, path));
}

/**
 * Makes sure that files may be written: those that exist are overwritten only when the user says so. Raises
 * {@link UsageError} when nobody can be asked and {@link PaconnError} when the answer is no.
 */
export async function requireOverwrite(names: readonly string[], directory: string, terminal: Terminal): Promise<void> {
  const there = await Promise.all(names.map(async (name) => await exists(resolve(directory, name))));
  const existing = names.filter((_name, index) => there[index]);
  if (existing.length === 0) return;
  const listed = existing.join(', ');
  if (!terminal.interactive) {
    throw new UsageError(`${listed} file(s) exist in ${directory}; nothing is written.`, {
      hint: 'Pass --overwrite to overwrite them, or --output-dir with another directory.',
    });
  }
  const message = `${listed} file(s) exist. Do you want to overwrite?`;
  if (await terminal.confirm({ message, insteadPass: '--overwrite' })) return;
  throw new PaconnError(`Not overwritten: ${listed}. Nothing is written.`);
}

/** Raises {@link FileError} when two files would have the same name. */
export function requireDistinct(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    // Not all file systems tell capital letters apart.
    const path = normalize(name).toLowerCase();
    if (seen.has(path)) throw new FileError(`Two files of the connector would be called ${name}; nothing is written.`);
    seen.add(path);
  }
}
