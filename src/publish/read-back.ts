import type { ConnectorApi, Target } from '../api/connector-api.ts';
import type { ConnectorResource } from '../api/resources.ts';
import type { Connector, RemoteState } from '../connector/connector.ts';
import type { DefinitionContent } from '../connector/part-content.ts';
import { type ConnectorPart, connectorParts, type PerPart } from '../connector/part.ts';
import { isSameValue, type JsonNode } from '../json/tree.ts';
import type { Http } from '../io/net/http.ts';
import type { JsonDocument } from '../json/document.ts';
import { fetchConnector } from '../api/fetch-connector.ts';

/**
 * What an environment holds after a change: by the answer to the request that made it, else by asking. Raises `ApiError`,
 * `NetworkError` and `FileError`.
 */
export async function readBack(
  { api, http }: { readonly api: ConnectorApi; readonly http: Http },
  target: Target,
  answer: JsonDocument<ConnectorResource> | undefined,
): Promise<RemoteState> {
  return await fetchConnector(http, answer ?? (await api.getConnector(target)));
}

/**
 * The parts that the service did not take over as they were sent. What it adds to documents, such as defaults, is no
 * difference, and neither is an icon when none was sent: then the connector keeps its own.
 */
export function partsNotTakenOver(sent: Connector, remote: Connector): ConnectorPart[] {
  const isTaken: PerPart<boolean> = {
    apiDefinition: holds(remote.apiDefinition, sent.apiDefinition),
    apiProperties: holds(remote.apiProperties, sent.apiProperties),
    icon: sent.icon === undefined || sent.icon.hash === remote.icon?.hash,
    script: sent.script?.hash === remote.script?.hash,
  };
  return connectorParts.filter((part) => !isTaken[part]);
}

/** Whether a document has all that another one says. */
function holds<T extends Document>(document: T | undefined, other: T | undefined): boolean {
  if (!document || !other) return document === other;
  return document.hash === other.hash || holdsValue(document.tree, other.tree);
}

type Document = Pick<DefinitionContent, 'hash' | 'tree'>;

/** Nothing is as good as what is empty. */
function holdsValue(value: JsonNode | undefined, other: JsonNode): boolean {
  if (isEmpty(other) && isEmpty(value)) return true;
  if (other.type === 'array') {
    return (
      value?.type === 'array' &&
      value.items.length === other.items.length &&
      other.items.every((item, at) => holdsValue(value.items[at], item))
    );
  }
  if (other.type !== 'object') return isSameValue(value, other);
  return (
    value?.type === 'object' &&
    [...other.byName].every(([name, member]) => holdsValue(value.byName.get(name)?.value, member.value))
  );
}

function isEmpty(value: JsonNode | undefined): boolean {
  if (value?.type === 'object') return value.members.length === 0;
  return value === undefined || value.type === 'null' || (value.type === 'array' && value.items.length === 0);
}
