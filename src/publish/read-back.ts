import type { Remote, Target } from '../api/remote.ts';
import type { ConnectorResource } from '../api/resources.ts';
import type { Connector, RemoteState } from '../connector/connector.ts';
import { type ConnectorPart, connectorParts } from '../connector/part.ts';
import { isSameValue, type JsonNode, nodeAt } from '../json/tree.ts';
import type { JsonDocument } from '../json/document.ts';
import { fetchConnector } from '../api/fetch-connector.ts';

/**
 * What an environment holds after a change: by the answer to the request that made it, else by asking. Raises `ApiError`,
 * `NetworkError` and `FileError`.
 */
export async function readBack(
  remote: Remote,
  target: Target,
  answer: JsonDocument<ConnectorResource> | undefined,
): Promise<RemoteState> {
  return await fetchConnector(remote, answer ?? (await remote.getConnector(target)));
}

/** Something that the service has not taken over as it was sent. */
export interface Loss {
  readonly part: ConnectorPart;
  /** The members of a document that are not as they were sent, `connectionParameters/token/type`; none for a whole part. */
  readonly members: readonly string[];
}

/**
 * What the service did not take over as it was sent. What it adds to documents, such as defaults, is no loss, and neither is
 * an icon when none was sent: then the connector keeps its own.
 */
export function notTakenOver(sent: Connector, current: Connector): readonly Loss[] {
  return connectorParts.flatMap((part): readonly Loss[] => {
    const content = sent[part];
    if (content?.hash === current[part]?.hash || (part === 'icon' && !content)) return [];
    if (part === 'icon' || part === 'script') return [{ part, members: [] }];
    const [sentTree, tree] = [sent[part]?.tree, current[part]?.tree];
    if (!sentTree || !tree) return [{ part, members: [] }];
    const members = lostMembers(sentTree, tree).map(({ path }) => memberName(part, path));
    return members.length === 0 ? [] : [{ part, members }];
  });
}

/**
 * What is as it was before something else was sent, or not there: whole parts, and members of documents in whose place there is
 * nothing, or fewer items. A member with another value may be as the service writes it, whatever it is sent.
 */
export function stale(sent: Connector, current: Connector, before: Connector): readonly Loss[] {
  return notTakenOver(sent, current).flatMap((loss): readonly Loss[] => {
    const { part } = loss;
    if (before[part]?.hash === current[part]?.hash) return [loss];
    if (!current[part]) return [loss];
    if (part === 'icon' || part === 'script') return [];
    const [sentTree, tree, treeBefore] = [sent, current, before].map((state) => state[part]?.tree);
    if (!sentTree || !tree) return [];
    const members = lostMembers(sentTree, tree)
      .filter(
        (lost) => isEmpty(lost.value) || (isShortened(lost) && isSame(lost.value, nodeAt(treeBefore, ...lost.path))),
      )
      .map(({ path }) => memberName(part, path));
    return members.length === 0 ? [] : [{ part, members }];
  });
}

/**
 * Icon and script with other content than was sent: the service changes nothing in them, as it does in documents, so someone else
 * has replaced them.
 */
export function replacedSince(sent: Connector, current: Connector): readonly Loss[] {
  return notTakenOver(sent, current).filter(({ part }) => part === 'icon' || part === 'script');
}

function isShortened({ sent, value }: LostMember): boolean {
  return sent.type === 'array' && value?.type === 'array' && value.items.length < sent.items.length;
}

function isSame(one: JsonNode | undefined, other: JsonNode | undefined): boolean {
  return other !== undefined && isSameValue(one, other);
}

type Path = readonly string[];

/** API properties have all their members in one. */
function memberName(part: ConnectorPart, path: Path): string {
  return path.slice(part === 'apiProperties' ? 1 : 0).join('/');
}

interface LostMember {
  readonly path: Path;
  readonly sent: JsonNode;
  /** The value at its location. */
  readonly value: JsonNode | undefined;
}

/** All that a value does not have of what was sent. Nothing is as good as what is empty. */
function lostMembers(sent: JsonNode, value: JsonNode | undefined, path: Path = []): readonly LostMember[] {
  if (isEmpty(sent) && isEmpty(value)) return [];
  if (sent.type === 'array' && value?.type === 'array' && sent.items.length === value.items.length) {
    return sent.items.flatMap((item, index) => lostMembers(item, value.items[index], [...path, String(index)]));
  }
  if (sent.type === 'object' && value?.type === 'object') {
    return [...sent.byName].flatMap(([name, member]) =>
      lostMembers(member.value, value.byName.get(name)?.value, [...path, name]),
    );
  }
  return isSameValue(value, sent) ? [] : [{ path, sent, value }];
}

function isEmpty(value: JsonNode | undefined): boolean {
  if (value?.type === 'object') return value.members.length === 0;
  return value === undefined || value.type === 'null' || (value.type === 'array' && value.items.length === 0);
}
