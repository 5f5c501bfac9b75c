import type { Context } from '../context.ts';
import { alone } from '../io/fs/alone.ts';

/** A connector that is to be made. */
export interface NewConnectorName {
  readonly environment: string;
  readonly displayName: string;
}

/**
 * Looks for a connector of a name and makes it, while no other run on this computer does the same: several runs at once make it
 * once.
 *
 * @param work Is told whether it had to wait for another run, which may have made it.
 */
export async function createAlone<T>(
  { environment, displayName }: NewConnectorName,
  { configDirectory, signal, terminal }: Context,
  work: (hasWaited: boolean) => Promise<T>,
): Promise<T> {
  const what = ['create', environment.toLowerCase(), displayName.normalize()];
  const onLongWait = (): void => terminal.note(`Waiting for another run of paconn that creates '${displayName}'…`);
  return await alone({ configDirectory, signal, what, onLongWait }, work);
}
