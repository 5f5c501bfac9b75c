import { type JsonNode, nodeAt, stringOf } from '../json/tree.ts';
import { isMethod } from './methods.ts';

/** An operation of an API definition. */
export interface Operation {
  readonly id: string | undefined;
  /** Such as `GET /pets/{id}`. */
  readonly route: string;
  readonly node: JsonNode;
  /** From the root of the definition: `paths`, a path, a method as it is written. */
  readonly path: readonly ['paths', path: string, method: string];
}

/** Whether this is the path to an operation, from the root of the definition. */
export function isOperation(steps: readonly string[]): boolean {
  return steps.length === 3 && steps[0] === 'paths' && isMethod(steps[2] ?? '');
}

/** The operations of an API definition, in its order. */
export function operationsOf(definition: JsonNode | undefined): readonly Operation[] {
  return membersOf(nodeAt(definition, 'paths')).flatMap(([route, item]) =>
    membersOf(item)
      .filter(([method]) => isMethod(method))
      .map(([method, node]) => ({
        id: stringOf(nodeAt(node, 'operationId')) || undefined,
        route: `${method.toUpperCase()} ${route}`,
        node,
        path: ['paths', route, method] as const,
      })),
  );
}

function membersOf(node: JsonNode | undefined): readonly (readonly [name: string, value: JsonNode])[] {
  return node?.type === 'object' ? [...node.byName.values()].map(({ name, value }) => [name, value]) : [];
}
