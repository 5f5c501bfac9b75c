import type { Ledger } from './ledger.ts';
import type { BrokenReference } from './reach.ts';
import { rootsOf, type SourceOperation } from './source-operations.ts';
import { isWithin, positionIn, type SourceNode } from './source.ts';

/** Leaves out operations that reach a reference that leads nowhere, and reports both. */
export function reportBroken(
  operations: readonly SourceOperation[],
  broken: ReadonlyMap<SourceNode, readonly BrokenReference[]>,
  ledger: Ledger,
): readonly SourceOperation[] {
  for (const [root, references] of broken) {
    const owner = operations.find((operation) => operation.node === root);
    const what = owner ? `${owner.id} isn't converted` : "The operations that use it aren't converted";
    for (const one of references) {
      if (!isWithin(one.node, root)) continue;
      const { rule, values } = one.failure;
      ledger.add(rule, placeOf(one), { ...values, ref: one.reference, what });
    }
  }
  return operations.filter((operation) => {
    const [first] = rootsOf(operation).flatMap((root) => broken.get(root) ?? []);
    if (!first) return true;
    if (!isWithin(first.node, operation.node)) {
      const { node, reference } = first;
      const { line } = positionIn(node.file, placeOf(first).start);
      ledger.add('operation-left-out', operation.node, {
        id: operation.id,
        ref: reference,
        place: `${node.file.shown}:${line}`,
      });
    }
    return false;
  });
}

function placeOf({ node }: BrokenReference): SourceNode {
  return node.members.get('$ref') ?? node.members.get('$dynamicRef') ?? node;
}
