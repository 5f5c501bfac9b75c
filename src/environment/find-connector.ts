import type { Remote } from '../api/remote.ts';
import type { ConnectorSummary } from '../api/resources.ts';
import { connectorIdSchema } from '../connector/connector-id.ts';
import { shownName } from '../connector/secret-stretches.ts';
import { UsageError } from '../errors.ts';
import { mismatch } from '../json/mismatch.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import { shortTime } from '../output/short-time.ts';
import { environmentWords } from './environment-name.ts';
import { listConnectors, type ListingContext } from './listings.ts';
import { matchName, type Named } from '../match-name.ts';
import { guidOf, readPortalAddress } from '../settings/portal-address.ts';
import { ambiguous, unknown } from './unclear-name.ts';

/** As the service makes them for all connectors, its own too. */
const defaultId = /^shared_/u;

/**
 * The ID of the connector that the user named: by ID, display name, the GUID that pac knows, resource ID or an address of the
 * maker portal. What has the form of an ID costs no request; anything else is sent only when it is in the list of the
 * environment. Raises {@link UsageError} for a name that is unknown or ambiguous, and the listing's error.
 */
export async function findConnector(
  written: string,
  environment: string,
  remote: Remote,
  context: ListingContext,
): Promise<string> {
  const portal = readPortalAddress(written);
  const named = portal ? portal.connectorId : written;
  if (named === undefined) {
    throw new UsageError(`${written} isn't the URL of a connector.`, {
      hint: "The URL of a connector's page contains its ID, which starts with shared_.",
    });
  }
  if (defaultId.test(named)) return requireConnectorId(named);
  const connectors = await listConnectors(environment, remote, context);
  const ofGuid = connectors.find(({ properties }) => isSameGuid(properties?.metadata?.xrmConnectorId, named));
  if (ofGuid) return requireConnectorId(ofGuid.name);
  const match = matchName(named, connectors.map(namedConnector));
  if (match.kind === 'one') return requireConnectorId(match.found.id);
  if (match.kind === 'several') throw ambiguous(named, match.found, { what: 'connectors', pass: '--connector' });
  const hint = `List the connectors with:\n  paconn list --environment ${commandWord(environment)}`;
  const place = await environmentWords(environment, context);
  throw unknown(`Can't find the connector '${shownName(named)}' in ${place}.`, match.similar, hint);
}

function isSameGuid(guid: string | null | undefined, written: string): boolean {
  if (!guid) return false;
  return guid?.toLowerCase() === guidOf(written)?.toLowerCase();
}

/** A connector with what people call it. */
export function namedConnector({ name, properties }: ConnectorSummary): Named {
  const { displayName, createdBy, changedTime } = properties ?? {};
  const changed = changedTime ? `changed ${shortTime(changedTime)}` : undefined;
  return { id: name, name: displayName || name, detail: [createdBy?.displayName, changed].filter(Boolean).join(', ') };
}

/** The ID, which names a directory, too. Raises {@link UsageError} for one that is none. */
export function requireConnectorId(id: string): string {
  const { success, error } = connectorIdSchema.safeParse(id);
  if (success) return id;
  throw new UsageError(`${mismatch(error, id, () => `'${shownName(id)}'`)}.`, { cause: error });
}
