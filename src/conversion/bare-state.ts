import type { DefinitionNames } from './definitions.ts';
import type { Ledger } from './ledger.ts';
import type { OutNode } from './output-tree.ts';
import type { ReferenceResolver } from './references.ts';
import { Schemas } from './schemas.ts';
import { type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';

export interface BareParts {
  readonly root: SourceNode;
  readonly ledger: Ledger;
  readonly references: ReferenceResolver;
  readonly names: DefinitionNames;
  readonly copy: (node: SourceNode) => OutNode;
}

/** What conversions share whose values are copied as they are. */
export function bareState({ root, ledger, references, names, copy }: BareParts): ConversionState {
  const around = { ledger, references, names, extension: copy, example: copy };
  const version = sourceText(root.members.get('swagger')) ?? '2.0';
  const schemas = new Schemas({ ...around, version, hasSiblings: false, keepsForm: false, isInput: () => false });
  return { ...around, version, schemas };
}
