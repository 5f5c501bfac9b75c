import { ApiError, FileError } from '../errors.ts';
import { JsonDocument } from '../json/document.ts';
import { type ConnectorResource, connectorResourceSchema } from './resources.ts';

/** The connector in the answer to a request that changed it, when it is there in full. */
export function changedConnector(answer: string, connectorId: string): JsonDocument<ConnectorResource> | undefined {
  try {
    const connector = JsonDocument.parse(answer, connectorResourceSchema, 'The response of the service');
    const { properties } = connector.value;
    // Without these it is not the whole connector.
    const isWhole = Boolean(properties.apiDefinitions?.originalSwaggerUrl && properties.changedTime);
    const isNamed = isSameId(idIn(connector.value), connectorId);
    return isNamed && isWhole ? connector : undefined;
  } catch (error) {
    // The change is made whatever the answer looks like; the connector can be asked for.
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

/**
 * Raises `ApiError` for another connector than the one that was asked for, as a gateway or cache in between may answer it: what is
 * compared with it, saved of it, or deleted would be the wrong one. An answer that names none is taken as it is.
 */
export function requireAskedConnector(resource: ConnectorResource, connectorId: string, doing: string): void {
  const answered = [resource.name, lastStep(resource.id)].find((id) => id && !isSameId(id, connectorId));
  if (!answered) return;
  throw new ApiError(`Can't ${doing}: the service returned another connector, ${answered}. (HTTP 200)`, {
    status: 200,
    hint: 'A proxy or gateway may have returned a saved response. Try again later. --verbose shows the requests.',
  });
}

/** Whether two IDs are of the same connector: the service doesn't tell case apart. */
export function isSameId(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

function idIn({ name, id }: ConnectorResource): string | undefined {
  return name ?? lastStep(id);
}

/** The last step of `/providers/Microsoft.PowerApps/apis/CONNECTOR`. */
function lastStep(id: string | null | undefined): string | undefined {
  return /\/apis\/(?<last>[^/\p{C}]+)$/iu.exec(id ?? '')?.groups?.['last'];
}
