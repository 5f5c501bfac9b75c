import { chmod, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileError } from '../../errors.ts';
import { exists } from './files.ts';

/** What a directory is called until all is in it. */
const unfinished = '.paconn-';

/** An unfinished directory of this age, in milliseconds, was left behind. */
const abandonedAfter = 3_600_000;

/**
 * Makes a directory with these files in it, whole or not at all; only its owner can read them. The first of the names that
 * is not taken is what it is called. The directory that it is made in has to be there. Raises {@link FileError}.
 */
export async function makeFilledDirectory(
  parent: string,
  names: Iterable<string>,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<string> {
  return await translated(parent, async () => {
    const temporary = await mkdtemp(join(parent, unfinished));
    try {
      await chmod(temporary, 0o700);
      await Promise.all([...files].map(async ([name, content]) => await writeDurably(join(temporary, name), content)));
      for (const name of names) if (await isRenamed(temporary, join(parent, name))) return name;
      throw new FileError(`${parent} has no name left for another state.`);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
  });
}

/** Removes a directory with all that is in it; one that is not there is fine. Raises {@link FileError}. */
export async function removeDirectory(path: string): Promise<void> {
  await translated(path, async () => await rm(path, { recursive: true, force: true, maxRetries: 3 }));
}

/** Removes directories that a process which ended too early has left unfinished. Raises {@link FileError}. */
export async function removeUnfinished(parent: string): Promise<void> {
  await translated(parent, async () => {
    for (const name of await readdir(parent)) {
      if (!name.startsWith(unfinished)) continue;
      const path = join(parent, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
      if (Date.now() - mtimeMs > abandonedAfter) await rm(path, { recursive: true, force: true });
    }
  });
}

async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Whether a directory got this name. A full directory is never renamed over, on any system. */
async function isRenamed(temporary: string, path: string): Promise<boolean> {
  try {
    await rename(temporary, path);
    return true;
  } catch (error) {
    if (await exists(path)) return false;
    throw error;
  }
}

async function translated<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new FileError(`${path} cannot be written: ${code}.`, { cause: error });
  }
}
