import type { ConnectorApi, Target } from '../api/connector-api.ts';
import type { ConnectorResource } from '../api/resources.ts';
import type { ConnectorPart, ConnectorState, RemoteState } from '../connector/connector-state.ts';
import { canonicalJson } from '../json/canonical.ts';
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
export function partsNotTakenOver(sent: ConnectorState, remote: ConnectorState): ConnectorPart[] {
  const isTaken = {
    apiDefinition: holds(remote.apiDefinition, sent.apiDefinition),
    apiProperties: holds(remote.apiProperties, sent.apiProperties),
    icon: sent.icon === undefined || isSameContent(sent.icon, remote.icon),
    script: isSameContent(sent.script, remote.script),
  };
  const parts = ['apiDefinition', 'apiProperties', 'icon', 'script'] as const;
  return parts.filter((part) => !isTaken[part]);
}

function isSameContent(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one && other ? Buffer.compare(one, other) === 0 : one === other;
}

/** Whether a document has all that another one says. */
function holds(document: JsonDocument | undefined, other: JsonDocument | undefined): boolean {
  return document && other ? holdsValue(valueOf(document), valueOf(other)) : document === other;
}

/** A value to compare: the canonical one, in which numbers are exact. */
function valueOf(document: JsonDocument): unknown {
  return JSON.parse(canonicalJson(document));
}

/** Nothing is as good as what is empty. */
function holdsValue(value: unknown, other: unknown): boolean {
  if (isEmpty(other) && isEmpty(value)) return true;
  if (Array.isArray(other)) {
    return (
      Array.isArray(value) && value.length === other.length && other.every((item, at) => holdsValue(value[at], item))
    );
  }
  if (!isObject(other)) return value === other;
  return isObject(value) && Object.entries(other).every(([name, member]) => holdsValue(value[name], member));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
