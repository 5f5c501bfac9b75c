import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { FileError } from '../../errors.ts';
import { makePrivateDirectory } from './files.ts';
import { removeAbandonedLocks, withLock } from './lock.ts';

export interface AloneOptions {
  /** Where locks are: not in a folder of the user, which is for what people want to have there. */
  readonly configDirectory: string;
  readonly signal: AbortSignal;
  /** What may be done by one run at a time on this computer. */
  readonly what: readonly string[];
  /** Is told once when another run is waited for so long that the user might wonder. */
  readonly onLongWait?: (() => void) | undefined;
}

const lockName = /^alone-[\da-f]{16}\.lock$/u;

/**
 * Does some work while no other run on this computer does the same. Where there is no place for a lock, as in pipelines without a
 * home, nobody else is expected either.
 *
 * @param work Is told whether it had to wait.
 */
export async function alone<T>(
  { configDirectory, signal, what, onLongWait }: AloneOptions,
  work: (hasWaited: boolean) => Promise<T>,
): Promise<T> {
  const name = createHash('sha256').update(what.join('\n')).digest('hex').slice(0, 16);
  let hasBegun = false;
  const begun = async (hasWaited: boolean): Promise<T> => {
    hasBegun = true;
    return await work(hasWaited);
  };
  try {
    await makePrivateDirectory(configDirectory);
    return await withLock(join(configDirectory, `alone-${name}.lock`), signal, begun, { onLongWait });
  } catch (error) {
    if (hasBegun || !(error instanceof FileError)) throw error;
    return await work(false);
  } finally {
    if (hasBegun) await removeAbandonedLocks(configDirectory, lockName);
  }
}
