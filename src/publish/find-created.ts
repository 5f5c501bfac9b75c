import type { Remote } from '../api/remote.ts';
import type { ConnectorSummary } from '../api/resources.ts';
import { ConflictError, InterruptedError, PaconnError } from '../errors.ts';

/** A connector that is to be made. */
export interface WantedConnector {
  readonly environment: string;
  readonly displayName: string;
}

/** How far the clocks of this computer and of the service may be apart, in milliseconds. */
const clockDifference = 300_000;

/** The connectors of an environment, whoever made them; undefined where the service does not list them. */
export async function listedConnectors(
  environment: string,
  remote: Remote,
): Promise<readonly ConnectorSummary[] | undefined> {
  try {
    return await remote.listConnectors(environment);
  } catch (error) {
    // Nothing but telling a new connector from them depends on it.
    if (error instanceof PaconnError && !(error instanceof InterruptedError)) return undefined;
    throw error;
  }
}

/** Those of a name. */
export function namesakes(
  connectors: readonly ConnectorSummary[] | undefined,
  displayName: string,
): readonly ConnectorSummary[] {
  return (connectors ?? []).filter(({ properties }) => properties?.displayName === displayName);
}

/**
 * Raises `ConflictError` for a connector of this name that another run of this account has made since a time, in milliseconds since
 * 1970: a second one would be a duplicate.
 */
export async function requireNotMadeSince(
  { named, ...wanted }: WantedConnector & { readonly named: string | undefined },
  time: number,
  remote: Remote,
): Promise<void> {
  const listed = namesakes(await listedConnectors(wanted.environment, remote), wanted.displayName);
  const made = listed.find((one) => remote.isOwn(one) && isMadeSince(one, time));
  if (!made) return;
  throw new ConflictError(
    `Another run of paconn created '${wanted.displayName}' (${made.name}) at the same time. Nothing was created.`,
    named === undefined ? {} : { hint: `To update that connector:\n  paconn deploy${named} --connector ${made.name}` },
  );
}

function isMadeSince({ properties }: ConnectorSummary, time: number): boolean {
  return Date.parse(properties?.createdTime ?? '') >= time - clockDifference;
}

/**
 * The ID of a connector that was made though the answer didn't say so: the only one of its name that was not there before, and that
 * this account has made since. `none` where no other has come either, `unclear` where there is a doubt.
 */
export async function findCreated(
  { environment, displayName }: WantedConnector,
  before: readonly ConnectorSummary[] | undefined,
  sentTime: number,
  remote: Remote,
): Promise<{ readonly connectorId: string } | 'none' | 'unclear'> {
  const listed = before && (await listedConnectors(environment, remote));
  if (!listed) return 'unclear';
  const known = new Set(before.map(({ name }) => name));
  const added = namesakes(listed, displayName).filter(({ name }) => !known.has(name));
  const [made, ...others] = added.filter((one) => remote.isOwn(one) && isMadeSince(one, sentTime));
  if (made && others.length === 0) return { connectorId: made.name };
  return added.length === 0 ? 'none' : 'unclear';
}
