import { Fields } from './fields.ts';
import type { OutObject } from './output-tree.ts';
import { connectorMethods, type SourceOperation, type SourcePath } from './source-operations.ts';
import { publicUrl } from './servers.ts';
import { type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';
import { isBlank } from './words.ts';
import { reportType } from './wrong-type.ts';

export interface PathItemsContext {
  readonly items: readonly SourcePath[];
  /** The operations of the source, those that were selected, and those that are in the result. */
  readonly all: readonly SourceOperation[];
  readonly selected: readonly SourceOperation[];
  readonly converted: readonly SourceOperation[];
}

/** Reports what the source says about paths and no operation has taken up. */
export function finishPathItems(
  source: SourceNode | undefined,
  paths: OutObject,
  { items, all, selected, converted }: PathItemsContext,
  state: ConversionState,
): void {
  finishMap(source, paths, state);
  const byItem = new Map<SourcePath, SourceOperation[]>();
  for (const operation of converted) {
    const own = byItem.get(operation.pathItem);
    if (own) own.push(operation);
    else byItem.set(operation.pathItem, [operation]);
  }
  const [ofAll, ofSelected] = [all, selected].map((list) => new Set(list.map(({ pathItem }) => pathItem)));
  for (const item of items) {
    const operations = byItem.get(item);
    if (operations) finishUsed(item, operations, state);
    else if (!ofAll?.has(item) || ofSelected?.has(item))
      state.ledger.leaveOutFor('path-empty', item.node, { path: item.path });
  }
}

/** What stands between paths. */
function finishMap(source: SourceNode | undefined, paths: OutObject, { ledger, extension }: ConversionState): void {
  for (const node of source?.members.values() ?? [])
    if (node.name.startsWith('x-')) paths.members.set(node.name, extension(node));
    else if (node.kind !== 'object') reportType(ledger, node, 'an object');
}

const others = new Set(['trace', 'query', 'additionalOperations']);

function finishUsed(item: SourcePath, operations: readonly SourceOperation[], state: ConversionState): void {
  const { ledger, version } = state;
  const lacks = (name: string): boolean =>
    operations.some(
      ({ node }) => isBlank(sourceText(node.members.get(name))) || node.members.get(name)?.kind === 'null',
    );
  const said = new Set<string>();
  for (const layer of item.layers) {
    const fields = new Fields(layer, ledger);
    const reference = fields.take('$ref');
    if (reference) ledger.add('path-item-ref', reference);
    for (const name of ['summary', 'description']) {
      const text = fields.text(name);
      if (!text || isBlank(sourceText(text))) continue;
      // The first one that says it counts.
      if (said.has(name) || !lacks(name)) ledger.add('path-text', text, { name }, 'dropped');
      said.add(name);
    }
    fields.list('parameters');
    const servers = version === '2.0' ? undefined : fields.list('servers');
    if (operations.every(({ node }) => node.members.has('servers')))
      for (const [index, node] of (servers?.items ?? []).entries())
        ledger.add('server-of-operation-other', node, {
          n: index + 1,
          url: publicUrl(sourceText(node.members.get('url')) ?? ''),
        });
    for (const member of fields.rest()) {
      const { name } = member;
      if (connectorMethods.has(name) || others.has(name)) {
        if (member.kind !== 'object') reportType(ledger, member, 'an object');
      } else if (!name.startsWith('x-')) ledger.add('member-unknown', member, { name, version });
    }
  }
}
