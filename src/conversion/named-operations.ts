import type { Ledger } from './ledger.ts';
import type { Reach } from './reach.ts';
import type { SourceNode } from './source.ts';
import { pathMember, type SourceOperation } from './source-operations.ts';

export interface NamedOperations {
  readonly selected: readonly SourceOperation[];
  readonly notes: readonly string[];
}

/**
 * Adds the operations that selected ones name, themselves or in what they refer to, such as those that list the values of a parameter.
 * All others are left out.
 */
export function withNamedOperations(
  all: readonly SourceOperation[],
  selected: readonly SourceOperation[],
  { reach, ledger }: { readonly reach: Reach; readonly ledger: Ledger },
): NamedOperations {
  if (selected.length === all.length) return { selected: all, notes: [] };
  const byId = new Map(
    all.flatMap((one) => [[one.id, one] as const, ...(one.stated === undefined ? [] : [[one.stated, one] as const])]),
  );
  const taken = new Set(selected);
  const passed = new Set<SourceNode>();
  const notes: string[] = [];
  for (const operation of taken) {
    const roots = [pathMember(operation.pathItem, 'parameters') ?? [], operation.node].flat();
    for (const part of reach.from(roots, passed)) {
      passed.add(part);
      for (const id of reach.operationIdsIn(part)) {
        const named = byId.get(id);
        if (!named || taken.has(named)) continue;
        taken.add(named);
        notes.push(`${named.id} is converted as well because ${operation.id} uses it.`);
      }
    }
  }
  for (const operation of all) if (!taken.has(operation)) ledger.leaveOut(operation.node);
  return { selected: all.filter((one) => taken.has(one)), notes };
}
