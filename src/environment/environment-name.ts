import type { Remote } from '../api/remote.ts';
import type { Context } from '../context.ts';
import { InterruptedError, PaconnError } from '../errors.ts';
import { namedEnvironment } from './find-environment.ts';
import { readListings } from './listing-cache.ts';
import { listEnvironments } from './listings.ts';

/**
 * What an environment is called, for people: from the last listing, else at a terminal from the service; its ID where that is
 * unknown. A pipeline makes no request for it.
 */
export async function environmentName(
  environment: string,
  remote: Remote,
  context: Pick<Context, 'terminal' | 'configDirectory'>,
): Promise<string> {
  const isIt = ({ id }: { readonly id: string }): boolean => id.toLowerCase() === environment.toLowerCase();
  const known = (await readListings(context.configDirectory)).environments.find(isIt);
  if (known || !context.terminal.interactive) return known?.name ?? environment;
  try {
    return (await listEnvironments(remote, context)).map(namedEnvironment).find(isIt)?.name ?? environment;
  } catch (error) {
    // It is worth a line, and no more.
    if (error instanceof PaconnError && !(error instanceof InterruptedError)) return environment;
    throw error;
  }
}
