import type { Ledger } from './ledger.ts';
import type { ReferenceResolver } from './references.ts';
import { referenceOf, type SourceNode } from './source.ts';

/** The value behind a chain of references, or the value itself. What stands next to a reference is reported. */
export function followed(
  node: SourceNode | undefined,
  { references, ledger }: { readonly references: ReferenceResolver; readonly ledger: Ledger },
): SourceNode | undefined {
  const value = references.valueOf(node);
  // Where it leads nowhere, whatever uses it is left out.
  let at = value && node;
  while (at && at !== value) {
    const reference = referenceOf(at);
    for (const member of at.members.values())
      if (member.name !== '$ref') ledger.add('reference-siblings', member, { name: member.name });
    const target = reference === undefined ? undefined : references.resolve(at, reference);
    at = target && 'node' in target ? target.node : undefined;
  }
  return value;
}
