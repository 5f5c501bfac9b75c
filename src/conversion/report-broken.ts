import type { Ledger } from './ledger.ts';
import { leaveOutFor } from './obstacle.ts';
import type { BrokenReference } from './reach.ts';
import { placeOfReference, reportReference } from './report-reference.ts';
import { rootsOf, type SourceOperation } from './source-operations.ts';
import { isWithin, type SourceNode } from './source.ts';

/** Leaves out operations that reach a reference that leads nowhere, and reports both. */
export function reportBroken(
  operations: readonly SourceOperation[],
  broken: ReadonlyMap<SourceNode, readonly BrokenReference[]>,
  ledger: Ledger,
): readonly SourceOperation[] {
  const owners = new Map(operations.map((operation) => [operation.node, operation] as const));
  const reported = new Set<SourceNode>();
  // An operation may be within another part that was looked through, and says more about the reference.
  for (const [root, references] of [...broken].toSorted(([one], [other]) => +owners.has(other) - +owners.has(one))) {
    const owner = owners.get(root);
    const what = owner ? `${owner.id} isn't converted` : "The operations that use it aren't converted";
    for (const one of references) {
      if (!isWithin(one.node, root) || reported.has(one.node)) continue;
      reported.add(one.node);
      reportReference(one, what, ledger);
    }
  }
  return operations.filter((operation) => {
    const [first] = rootsOf(operation).flatMap((root) => broken.get(root) ?? []);
    if (!first) return true;
    leaveOutFor(operation, { node: placeOfReference(first), words: `'${first.reference}'` }, ledger);
    return false;
  });
}
