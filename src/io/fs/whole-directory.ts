import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unwritable } from './files.ts';

/**
 * Makes a directory that is not there yet, with all that is to be in it or not at all, whatever ends the process meanwhile.
 * Gives what filling it gives. Raises `FileError`, and what filling it raises.
 *
 * @param fill Is given the directory under another name.
 */
export async function makeWholeDirectory<T>(directory: string, fill: (unfinished: string) => Promise<T>): Promise<T> {
  const parent = dirname(directory);
  // What begins with a dot is in nobody's way, should the end of the process leave it behind.
  const unfinished = join(parent, `.paconn-${randomBytes(8).toString('hex')}.new`);
  await translated(directory, mkdir(unfinished, { recursive: true }));
  try {
    const filled = await fill(unfinished);
    await translated(directory, rename(unfinished, directory));
    return filled;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function translated<T>(directory: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw unwritable(directory, error);
  }
}
