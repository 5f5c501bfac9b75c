import type { Remote } from '../api/remote.ts';
import type { Context } from '../context.ts';
import { InterruptedError, PaconnError } from '../errors.ts';
import { namedEnvironment } from './find-environment.ts';
import { readListings } from './listing-cache.ts';
import { listEnvironments } from './listings.ts';

/** An environment for programs. */
export interface EnvironmentPair {
  readonly id: string;
  /** Null where it's unknown. */
  readonly name: string | null;
}

/** An environment with its name, if a listing on this computer had it. No request is made for that. */
export async function knownEnvironment(
  id: string,
  { configDirectory }: Pick<Context, 'configDirectory'>,
): Promise<EnvironmentPair> {
  const known = (await readListings(configDirectory)).environments.find((one) => isSame(one.id, id));
  return { id, name: known?.name ?? null };
}

/** An environment in a sentence: its name, if a listing on this computer had it, else its ID. No request is made for that. */
export async function environmentWords(id: string, context: Pick<Context, 'configDirectory'>): Promise<string> {
  const { name } = await knownEnvironment(id, context);
  return name ?? `the environment ${id}`;
}

/**
 * What an environment is called, for people: from the last listing, else at a terminal from the service; its ID where that is
 * unknown. A pipeline makes no request for it.
 */
export async function environmentName(
  environment: string,
  remote: Remote,
  context: Pick<Context, 'terminal' | 'configDirectory'>,
): Promise<string> {
  const { name } = await knownEnvironment(environment, context);
  if (name !== null || !context.terminal.interactive) return name ?? environment;
  try {
    const listed = (await listEnvironments(remote, context)).map(namedEnvironment);
    return listed.find(({ id }) => isSame(id, environment))?.name ?? environment;
  } catch (error) {
    // It is worth a line, and no more.
    if (error instanceof PaconnError && !(error instanceof InterruptedError)) return environment;
    throw error;
  }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
