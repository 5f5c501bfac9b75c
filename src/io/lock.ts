import { open, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { FileError } from '../errors.ts';

const holderSchema = z.object({ host: z.string(), process: z.number().int().positive() });

/** Nothing that is done under a lock takes this long: an older lock, of another machine, was left behind. */
const longestHold = 120_000;
/** A lock file that says nothing for so long is of a process that died while it wrote it. */
const longestSilence = 500;
const retryEvery = 40;

/**
 * Does some work while no other process does work under the same lock. A lock whose process has died is taken over at
 * once: nothing that ends a process leaves the others waiting.
 *
 * @param path A file that exists while the lock is held. Its directory is there.
 */
export async function withLock<T>(path: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  while (!(await claim(path))) {
    if (await isAbandoned(path)) await clearAway(path);
    else await pause(retryEvery, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function claim(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(JSON.stringify({ host: hostname(), process: process.pid }));
    await file.close();
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw new FileError(`${path} cannot be written.`, { cause: error });
  }
}

/** Removes an abandoned lock. Only one process at a time does so, else one could remove the lock another just took. */
async function clearAway(path: string): Promise<void> {
  const clearing = `${path}.clearing`;
  if (await claim(clearing)) {
    try {
      if (await isAbandoned(path)) await rm(path, { force: true });
    } finally {
      await rm(clearing, { force: true });
    }
  } else if (await isAbandoned(clearing)) await rm(clearing, { force: true });
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const age = Date.now() - (await stat(path)).mtimeMs;
    const holder = holderSchema.safeParse(json(await readFile(path, 'utf8')));
    if (!holder.success) return age > longestSilence;
    return holder.data.host === hostname() ? !isAlive(holder.data.process) : age > longestHold;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw new FileError(`${path} cannot be read.`, { cause: error });
  }
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // Not ours to signal, but there.
    return hasCode(error, 'EPERM');
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
