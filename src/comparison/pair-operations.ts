import type { Operation } from '../connector/operations.ts';

export function operationName({ id, route }: Operation): string {
  return id ?? route;
}

/** The operations that were there before and are there now; those without a partner come alone. */
export interface OperationPair {
  readonly before: Operation | undefined;
  readonly after: Operation | undefined;
}

/** Finds each operation again: by its ID, and when it has got another one by method and path. */
export function pairOperations(before: readonly Operation[], after: readonly Operation[]): readonly OperationPair[] {
  const partners = new Map<Operation, Operation>();
  const taken = new Set<Operation>();
  const pairBy = (key: (operation: Operation) => string | undefined): void => {
    const candidates = uniqueBy(
      after.filter((operation) => !taken.has(operation)),
      key,
    );
    const waiting = before.filter((operation) => !partners.has(operation));
    for (const [name, operation] of uniqueBy(waiting, key)) {
      const partner = candidates.get(name);
      if (!partner) continue;
      partners.set(operation, partner);
      taken.add(partner);
    }
  };
  pairBy(({ id }) => id);
  pairBy(({ route }) => route);
  return [
    ...before.map((operation) => ({ before: operation, after: partners.get(operation) })),
    ...after.flatMap((operation) => (taken.has(operation) ? [] : [{ before: undefined, after: operation }])),
  ];
}

/** By a key that no other has. */
function uniqueBy(
  operations: readonly Operation[],
  key: (operation: Operation) => string | undefined,
): ReadonlyMap<string, Operation> {
  const found = new Map<string, Operation>();
  const repeated = new Set<string>();
  for (const operation of operations) {
    const name = key(operation);
    if (name === undefined) continue;
    if (found.has(name)) repeated.add(name);
    found.set(name, operation);
  }
  for (const name of repeated) found.delete(name);
  return found;
}
