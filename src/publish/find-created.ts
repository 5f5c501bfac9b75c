import type { Remote } from '../api/remote.ts';
import type { ConnectorSummary } from '../api/resources.ts';
import { InterruptedError, PaconnError } from '../errors.ts';

/** A connector that is to be made. */
export interface WantedConnector {
  readonly environment: string;
  readonly displayName: string;
}

/** How far the clocks of this computer and of the service may be apart, in milliseconds. */
const clockDifference = 300_000;

/** The connectors of this name, whoever made them; undefined where the service does not list them. */
export async function namesakes(
  { environment, displayName }: WantedConnector,
  remote: Remote,
): Promise<readonly ConnectorSummary[] | undefined> {
  try {
    const connectors = await remote.listConnectors(environment);
    return connectors.filter(({ properties }) => properties?.displayName === displayName);
  } catch (error) {
    // Nothing but the search for a lost connector depends on it.
    if (error instanceof PaconnError && !(error instanceof InterruptedError)) return undefined;
    throw error;
  }
}

/**
 * The ID of a connector that was made though the answer was lost: the only one of its name that was not there before, and that
 * this account has made since. Undefined where there is a doubt.
 */
export async function findCreated(
  wanted: WantedConnector,
  before: readonly ConnectorSummary[] | undefined,
  sentTime: number,
  remote: Remote,
): Promise<string | undefined> {
  const now = before && (await namesakes(wanted, remote));
  if (!now) return undefined;
  const known = new Set(before.map(({ name }) => name));
  const isSince = ({ properties }: ConnectorSummary): boolean =>
    Date.parse(properties?.createdTime ?? '') >= sentTime - clockDifference;
  const made = now.filter((one) => !known.has(one.name) && remote.isOwn(one) && isSince(one));
  return made.length === 1 ? made[0]?.name : undefined;
}
