import type { Connector } from '../connector/connector.ts';
import type { DocumentPart } from '../connector/part.ts';
import { toJson } from '../json/document.ts';
import { pointerPath } from '../json/pointer.ts';
import { type JsonNode, nodeAt } from '../json/tree.ts';
import { partOfPointer, withValues } from './place-values.ts';

/** What is shown of a value that is a secret. */
export const stars = toJson('***');

/** The connector, of which these values are also secrets. */
export function concealing(connector: Connector, pointers: readonly string[] = []): Connector {
  return pointers.length === 0 ? connector : { ...connector, concealed: concealedIn([connector], pointers) };
}

/** The pointers to secrets in any of several states of a connector: who reads one from an environment doesn't know them. */
export function concealedIn(states: readonly Connector[], pointers: readonly string[] = []): readonly string[] {
  return [...new Set([...states.flatMap(({ concealed = [] }) => concealed), ...pointers])];
}

/** The connector with stars for these secrets. */
export function withStars(connector: Connector, pointers = concealedIn([connector])): Connector {
  return withValues(connector, new Map(pointers.map((pointer) => [pointer, stars])));
}

/** The single values of a document that are secrets, or inside one. */
export function concealedNodes(
  tree: JsonNode | undefined,
  part: DocumentPart,
  pointers: readonly string[],
): readonly JsonNode[] {
  const own = pointers.filter((pointer) => partOfPointer(pointer) === part);
  return own.flatMap((pointer) => nodesIn(pointerPath(pointer).reduce(childOf, tree)));
}

function childOf(node: JsonNode | undefined, step: string): JsonNode | undefined {
  return nodeAt(node, node?.type === 'array' ? Number(step) : step);
}

function nodesIn(node: JsonNode | undefined): readonly JsonNode[] {
  if (node?.type === 'object') return node.members.flatMap(({ value }) => nodesIn(value));
  if (node?.type === 'array') return node.items.flatMap(nodesIn);
  return node ? [node] : [];
}
