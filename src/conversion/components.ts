import type { OutObject } from './output-tree.ts';
import type { SharedParts } from './shared-parts.ts';
import type { SourceNode } from './source.ts';
import { type ConversionState } from './state.ts';
import { reportType } from './wrong-type.ts';

export interface ComponentsContext {
  readonly components: SourceNode | undefined;
  /** All parts of the source that converted operations and their paths reach. */
  readonly used: ReadonlySet<SourceNode>;
  /** Those that selected operations reach, if there is a selection: what only others use is no loss. */
  readonly wanted: ReadonlySet<SourceNode> | undefined;
  readonly shared: SharedParts;
  readonly definitions: OutObject;
}

const kinds = new Set(
  'schemas responses parameters examples requestBodies headers links callbacks pathItems mediaTypes'.split(' '),
);

/** Reports components that the result doesn't have as such. */
export function reportComponents(context: ComponentsContext, state: ConversionState): void {
  const { components, used, wanted, shared, definitions } = context;
  const { ledger, names, version, schemas } = state;
  const defined = new Set(names.entries().flatMap(([name, node]) => (definitions.members.has(name) ? node : [])));
  for (const section of components?.members.values() ?? []) {
    const { name } = section;
    const isKnown = name === 'securitySchemes' || kinds.has(name);
    if (isKnown && section.kind !== 'object') reportType(ledger, section, 'an object');
    if (name === 'securitySchemes') continue;
    if (name.startsWith('x-')) ledger.add('extension-homeless', section, { name, object: 'components' });
    else if (!isKnown) ledger.add('member-unknown', section, { name, version });
    else
      for (const node of section.members.values()) {
        if (defined.has(node)) continue;
        if (!used.has(node)) {
          if (wanted?.has(node) !== false) ledger.add('component-unused', node, { name: node.name });
        } else if (name === 'schemas' ? schemas.has(node) : !shared.has(node))
          ledger.add('component-inlined', node, { name: node.name });
      }
  }
}
