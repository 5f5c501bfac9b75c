import { lstat, stat } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { disk } from './disk.ts';
import { isInside } from './is-inside.ts';
import { isReservedName } from './portable-name.ts';

/**
 * Where a file really is to be written: a link to a file in the folder stays one, and that file gets the content. A link can come
 * with someone else's folder: in place of one that leads out of it, or to what belongs to other programs, a file is put, so that
 * nothing is written there. Raises the error of the system.
 */
export async function writtenPath(path: string, folder = dirname(path)): Promise<string> {
  const link = await lstat(path).catch(() => undefined);
  const file = link?.isSymbolicLink() === true ? await stat(path).catch(() => undefined) : undefined;
  if (file?.isFile() !== true) return path;
  const [target, root] = [await disk.realpath(path), await disk.realpath(folder)];
  const isOwn = isInside(root, target) && !relative(root, target).split(sep).some(isReservedName);
  return isOwn ? target : path;
}
