import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { disk } from './disk.ts';

/** What a process has begun to write. A copy of what was there before ends otherwise: it may be the only one. */
const unfinishedName = /^\.paconn-[\da-f]{16}\.new$/u;

/** What has not been touched for so long, in milliseconds, was left behind: to write files and rename them takes seconds. */
export const abandonedAfter = 600_000;

/** Removes what a process that was ended has left unfinished in a directory. What cannot be removed is in nobody's way. */
export async function removeUnfinished(directory: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    if (!unfinishedName.test(name)) continue;
    const path = join(directory, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > abandonedAfter)
      await disk.rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
