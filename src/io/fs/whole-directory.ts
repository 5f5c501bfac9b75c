import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { FileError } from '../../errors.ts';
import { type Disk, disk } from './disk.ts';
import { orUnwritable } from './disk-errors.ts';
import { exists, makeDirectory } from './files.ts';
import { removeUnfinished } from './leftovers.ts';

/** What a directory is called until all is in it: what begins with a dot is in nobody's way, should it be left behind. */
const unfinishedPrefix = '.paconn-';

export interface NewDirectory {
  /** The directory that it is made in; made too where it is missing. */
  readonly parent: string;
  /** The first of them that is not taken is what it is called. */
  readonly names: Iterable<string>;
  /** Its permissions, unless they are those of any new directory. */
  readonly mode?: number;
}

/**
 * Makes a directory with all that is to be in it or not at all, whatever ends the process meanwhile. Gives its name, and what
 * filling it gives. Raises `FileError`, and what filling it raises.
 *
 * @param fill Is given the directory under another name.
 */
export async function makeWholeDirectory<T>(
  { parent, names, mode }: NewDirectory,
  fill: (unfinished: string) => Promise<T>,
  calls: Disk = disk,
): Promise<{ readonly name: string; readonly filled: T }> {
  const unfinished = join(parent, `${unfinishedPrefix}${randomBytes(8).toString('hex')}.new`);
  await makeDirectory(unfinished, { mode, calls });
  try {
    const filled = await fill(unfinished);
    let path = parent;
    for (const name of names) {
      path = join(parent, name);
      if (!(await orUnwritable(parent, isRenamed(unfinished, path, calls)))) continue;
      // Of others, in an earlier run.
      await removeUnfinished(parent);
      return { name, filled };
    }
    throw new FileError(`${path} can't be written: it already exists.`);
  } catch (error) {
    await calls.rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** Whether a directory got this name. A full directory is never renamed over, on any system. */
async function isRenamed(unfinished: string, path: string, calls: Disk): Promise<boolean> {
  // Windows refuses such a name as it does while another program is in the way, which would be waited for.
  if (await exists(path)) return false;
  try {
    await calls.rename(unfinished, path);
    return true;
  } catch (error) {
    if (await exists(path)) return false;
    throw error;
  }
}

/** Removes a directory with all that is in it; one that is not there is fine. Raises `FileError`. */
export async function removeDirectory(path: string): Promise<void> {
  await orUnwritable(path, disk.rm(path, { recursive: true, force: true }));
}
