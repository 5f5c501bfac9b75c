import { plainReference, pointerPath } from '../json/pointer.ts';
import { type JsonArrayNode, type JsonNode, nodeAt, stringOf } from '../json/tree.ts';
import { type Operation, operationsOf } from '../connector/operations.ts';
import { itemNames, type Resolve } from './item-names.ts';
import { operationName } from './pair-operations.ts';

/** Who uses a shared part of a definition, and whether in what is sent or in what comes back. */
export interface Usage {
  readonly operations: readonly string[];
  readonly inRequests: boolean;
  readonly inResponses: boolean;
}

/** The member of a path that describes what a webhook gets. */
export const notificationContent = 'x-ms-notification-content';

/** More users of one part tell nobody more. Else each of thousands of parts could list thousands. */
const mostOperations = 500;

/** The operations of a definition that use its shared parts, directly or through others. */
export class References {
  readonly #definition: JsonNode;
  #graph: Graph | undefined;
  readonly #parameters = new Map<JsonArrayNode, ReadonlyMap<string, number>>();

  constructor(definition: JsonNode) {
    this.#definition = definition;
  }

  /** @param reference Without escapes of URLs: `#/definitions/My Pet`. */
  usageOf(reference: string): Usage {
    const { names, users, parents, requests, responses } = (this.#graph ??= this.#read());
    const found = new Set<number>();
    const reached = new Set([reference]);
    for (const part of reached) {
      for (const user of users.get(part) ?? []) found.add(user);
      if (found.size >= mostOperations) break;
      for (const parent of parents.get(part) ?? []) reached.add(parent);
    }
    return {
      operations: [...found]
        .toSorted((one, other) => one - other)
        .slice(0, mostOperations)
        .map((index) => names[index] ?? ''),
      inRequests: requests.has(reference),
      inResponses: responses.has(reference),
    };
  }

  /** What is at this path of the definition. */
  at(path: readonly string[]): JsonNode | undefined {
    return nodeAt(this.#definition, ...path);
  }

  /** The same by a JSON pointer. */
  atPointer(pointer: string): JsonNode | undefined {
    return pointerPath(pointer).reduce<JsonNode | undefined>(
      (node, step) => nodeAt(node, node?.type === 'array' ? Number(step) : step),
      this.#definition,
    );
  }

  /** Where the parameters of a list are, by their names and locations: those that it refers to among them. */
  parametersIn(list: JsonArrayNode): ReadonlyMap<string, number> {
    const known = this.#parameters.get(list);
    if (known) return known;
    const [names = []] = itemNames([list], 'parameters', [(node) => this.resolve(node)]) ?? [];
    const found = new Map(names.map((name, index) => [name, index]));
    this.#parameters.set(list, found);
    return found;
  }

  /** What a reference stands for; any other value stands for itself. */
  resolve(node: JsonNode | undefined): JsonNode | undefined {
    const reference = stringOf(nodeAt(node, '$ref'));
    return reference === undefined ? node : this.#target(reference);
  }

  #read(): Graph {
    const operations = operationsOf(this.#definition);
    const [users, parents] = [new Map<string, number[]>(), new Map<string, string[]>()];
    const [requests, responses] = [new Set<string>(), new Set<string>()];
    for (const [index, operation] of operations.entries()) {
      const around = nodeAt(this.#definition, ...operation.path.slice(0, 2), 'parameters');
      const sent = [around, nodeAt(operation.node, 'parameters')].flatMap(referencesIn);
      const received = [nodeAt(operation.node, 'responses'), this.#notificationOf(operation)].flatMap(referencesIn);
      for (const reference of sent) requests.add(reference);
      for (const reference of received) responses.add(reference);
      for (const reference of new Set([...sent, ...received])) addTo(users, reference, index);
    }
    const children = new Map<string, readonly string[]>();
    const childrenOf = (part: string): readonly string[] => {
      const known = children.get(part);
      if (known) return known;
      const own = [...new Set(referencesIn(this.#target(part)))];
      children.set(part, own);
      for (const child of own) addTo(parents, child, part);
      return own;
    };
    for (const reached of [requests, responses]) {
      for (const part of reached) for (const child of childrenOf(part)) reached.add(child);
    }
    return { names: operations.map(operationName), users, parents, requests, responses };
  }

  /** What a trigger or an action gets from the API later, which is described at its path. */
  #notificationOf({ node, path: [paths, path, method] }: Operation): JsonNode | undefined {
    const isNotified = method.toLowerCase() === 'post' || nodeAt(node, 'x-ms-trigger') !== undefined;
    return isNotified ? nodeAt(this.#definition, paths, path, notificationContent) : undefined;
  }

  #target(reference: string): JsonNode | undefined {
    return reference.startsWith('#/') ? this.at(pointerPath(reference)) : undefined;
  }
}

/** What references stand for in each of two definitions. */
export function resolversOf({
  before,
  after,
}: {
  readonly before: References;
  readonly after: References;
}): readonly [before: Resolve, after: Resolve] {
  return [(node) => before.resolve(node), (node) => after.resolve(node)];
}

/** Who refers to shared parts, as far as operations reach them. */
interface Graph {
  /** Of the operations, in their order. */
  readonly names: readonly string[];
  /** The numbers of the operations that refer to a part themselves. */
  readonly users: ReadonlyMap<string, readonly number[]>;
  /** The parts that refer to a part. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  /** All parts that are in what is sent, and in what comes back. */
  readonly requests: ReadonlySet<string>;
  readonly responses: ReadonlySet<string>;
}

function addTo<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function referencesIn(node: JsonNode | undefined): readonly string[] {
  if (node?.type === 'array') return node.items.flatMap(referencesIn);
  if (node?.type !== 'object') return [];
  return [...node.byName.values()].flatMap(({ name, value }) =>
    name === '$ref' && value.type === 'string' ? [plainReference(value.value)] : referencesIn(value),
  );
}
