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

const shortestPause = 10;
const longestPause = 200;

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
    await pause(Math.max(0, Math.min(wait, deadline - Date.now())));
  }
}
