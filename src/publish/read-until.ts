import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context.ts';

/** Pauses in milliseconds before it is read again, where a service is slow to show what it has done. */
const pauses = [1000, 2000, 4000, 8000];

/** Reads until the result shows what was done, with growing pauses. Gives the last result, whether it does or not. */
export async function readUntil<T>(
  isDone: (result: T) => boolean,
  { signal }: Pick<Context, 'signal'>,
  read: (isAgain: boolean) => Promise<T>,
): Promise<T> {
  let result = await read(false);
  for (const pause of pauses) {
    if (isDone(result)) break;
    // The next request notices a cancellation.
    await sleep(pause, undefined, { signal }).catch(() => undefined);
    result = await read(true);
  }
  return result;
}
