import type { ConnectorState } from '../connector/connector-state.ts';
import type { JsonDocument } from '../json/document.ts';
import { parseTree } from '../json/tree.ts';
import type { Change } from './change.ts';
import { compareDefinitions } from './compare-definitions.ts';
import { compareProperties } from './compare-properties.ts';

/** How two states of a connector differ, in the words of users; nothing when all their parts are the same by value. */
export function compareStates(before: ConnectorState, after: ConnectorState): readonly Change[] {
  const definition = compareDocuments(before.apiDefinition, after.apiDefinition);
  return [
    ...titleChanges(before, after, definition),
    ...definition,
    ...compareProperties(parseTree(before.apiProperties.text), parseTree(after.apiProperties.text)),
    ...contentChanges('icon', before.icon, after.icon),
    ...contentChanges('script', before.script, after.script),
  ];
}

function compareDocuments(before: JsonDocument | undefined, after: JsonDocument | undefined): readonly Change[] {
  if (before && after) return compareDefinitions(parseTree(before.text), parseTree(after.text));
  if (!before && !after) return [];
  return [
    whole({ part: 'apiDefinition', area: 'information', kind: after ? 'added' : 'removed', detail: 'API definition' }),
  ];
}

/** What a connector is called stands in its definition, too: a change of both is one. */
function titleChanges(before: ConnectorState, after: ConnectorState, definition: readonly Change[]): readonly Change[] {
  if (before.title === after.title) return [];
  const [from, to] = [before.title, after.title].map((title) => title && JSON.stringify(title));
  const isTold = ({ pointer, ...told }: Change): boolean =>
    pointer === '/info/title' && told.before === from && told.after === to;
  if (definition.some(isTold)) return [];
  const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
  return [whole({ part: 'title', area: 'title', kind, before: from, after: to })];
}

function contentChanges(
  part: 'icon' | 'script',
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
): readonly Change[] {
  if (before === after || (before && after && Buffer.compare(before, after) === 0)) return [];
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return [whole({ part, area: part, kind, before: sizeOf(before), after: sizeOf(after) })];
}

function sizeOf(content: Uint8Array | undefined): string | undefined {
  return content && `${content.length} bytes`;
}

type Whole = Pick<Change, 'part' | 'area' | 'kind'> & Partial<Pick<Change, 'detail' | 'before' | 'after'>>;

function whole(change: Whole): Change {
  const rest = { subject: undefined, pointer: '', breaking: undefined, usedBy: [] };
  return { detail: undefined, before: undefined, after: undefined, ...rest, ...change };
}
