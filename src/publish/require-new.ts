import { isSameId } from '../api/answered-connector.ts';
import type { CreatedConnector, Remote } from '../api/remote.ts';
import type { ConnectorResource, ConnectorSummary } from '../api/resources.ts';
import type { Context } from '../context.ts';
import { ApiError, PaconnError } from '../errors.ts';
import type { JsonDocument } from '../json/document.ts';
import { readUntil } from './read-until.ts';

/** What the service says that it created. */
export interface ClaimedCreation {
  readonly environment: string;
  readonly created: CreatedConnector;
  /** The connectors that the environment had before, where they are known. */
  readonly before: readonly ConnectorSummary[] | undefined;
}

/**
 * Makes sure that the connector in the answer is a new one, and that it is there, before its ID is kept. Raises `ApiError` where it
 * isn't; who cannot be asked now doesn't say.
 */
export async function requireNew(
  { environment, created, before }: ClaimedCreation,
  remote: Remote,
  context: Pick<Context, 'signal'>,
): Promise<CreatedConnector> {
  const { connectorId } = created;
  if (before?.some(({ name }) => isSameId(name, connectorId))) throw unexpected(`${connectorId} existed before`);
  if (created.connector) return created;
  const target = { environment, connectorId };
  const read = async (): Promise<JsonDocument<ConnectorResource> | undefined | 'gone'> => {
    try {
      return await remote.getConnector(target);
    } catch (error) {
      if (!(error instanceof PaconnError)) throw error;
      return (await isSurelyGone(error)) ? 'gone' : undefined;
    }
  };
  const isSurelyGone = async (error: PaconnError): Promise<boolean> => {
    try {
      return await remote.isGone(error, target);
    } catch (unlisted) {
      if (unlisted instanceof PaconnError) return false;
      throw unlisted;
    }
  };
  const connector = await readUntil((found) => found !== 'gone', context, read);
  if (connector === 'gone') throw unexpected(`${connectorId} doesn't exist`);
  return { connectorId, connector };
}

function unexpected(why: string): ApiError {
  return new ApiError(`Can't create the connector: the service returned an unexpected response: ${why}. (HTTP 200)`, {
    status: 200,
  });
}
