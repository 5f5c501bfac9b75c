import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { readOwnJson, writePrivateFile } from '../../../src/io/fs/files.ts';
import { withLock } from '../../../src/io/fs/lock.ts';

// Run by `shared-file.test.ts` as a process of its own: `write DIRECTORY ROUNDS` or `read DIRECTORY ROUNDS`.

const [, , purpose, directory = '', rounds = '0'] = process.argv;
const { signal } = new AbortController();
const path = join(directory, 'sign-ins.json');
const schema = z.object({ round: z.number(), padding: z.string() });

async function addOne(): Promise<void> {
  const { round } = (await readOwnJson(path, schema)) ?? { round: 0 };
  await writePrivateFile(path, JSON.stringify({ round: round + 1, padding: 'x'.repeat(50_000) }));
}

let last = 0;
for (let index = 0; index < Number(rounds); index += 1) {
  // No run does nothing but that.
  await pause(Math.random() * 40);
  if (purpose === 'write') await withLock(join(directory, 'lock'), signal, addOne);
  else {
    const { round } = (await readOwnJson(path, schema)) ?? { round: 0 };
    if (round < last) throw new Error(`Read ${round} after ${last}.`);
    last = round;
  }
}
