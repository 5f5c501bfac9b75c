import { type JsonNode, nodeAt, stringOf } from '../json/tree.ts';
import { type Operation, operationsOf } from '../connector/operations.ts';
import { operationName } from './pair-operations.ts';

/** Who uses a shared part of a definition, and whether in what is sent or in what comes back. */
export interface Usage {
  readonly operations: readonly string[];
  readonly inRequests: boolean;
  readonly inResponses: boolean;
}

/** The operations of a definition that use its shared parts, directly or through others. */
export class References {
  readonly #definition: JsonNode;
  readonly #found = new Map<string, readonly string[]>();
  #uses: readonly OperationUses[] | undefined;

  constructor(definition: JsonNode) {
    this.#definition = definition;
  }

  /** @param reference As it is written: `#/definitions/Pet`. */
  usageOf(reference: string): Usage {
    this.#uses ??= operationsOf(this.#definition).map((operation) => this.#usesOf(operation));
    const users = this.#uses.filter(({ requests, responses }) => requests.has(reference) || responses.has(reference));
    return {
      operations: users.map(({ name }) => name),
      inRequests: users.some(({ requests }) => requests.has(reference)),
      inResponses: users.some(({ responses }) => responses.has(reference)),
    };
  }

  /** What a reference stands for; any other value stands for itself. */
  resolve(node: JsonNode | undefined): JsonNode | undefined {
    const reference = stringOf(nodeAt(node, '$ref'));
    return reference === undefined ? node : this.#target(reference);
  }

  #usesOf(operation: Operation): OperationUses {
    const around = nodeAt(this.#definition, ...operation.path.slice(0, 2), 'parameters');
    const own = nodeAt(operation.node, 'parameters');
    return {
      name: operationName(operation),
      requests: this.#reachable([around, own]),
      responses: this.#reachable([nodeAt(operation.node, 'responses')]),
    };
  }

  #reachable(nodes: readonly (JsonNode | undefined)[]): ReadonlySet<string> {
    const reached = new Set<string>();
    const waiting = nodes.flatMap((node) => referencesIn(node));
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      const further = this.#found.get(next) ?? referencesIn(this.#target(next));
      this.#found.set(next, further);
      waiting.push(...further);
    }
    return reached;
  }

  #target(reference: string): JsonNode | undefined {
    if (!reference.startsWith('#/')) return undefined;
    const steps = reference.slice(2).split('/');
    return nodeAt(this.#definition, ...steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')));
  }
}

interface OperationUses {
  readonly name: string;
  readonly requests: ReadonlySet<string>;
  readonly responses: ReadonlySet<string>;
}

function referencesIn(node: JsonNode | undefined): readonly string[] {
  if (node?.type === 'array') return node.items.flatMap(referencesIn);
  if (node?.type !== 'object') return [];
  return [...node.byName.values()].flatMap(({ name, value }) =>
    name === '$ref' && value.type === 'string' ? [value.value] : referencesIn(value),
  );
}
