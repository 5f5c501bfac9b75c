import type { JsonPath } from '../json/pointer.ts';
import { isMethod } from '../connector/methods.ts';
import { type JsonNode, nodeAt, stringOf } from '../json/tree.ts';

/** An operation of an API definition. */
export interface Operation {
  readonly id: string | undefined;
  /** Such as `GET /pets/{id}`. */
  readonly route: string;
  readonly node: JsonNode;
  readonly path: JsonPath;
}

/** Whether this is the path to an operation, from the root of the definition. */
export function isOperation(steps: readonly string[]): boolean {
  return steps.length === 3 && steps[0] === 'paths' && isMethod(steps[2] ?? '');
}

export function operationsOf(definition: JsonNode): readonly Operation[] {
  return membersOf(nodeAt(definition, 'paths')).flatMap(([route, item]) =>
    membersOf(item)
      .filter(([method]) => isMethod(method))
      .map(([method, node]) => ({
        id: stringOf(nodeAt(node, 'operationId')) || undefined,
        route: `${method.toUpperCase()} ${route}`,
        node,
        path: ['paths', route, method],
      })),
  );
}

export function operationName({ id, route }: Operation): string {
  return id ?? route;
}

function membersOf(node: JsonNode | undefined): readonly (readonly [name: string, value: JsonNode])[] {
  return node?.type === 'object' ? [...node.byName.values()].map(({ name, value }) => [name, value]) : [];
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
