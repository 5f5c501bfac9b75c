import { type Remote, isInUse, type Target } from '../../api/remote.ts';
import type { ConnectionResource } from '../../api/resources.ts';
import type { RemoteState } from '../../connector/connector.ts';
import type { Context } from '../../context.ts';
import { ApiError, FileError, NetworkError, PaconnError } from '../../errors.ts';
import type { Backup } from '../../history/backups.ts';
import { fetchConnector } from '../../api/fetch-connector.ts';
import { backUp } from '../../publish/back-up.ts';

/** A connector that is to be deleted. */
export interface DoomedConnector {
  readonly target: Target;
  /** What it is called; its ID where it has no name. */
  readonly title: string;
  /** All of it, unless a part cannot be downloaded. */
  readonly current: RemoteState | undefined;
}

/** Reads what is to be deleted. Raises what `getConnector` raises. */
export async function readDoomed(target: Target, remote: Remote): Promise<DoomedConnector> {
  const connector = await remote.getConnector(target);
  const title = connector.value.properties.displayName || target.connectorId;
  try {
    return { target, title, current: await fetchConnector(remote, connector) };
  } catch (error) {
    // One that is broken can be deleted all the same; it is said that there is no copy.
    if (error instanceof ApiError || error instanceof NetworkError || error instanceof FileError)
      return { target, title, current: undefined };
    throw error;
  }
}

/** Keeps a copy; undefined where that cannot be, which is said. */
export async function backUpBeforeDelete(
  { target, current }: DoomedConnector,
  context: Context,
): Promise<Backup | undefined> {
  return await backUp('delete', target, current, context);
}

/** More of them are counted. */
const mostListed = 20;

/** Raises, in place of the refusal for a connector in use, an error that names what uses it. */
export async function refusedForUse(
  deleting: Promise<void>,
  { target, title }: DoomedConnector,
  remote: Remote,
): Promise<void> {
  try {
    await deleting;
  } catch (error) {
    if (!isInUse(error)) throw error;
    const connections = await connectionsWith(target, remote);
    const lines = connections.slice(0, mostListed).map(connectionWords);
    if (connections.length > mostListed) lines.push(`  and ${connections.length - mostListed} more`);
    throw new PaconnError(`'${title}' is not deleted: there are connections with it.`, {
      detail: lines.length > 0 ? lines.join('\n') : error.serviceMessage,
      hint: 'Delete the connections in the maker portal, those of other users too, then the connector.',
      cause: error,
    });
  }
}

/** Those that the user may see, if any: the refusal is what matters. */
async function connectionsWith(target: Target, remote: Remote): Promise<readonly ConnectionResource[]> {
  try {
    return await remote.listConnections(target);
  } catch (error) {
    if (error instanceof ApiError || error instanceof NetworkError) return [];
    throw error;
  }
}

function connectionWords({ name, properties }: ConnectionResource): string {
  const owner = properties?.createdBy?.displayName;
  return `  ${properties?.displayName || name}${owner ? ` of ${owner}` : ''} (${name})`;
}
