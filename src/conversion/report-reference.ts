import type { Ledger } from './ledger.ts';
import type { BrokenReference } from './reach.ts';
import type { SourceNode } from './source.ts';

/** Reports a reference that leads nowhere. @param what What becomes of whatever uses it, as a sentence without its period. */
export function reportReference(broken: BrokenReference, what: string, ledger: Ledger): void {
  const { rule, values } = broken.failure;
  ledger.add(rule, placeOfReference(broken), { ...values, ref: broken.reference, what });
}

export function placeOfReference({ node }: BrokenReference): SourceNode {
  return node.members.get('$ref') ?? node.members.get('$dynamicRef') ?? node;
}
