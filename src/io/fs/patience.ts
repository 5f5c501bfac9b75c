import { platform } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../../errors.ts';

/**
 * What Windows answers while another program has a file open: a virus scanner, an indexer, an editor, another run. A file that
 * is removed meanwhile stays until the last of them closes it, and is refused to everybody. Elsewhere these answers are final.
 */
const passing = new Set(['EPERM', 'EACCES', 'EBUSY', 'ENOTEMPTY']);

/** So long, in milliseconds, is waited for other programs. */
const patience = 2000;

/** Short, since a file that many read is free for moments only; of different lengths, so that runs do not stay in step. */
const shortestPause = 5;
const longestPause = 40;

/** Does something on the disk, and tries it again for a while where another program can be in the way. */
export async function patiently<T>(work: () => Promise<T>, system: NodeJS.Platform = platform()): Promise<T> {
  const deadline = Date.now() + patience;
  for (let wait = shortestPause; ; wait = Math.min(wait * 2, longestPause)) {
    try {
      return await work();
    } catch (error) {
      const isPassing = system === 'win32' && passing.has(codeOf(error) ?? '');
      if (!isPassing || Date.now() >= deadline) throw error;
    }
    await pause(wait * (0.5 + Math.random() / 2));
  }
}
