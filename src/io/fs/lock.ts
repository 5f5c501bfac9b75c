import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readdir, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { codeOf, InterruptedError } from '../../errors.ts';
import { type Disk, disk } from './disk.ts';
import { unreadable, unwritable } from './disk-errors.ts';
import { removeFile } from './files.ts';
import { abandonedAfter } from './leftovers.ts';
import { parseJson } from '../../json/parse.ts';

const holderSchema = z.object({
  host: z.string(),
  process: z.number().int().positive(),
  /** When that process was started, where the system tells: process numbers are given again. */
  started: z.string().optional(),
  /** In which that process has its number: containers on one computer count their own. */
  namespace: z.string().optional(),
});

/** Who holds a lock touches it so often, and so shows that it lives. */
const touchEvery = 100;
/** A lock of nobody known to live, that nobody touches while one watches it for so long, was left behind. */
const longestWithoutTouch = 450;
/** So is that of a process that seems to live, when it was not touched for so long before: it is stopped, or another one. */
const longestPause = 10_000;
const retryEvery = 30;
/** From so many milliseconds on it is worth a word that another run is waited for. */
const longWait = 3000;
/** The end of the name of a lock under which another one is removed. */
const clearingEnd = '.clearing';

/**
 * Does some work while no other process does work under the same lock. A lock whose process has died is taken over at
 * once, or within a second where that is unknown: nothing that ends a process leaves the others waiting.
 *
 * @param path A file that exists while the lock is held. Its directory is there.
 * @param work Is told whether another process had the lock first.
 */
export async function withLock<T>(
  path: string,
  signal: AbortSignal,
  work: (hasWaited: boolean) => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const { lock, hasWaited } = await acquire(path, signal, options);
  const touching = setInterval(() => void touch(path), touchEvery).unref();
  try {
    return await work(hasWaited);
  } finally {
    clearInterval(touching);
    // A lock that was taken over in the meantime belongs to another run.
    if ((await look(path))?.text === lock) await removeFile(path);
  }
}

export interface LockOptions {
  readonly calls?: Disk;
  /** Is told once when another run is waited for so long that the user might wonder. */
  readonly onLongWait?: (() => void) | undefined;
}

interface Acquired {
  /** The content of the lock. */
  readonly lock: string;
  readonly hasWaited: boolean;
}

/** Waits until the lock is ours. */
async function acquire(
  path: string,
  signal: AbortSignal,
  { calls = disk, onLongWait }: LockOptions,
): Promise<Acquired> {
  let wonders = performance.now() + longWait;
  const lock = new Watch(path);
  const clearing = new Watch(`${path}${clearingEnd}`);
  for (let hasWaited = false; ; hasWaited = true) {
    if (signal.aborted) throw new InterruptedError();
    const claimed = await claim(path, calls);
    if (claimed !== undefined) {
      await removeAbandoned(clearing);
      return { lock: claimed, hasWaited };
    }
    const isGone = (await lock.isAbandoned()) && (await clearAway(lock, clearing, calls));
    if (performance.now() > wonders) {
      wonders = Infinity;
      onLongWait?.();
    }
    if (!isGone) await pause(retryEvery);
  }
}

/** What the lock says now that it is ours; undefined when it is someone else's. */
async function claim(path: string, calls: Disk): Promise<string | undefined> {
  const { pid } = process;
  const holder = { host: hostname(), process: pid, started: startOf(pid), namespace: processNamespace() };
  const text = JSON.stringify({ ...holder, id: randomUUID() });
  try {
    await calls.claim(path, text);
    return text;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw unwritable(path, error);
  }
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  // A lock that is gone is noticed by nobody who could still do something about it.
  await utimes(path, now, now).catch(() => undefined);
}

/**
 * Removes an abandoned lock; says whether it did. Only one process at a time does so, else one could remove the lock another
 * just took.
 */
async function clearAway(lock: Watch, clearing: Watch, calls: Disk): Promise<boolean> {
  if ((await claim(clearing.path, calls)) === undefined) {
    await removeAbandoned(clearing);
    return false;
  }
  try {
    const isSame = await lock.isUnchanged();
    if (isSame) await removeFile(lock.path);
    return isSame;
  } finally {
    await removeFile(clearing.path);
  }
}

/** Nobody else may wait for this lock: of a process that was ended while it cleared another's away nothing is to stay. */
async function removeAbandoned(lock: Watch): Promise<void> {
  if (await lock.isAbandoned()) await removeFile(lock.path);
}

/**
 * Removes the locks of dead processes in a directory, a while after their death: nobody else may ever wait for one of them. What
 * cannot be removed is in nobody's way.
 *
 * @param pattern The names of locks.
 */
export async function removeAbandonedLocks(directory: string, pattern: RegExp): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const path = join(directory, name.replace(clearingEnd, ''));
    if (!pattern.test(basename(path))) continue;
    await removeAbandonedLock(path).catch(() => undefined);
  }
}

async function removeAbandonedLock(path: string): Promise<void> {
  const [lock, clearing] = [new Watch(path), new Watch(`${path}${clearingEnd}`)];
  const sighting = (await look(lock.path)) ?? (await look(clearing.path));
  if (sighting === undefined || Date.now() - sighting.touched < abandonedAfter) return;
  if (await lock.isAbandoned()) await clearAway(lock, clearing, disk);
  else await removeAbandoned(clearing);
}

interface Sighting {
  readonly text: string;
  /** In milliseconds since 1970. */
  readonly touched: number;
}

/** Somebody else's lock, as long as one waits for it. */
class Watch {
  readonly path: string;
  #last: Sighting | undefined;
  #unchangedSince = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Whether its holder is dead, or so it seems after a while. */
  async isAbandoned(): Promise<boolean> {
    const before = this.#last;
    if (!(await this.#look())) return false;
    const { text, touched } = this.#last ?? { text: '', touched: 0 };
    if (before?.text !== text || before.touched !== touched) this.#unchangedSince = Date.now();
    const life = lifeOf(text);
    if (life === 'over') return true;
    const unchanged = Date.now() - this.#unchangedSince;
    if (unchanged <= longestWithoutTouch) return false;
    // A clock that was wrong can have touched it in the future.
    return life === 'unknown' || Math.max(unchanged, Date.now() - touched) > longestPause;
  }

  /** Whether it is what it was when it was last looked at. */
  async isUnchanged(): Promise<boolean> {
    const before = this.#last;
    return (await this.#look()) && before?.text === this.#last?.text && before?.touched === this.#last?.touched;
  }

  async #look(): Promise<boolean> {
    this.#last = await look(this.path);
    return this.#last !== undefined;
  }
}

async function look(path: string): Promise<Sighting | undefined> {
  try {
    const { bytes, touched } = await disk.glance(path);
    return { text: Buffer.from(bytes).toString(), touched };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
}

/** Whether the process that holds a lock lives; nobody can tell of one on another machine, or that does not say who it is. */
function lifeOf(text: string): 'goes on' | 'over' | 'unknown' {
  const holder = holderSchema.safeParse(parseJson(text)).data;
  if (holder?.host !== hostname()) return 'unknown';
  if (holder.namespace !== undefined && holder.namespace !== processNamespace()) return 'unknown';
  if (!isAlive(holder.process)) return 'over';
  const started = startOf(holder.process);
  return started !== undefined && holder.started !== undefined && started !== holder.started ? 'over' : 'goes on';
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // Not ours to signal, but there.
    return codeOf(error) === 'EPERM';
  }
}

/** Which numbers processes have here: Linux alone tells (pid_namespaces(7)). */
function processNamespace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return undefined;
  }
}

/** When a process was started, in ticks since the start of the system: Linux alone tells (proc_pid_stat(5), field 22). */
function startOf(id: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8')
      .replace(/^.*\) /su, '')
      .split(' ');
    return fields[19];
  } catch {
    return undefined;
  }
}
