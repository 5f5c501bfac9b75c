import { type Connector, titleOf } from '../connector/connector.ts';
import type { DefinitionContent, PartContent, PropertiesContent } from '../connector/part-content.ts';
import type { DocumentPart } from '../connector/part.ts';
import { interruptible } from '../interruptible.ts';
import type { JsonNode } from '../json/tree.ts';
import { concealedIn, concealedNodes } from '../values/concealed-values.ts';
import type { Change } from './change.ts';
import { compareDefinitions } from './compare-definitions.ts';
import { compareProperties } from './compare-properties.ts';

/**
 * How two states of a connector differ, in the words of users; nothing when all their parts are the same by value. Raises
 * `InterruptedError`.
 */
export function compareStates(before: Connector, after: Connector): readonly Change[] {
  return interruptible(() => changesBetween(before, after));
}

function changesBetween(before: Connector, after: Connector): readonly Change[] {
  const pointers = concealedIn([before, after]);
  const definition = definitionChanges(before.apiDefinition, after.apiDefinition, pointers);
  return [
    ...titleChanges(before, after, definition),
    ...definition,
    ...compareProperties(
      before.apiProperties.tree,
      after.apiProperties.tree,
      concealedNodesOf('apiProperties', [before.apiProperties, after.apiProperties], pointers),
    ),
    ...contentChanges('icon', before.icon, after.icon),
    ...contentChanges('script', before.script, after.script),
  ];
}

function definitionChanges(
  before: DefinitionContent | undefined,
  after: DefinitionContent | undefined,
  pointers: readonly string[],
): readonly Change[] {
  if (before && after) {
    const concealed = concealedNodesOf('apiDefinition', [before, after], pointers);
    return compareDefinitions(before.tree, after.tree, concealed);
  }
  if (!before && !after) return [];
  return [
    whole({ part: 'apiDefinition', area: 'information', kind: after ? 'added' : 'removed', detail: 'API definition' }),
  ];
}

/** A value that is a secret here may be at another place there, so both sides are asked. */
function concealedNodesOf(
  part: DocumentPart,
  contents: readonly (DefinitionContent | PropertiesContent)[],
  pointers: readonly string[],
): ReadonlySet<JsonNode> {
  return new Set(pointers.length === 0 ? [] : contents.flatMap(({ tree }) => concealedNodes(tree, part, pointers)));
}

/** What a connector is called stands in its definition, too: a change of both is one. */
function titleChanges(before: Connector, after: Connector, definition: readonly Change[]): readonly Change[] {
  const [from, to] = [before, after].map((connector) => JSON.stringify(titleOf(connector)));
  if (from === to) return [];
  const isReported = (change: Change): boolean =>
    change.pointer === '/info/title' && change.before === from && change.after === to;
  if (definition.some(isReported)) return [];
  const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
  return [whole({ part: 'title', area: 'title', kind, before: from, after: to })];
}

function contentChanges(
  part: 'icon' | 'script',
  before: PartContent | undefined,
  after: PartContent | undefined,
): readonly Change[] {
  if (before?.hash === after?.hash) return [];
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return [whole({ part, area: part, kind, before: sizeOf(before), after: sizeOf(after) })];
}

function sizeOf(content: PartContent | undefined): string | undefined {
  return content && `${content.size} bytes`;
}

type Whole = Pick<Change, 'part' | 'area' | 'kind'> & Partial<Pick<Change, 'detail' | 'before' | 'after'>>;

function whole(change: Whole): Change {
  const rest = { subject: undefined, pointer: '', place: '', breaking: undefined, rule: undefined, usedBy: [] };
  return { detail: undefined, before: undefined, after: undefined, ...rest, ...change };
}
