import { dirname, relative, resolve } from 'node:path';
import { disk } from './disk.ts';
import { orUnreadable } from './disk-errors.ts';
import { exists } from './files.ts';
import { isInside } from './is-inside.ts';

/** Where an absolute path really leads: links are followed as far as it exists. Raises `FileError`. */
export async function realpathOfExisting(path: string): Promise<string> {
  if (await exists(path)) return await orUnreadable(path, disk.realpath(path));
  const parent = dirname(path);
  return parent === path ? path : resolve(await realpathOfExisting(parent), relative(parent, path));
}

/** Whether a path really leads into one of these folders, or to one of them. Raises `FileError`. */
export async function leadsInto(folders: readonly string[], path: string): Promise<boolean> {
  const real = await realpathOfExisting(path);
  for (const folder of folders) if (isInside(await realpathOfExisting(folder), real)) return true;
  return false;
}
