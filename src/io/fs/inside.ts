import { dirname, relative, resolve } from 'node:path';
import { disk } from './disk.ts';
import { isMissing, unreadable } from './disk-errors.ts';
import { isInside } from './is-inside.ts';

/**
 * Where an absolute path really leads: links are followed as far as it exists. A pipe in `/proc`, such as the one that
 * `/dev/stdout` leads to, has no place in a folder: it stays under its name. Raises `FileError`.
 */
export async function realpathOfExisting(path: string): Promise<string> {
  try {
    return await disk.realpath(path);
  } catch (error) {
    if (!isMissing(error)) throw unreadable(path, error);
  }
  const parent = dirname(path);
  return parent === path ? path : resolve(await realpathOfExisting(parent), relative(parent, path));
}

/** Whether a path really leads into one of these folders, or to one of them. Raises `FileError`. */
export async function leadsInto(folders: readonly string[], path: string): Promise<boolean> {
  const real = await realpathOfExisting(path);
  for (const folder of folders) if (isInside(await realpathOfExisting(folder), real)) return true;
  return false;
}
