import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileError, InterruptedError } from '../../../src/errors.ts';
import { alone } from '../../../src/io/fs/alone.ts';
import { type Disk, patientDisk } from '../../../src/io/fs/disk.ts';
import { exists } from '../../../src/io/fs/files.ts';
import { withLock } from '../../../src/io/fs/lock.ts';
import { BundledProgram } from '../../support/bundled-program.ts';
import { faultyDisk } from '../../support/faulty-disk.ts';
import { TemporaryDirectory } from '../../support/temporary-directory.ts';

const nobodyInterrupts = new AbortController().signal;

let program: BundledProgram;

beforeAll(async () => {
  program = await BundledProgram.create(fileURLToPath(new URL('lock-user.ts', import.meta.url)));
});

afterAll(async () => await program[Symbol.asyncDispose]());

/** The ID of a process that has ended. */
async function deadProcess(): Promise<number> {
  const { stdout } = await program.start('identify').finished;
  return Number(stdout);
}

async function writeLock(path: string, content: unknown, secondsAgo = 0): Promise<void> {
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  const touched = new Date(Date.now() - 1000 * secondsAgo);
  await utimes(path, touched, touched);
}

describe('in one process', () => {
  test('two holders of a lock take turns', async () => {
    await using directory = await TemporaryDirectory.create();
    const events: string[] = [];
    const use = async (name: string): Promise<string> =>
      await withLock(directory.join('lock'), nobodyInterrupts, async () => {
        events.push(`${name} in`);
        await pause(20);
        events.push(`${name} out`);
        return name;
      });
    expect(await Promise.all([use('a'), use('b'), use('c')])).toEqual(['a', 'b', 'c']);
    const order = events.filter((_event, index) => index % 2 === 0).map((event) => event.slice(0, 1));
    expect(events).toEqual(order.flatMap((name) => [`${name} in`, `${name} out`]));
    expect(order.toSorted()).toEqual(['a', 'b', 'c']);
  });

  test('a lock is free again after work that failed', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('lock');
    const failing = withLock(path, nobodyInterrupts, async () => await Promise.reject(new Error('no luck')));
    await expect(failing).rejects.toThrow('no luck');
    expect(await exists(path)).toBe(false);
    expect(await withLock(path, nobodyInterrupts, async () => await Promise.resolve('done'))).toBe('done');
  });

  test('locks of different names are independent', async () => {
    await using directory = await TemporaryDirectory.create();
    const inner = async (): Promise<string> =>
      await withLock(directory.join('two'), nobodyInterrupts, async () => await Promise.resolve('both'));
    expect(await withLock(directory.join('one'), nobodyInterrupts, inner)).toBe('both');
  });

  test('a run that is canceled while it waits does nothing, and leaves the lock to its owner', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('lock');
    await writeLock(path, { host: hostname(), process: process.pid });
    const interruption = new AbortController();
    const events: string[] = [];
    const waiting = withLock(path, interruption.signal, async () => await Promise.resolve(events.push('worked')));
    interruption.abort();
    await expect(waiting).rejects.toThrow(InterruptedError);
    expect({ events, held: await exists(path) }).toEqual({ events: [], held: true });
  });

  test('a lock that another run took over is left to that run', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('lock');
    const other = JSON.stringify({ host: 'elsewhere', process: 1 });
    await withLock(path, nobodyInterrupts, async () => await writeFile(path, other));
    expect(await readFile(path, 'utf8')).toBe(other);
  });

  test('on Windows, a lock that is gone for all but those who still look at it is waited for', async () => {
    await using directory = await TemporaryDirectory.create();
    let claims = 0;
    const deletePending = faultyDisk((call) => (call === 'claim' && (claims += 1) <= 5 ? 'EPERM' : undefined));
    const use = async (calls: Disk): Promise<string> =>
      await withLock(directory.join('lock'), nobodyInterrupts, async () => await Promise.resolve('done'), { calls });
    await expect(use(deletePending)).rejects.toThrow("lock can't be written: not permitted.");
    expect(await use(patientDisk(deletePending, 'win32'))).toBe('done');
  });

  test("a lock that can't be created is reported", async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('missing', 'lock');
    await expect(withLock(path, nobodyInterrupts, async () => await Promise.resolve())).rejects.toThrow(
      new FileError(`${path} can't be written: its folder doesn't exist.`),
    );
  });
});

describe('a lock that was left behind is taken over:', () => {
  test('that of a process that was killed while it held it', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('lock');
    const holder = program.start('hold', path);
    await holder.waitFor(/held/);
    holder.signal('SIGKILL');
    await holder.finished;
    expect(await exists(path)).toBe(true);
    expect(await withLock(path, nobodyInterrupts, async () => await Promise.resolve('done'))).toBe('done');
    expect(await exists(path)).toBe(false);
  });

  test.each([
    ['an empty one', '', 0],
    ['one of which half was written', '{"host":', 0],
    ['one that holds something else', '{"host": "x", "process": 0}', 0],
    ['one of another machine', { host: 'elsewhere', process: process.pid }, 0],
    ['one of a container', { host: hostname(), process: process.ppid, namespace: 'pid:[1]' }, 0],
    ['one of before the machine was started anew', { host: hostname(), process: process.ppid }, 600],
    ['one by a clock that is ahead', { host: 'elsewhere', process: process.pid }, -600],
    // The machine may be busy with something else for a moment: it has three tries.
  ])('%s, in less than a second', { retry: 2 }, async (_what, content, secondsAgo) => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('lock');
    await writeLock(path, content, secondsAgo);
    const before = Date.now();
    expect(await withLock(path, nobodyInterrupts, async () => await Promise.resolve('done'))).toBe('done');
    expect(Date.now() - before).toBeLessThan(1000);
  });

  test.runIf(process.platform === 'linux')(
    'one of a process whose number another process has now, immediately',
    { retry: 2 },
    async () => {
      await using directory = await TemporaryDirectory.create();
      const path = directory.join('lock');
      await writeLock(path, { host: hostname(), process: process.ppid, started: '1' });
      const before = Date.now();
      expect(await withLock(path, nobodyInterrupts, async () => await Promise.resolve('done'))).toBe('done');
      expect(Date.now() - before).toBeLessThan(400);
    },
  );

  test('one of a process that seems to live, by a clock that is ahead', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('lock');
    await writeLock(path, { host: hostname(), process: process.ppid }, -6000);
    expect(await withLock(path, nobodyInterrupts, async () => await Promise.resolve('done'))).toBe('done');
  });

  test('also if a process died while it removed such a lock', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('lock');
    const dead = { host: hostname(), process: await deadProcess() };
    await writeLock(path, dead);
    await writeLock(`${path}.clearing`, dead);
    expect(await withLock(path, nobodyInterrupts, async () => await Promise.resolve('done'))).toBe('done');
    expect(await exists(`${path}.clearing`)).toBe(false);
  });
});

test('leftovers of a process that died while it removed a lock are removed', async () => {
  await using directory = await TemporaryDirectory.create();
  const path = directory.join('lock');
  await writeLock(`${path}.clearing`, { host: hostname(), process: await deadProcess() });
  await withLock(path, nobodyInterrupts, async () => await Promise.resolve());
  expect(await exists(`${path}.clearing`)).toBe(false);
});

describe('a lock that is held is waited for:', () => {
  test.each([
    ['that of a living process', { host: hostname(), process: process.ppid }, 5],
    ['that of another machine', { host: 'elsewhere', process: 1 }, 60],
    [
      'that of a container, whose number is nobody here',
      { host: hostname(), process: 4_194_303, namespace: 'pid:[1]' },
      5,
    ],
    ['one that was made just now and says nothing yet', '', -30],
  ])('%s', async (_what, content, secondsAgo) => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('lock');
    const dead = { host: hostname(), process: await deadProcess() };
    await writeLock(path, content, secondsAgo);
    const events: string[] = [];
    const work = async (): Promise<number> => await Promise.resolve(events.push('taken'));
    const working = withLock(path, nobodyInterrupts, work);
    // A third of the time after which one that nobody touches is taken over.
    await pause(150);
    events.push('given back');
    await writeLock(path, dead);
    await working;
    expect(events).toEqual(['given back', 'taken']);
  });
});

describe('a lock that its holder keeps touching', () => {
  test('is never taken over, however long it is held, even where nothing else tells that the holder lives', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('lock');
    await writeLock(path, { host: 'elsewhere', process: 1 });
    const events: string[] = [];
    const work = async (): Promise<number> => await Promise.resolve(events.push('taken'));
    const working = withLock(path, nobodyInterrupts, work);
    // Three times as long as a lock may go untouched.
    for (let count = 0; count < 14; count += 1) {
      await pause(100);
      const now = new Date();
      await utimes(path, now, now);
    }
    events.push('given back');
    await working;
    expect(events).toEqual(['given back', 'taken']);
  });

  test('is touched as long as it is held', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('lock');
    const touched = async (): Promise<number> => (await stat(path)).mtimeMs;
    await withLock(path, nobodyInterrupts, async () => {
      for (let count = 0; count < 2; count += 1) {
        const before = await touched();
        await expect.poll(touched, { timeout: 1000 }).toBeGreaterThan(before);
      }
    });
  });
});

test('many processes at once never work at the same time, even when one of them is killed', async () => {
  await using directory = await TemporaryDirectory.create();
  const [path, file] = [directory.join('lock'), directory.join('log')];
  const [users, rounds] = [8, 12];
  const holder = program.start('hold', path);
  await holder.waitFor(/held/);
  const running = Array.from({ length: users }, () => program.start('append', path, file, String(rounds)));
  // All are there before the lock is theirs, so that they go for it together.
  await pause(500);
  holder.signal('SIGKILL');
  await holder.finished;

  const results = await Promise.all(running.map(async (user) => await user.finished));
  expect(results.map(({ exitCode, stderr }) => `${exitCode} ${stderr}`)).toEqual(Array(users).fill('0 '));
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const entries = lines.filter((_line, index) => index % 2 === 0);
  expect(lines).toEqual(entries.flatMap((line) => [line, line.replace('in', 'out')]));
  expect(entries).toHaveLength(users * rounds);
});

test('locks of dead processes go after ten minutes with the next work that is done alone', async () => {
  await using directory = await TemporaryDirectory.create();
  const dead = { host: hostname(), process: await deadProcess() };
  const left = ['alone-0123456789abcdef.lock', 'alone-1123456789abcdef.lock.clearing'];
  const staying = ['alone-2123456789abcdef.lock', 'alone-3123456789abcdef.lock', 'another.lock'];
  for (const name of [...left, ...staying]) await writeLock(directory.join(name), dead, 660);
  // One that has died just now, and one that lives.
  await writeLock(directory.join(staying[0] ?? ''), dead, 30);
  await writeLock(directory.join(staying[1] ?? ''), { host: hostname(), process: process.pid }, 660);
  const options = { configDirectory: directory.path, signal: nobodyInterrupts, what: ['work'] };
  expect(await alone(options, async () => await Promise.resolve('done'))).toBe('done');
  expect((await readdir(directory.path)).toSorted()).toEqual(staying);
});
