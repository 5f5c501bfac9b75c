import type { DefinitionNames } from './definitions.ts';
import type { Fields } from './fields.ts';
import type { Ledger } from './ledger.ts';
import { type OutNode, type OutObject } from './output-tree.ts';
import type { ReferenceResolver } from './references.ts';
import type { Schemas } from './schemas.ts';
import type { SourceNode } from './source.ts';

/** What all steps of a conversion share. */
export interface ConversionState {
  /** As the document has it. */
  readonly version: string;
  readonly ledger: Ledger;
  readonly references: ReferenceResolver;
  readonly names: DefinitionNames;
  readonly schemas: Schemas;
  /** A value of an extension, with its references. */
  readonly extension: (node: SourceNode) => OutNode;
  readonly example: (node: SourceNode) => OutNode;
}

/** Copies extensions that nobody has used to where the object goes, and reports other members. */
export function finishObject(fields: Fields, target: OutObject, { ledger, version, extension }: ConversionState): void {
  for (const member of fields.rest()) {
    if (!member.name.startsWith('x-')) ledger.add('member-unknown', member, { name: member.name, version });
    else if (!target.members.has(member.name)) target.members.set(member.name, extension(member));
  }
}

/** Reports what is left of an object that has no counterpart. */
export function finishHomeless(fields: Fields, object: string, { ledger, version }: ConversionState): void {
  for (const member of fields.rest()) {
    const { name } = member;
    if (name.startsWith('x-')) ledger.add('extension-homeless', member, { name, object });
    else ledger.add('member-unknown', member, { name, version });
  }
}
