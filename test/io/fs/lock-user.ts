import { appendFile, open, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { withLock } from '../../../src/io/fs/lock.ts';

// Run by `lock.test.ts` as a process of its own: `identify`, `hold LOCK`, or `append LOCK FILE ROUNDS`.

const [, , purpose, lock = '', file = '', rounds = '0'] = process.argv;
const { signal } = new AbortController();

/** Fails when somebody else is in between. */
async function append(): Promise<void> {
  const alone = `${file}.alone`;
  await (await open(alone, 'wx')).close();
  await appendFile(file, `${process.pid} in\n`);
  await pause(Math.random() * 5);
  await appendFile(file, `${process.pid} out\n`);
  await rm(alone);
}

if (purpose === 'identify') process.stdout.write(String(process.pid));
else if (purpose === 'hold') {
  await withLock(lock, signal, async () => {
    process.stdout.write('held\n');
    await pause(600_000);
  });
} else {
  for (let round = 0; round < Number(rounds); round += 1) {
    await withLock(lock, signal, append);
    await pause(Math.random() * 5);
  }
}
