import { writeFileSync } from 'node:fs';
import { readFile, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { FileError, InterruptedError } from '../errors.ts';
import { removeFile } from './files.ts';

const holderSchema = z.object({ host: z.string(), process: z.number().int().positive() });

/**
 * A lock that was not touched for so long was left behind, even when a process of that number lives: numbers are given
 * again. Who holds a lock touches it more often.
 */
const longestSilence = 120_000;
const touchEvery = 20_000;
/** A lock that does not say whose it is, for so long, is of a process that died while it wrote it. */
const longestEmptiness = 2000;
const retryEvery = 40;

/**
 * Does some work while no other process does work under the same lock. A lock whose process has died is taken over at
 * once: nothing that ends a process leaves the others waiting.
 *
 * @param path A file that exists while the lock is held. Its directory is there.
 */
export async function withLock<T>(path: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  while (!claim(path)) {
    if (await isAbandoned(path)) await clearAway(path);
    else await pause(retryEvery);
    if (signal.aborted) throw new InterruptedError();
  }
  const touching = setInterval(() => void touch(path), touchEvery).unref();
  try {
    return await work();
  } finally {
    clearInterval(touching);
    await removeFile(path);
  }
}

/** Not in the background: others must not find the file without its content for longer than need be. */
function claim(path: string): boolean {
  try {
    writeFileSync(path, JSON.stringify({ host: hostname(), process: process.pid }), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw new FileError(`${path} cannot be written.`, { cause: error });
  }
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  // A lock that is gone is noticed by nobody who could still do something about it.
  await utimes(path, now, now).catch(() => undefined);
}

/** Removes an abandoned lock. Only one process at a time does so, else one could remove the lock another just took. */
async function clearAway(path: string): Promise<void> {
  const clearing = `${path}.clearing`;
  if (claim(clearing)) {
    try {
      if (await isAbandoned(path)) await removeFile(path);
    } finally {
      await removeFile(clearing);
    }
  } else if (await isAbandoned(clearing)) await removeFile(clearing);
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    // In this order: a lock that is taken anew meanwhile looks too young, never too old.
    const text = await readFile(path, 'utf8');
    const age = Date.now() - (await stat(path)).mtimeMs;
    const holder = holderSchema.safeParse(json(text));
    if (!holder.success) return age > longestEmptiness;
    const isDead = holder.data.host === hostname() && !isAlive(holder.data.process);
    // A process that is dead now may have given the lock back before, and another have it: then the text is another.
    return (isDead || age > longestSilence) && (await readFile(path, 'utf8')) === text;
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
