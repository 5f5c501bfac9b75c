import type { DefinitionNames } from './definitions.ts';
import type { ObjectContext } from './finish-object.ts';
import type { OutNode } from './output-tree.ts';
import type { ReferenceResolver } from './references.ts';
import type { Schemas } from './schemas.ts';
import type { SourceNode } from './source.ts';

/** What all steps of a conversion share. */
export interface ConversionState extends ObjectContext {
  readonly references: ReferenceResolver;
  readonly names: DefinitionNames;
  readonly schemas: Schemas;
  readonly example: (node: SourceNode) => OutNode | undefined;
}
