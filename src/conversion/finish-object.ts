import type { Fields } from './fields.ts';
import type { Ledger } from './ledger.ts';
import type { OutNode, OutObject } from './output-tree.ts';
import type { SourceNode } from './source.ts';

/** What is known wherever an object is converted. */
export interface ObjectContext {
  /** Of the format, as the document has it. */
  readonly version: string;
  readonly ledger: Ledger;
  /** A value of an extension, with its references. */
  readonly extension: (node: SourceNode) => OutNode;
}

/** Copies extensions that weren't used to where the object goes, and reports other members. */
export function finishObject(fields: Fields, target: OutObject, { ledger, version, extension }: ObjectContext): void {
  for (const member of fields.rest()) {
    const { name } = member;
    if (!name.startsWith('x-')) ledger.add('member-unknown', member, { name, version });
    else if (target.members.has(name)) ledger.add('extension-twice', member, { name });
    else target.members.set(name, extension(member));
  }
}

/** Reports what is left of an object that has no counterpart. */
export function finishHomeless(fields: Fields, object: string, { ledger, version }: ObjectContext): void {
  for (const member of fields.rest()) {
    const { name } = member;
    if (name.startsWith('x-')) ledger.add('extension-homeless', member, { name, object });
    else ledger.add('member-unknown', member, { name, version });
  }
}
