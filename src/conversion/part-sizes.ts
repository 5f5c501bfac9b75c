import { objectMember, type OutNode, type OutObject, stringOfOut } from './output-tree.ts';
import type { Sizes } from './write-output.ts';

const components = ['definitions', 'parameters', 'responses'] as const;

/** An operation in the result, with the path that it's under. */
export interface PlacedOperation {
  readonly path: string;
  readonly operation: OutObject;
}

/** How large a definition of some operations only would be: with the components that they refer to, and all that is around. */
export class PartSizes {
  readonly #root: OutObject;
  readonly #sizes: Sizes;
  readonly #components = new Map<string, OutNode>();
  readonly #references = new Map<OutNode, ReadonlySet<string>>();
  /** Without white space, in bytes. */
  readonly #around: number;

  constructor(root: OutObject, sizes: Sizes) {
    this.#root = root;
    this.#sizes = sizes;
    const { compact } = sizes.of(root);
    const parts = ['paths', ...components].map((name) => objectMember(root, name));
    this.#around = parts.reduce((rest, part) => rest - (part ? sizes.of(part).compact - 2 : 0), compact);
    for (const section of components) {
      const members = objectMember(root, section)?.members ?? [];
      for (const [name, component] of members) this.#components.set(`#/${section}/${name}`, component);
    }
  }

  /** In bytes, without white space. */
  of(operations: readonly PlacedOperation[]): number {
    let bytes = this.#around;
    const items = new Map(operations.map(({ path }) => [path, objectMember(this.#paths, path)] as const));
    const nodes: OutNode[] = operations.map(({ operation }) => operation);
    for (const [path, item] of items) {
      bytes += Buffer.byteLength(JSON.stringify(path)) + 4;
      nodes.push(...[...(item?.members ?? [])].flatMap(([name, one]) => (name === 'parameters' ? one : [])));
    }
    // A name, or that of a method, and what separates members.
    for (const node of nodes) bytes += this.#sizes.of(node).compact + 12;
    const reached = new Set(nodes.flatMap((node) => [...this.#referencesIn(node)]));
    for (const name of reached) {
      const component = this.#components.get(name);
      if (!component) continue;
      bytes += this.#sizes.of(component).compact + name.length;
      for (const other of this.#referencesIn(component)) reached.add(other);
    }
    return bytes;
  }

  get #paths(): OutObject {
    return objectMember(this.#root, 'paths') ?? this.#root;
  }

  #referencesIn(node: OutNode): ReadonlySet<string> {
    const known = this.#references.get(node);
    if (known) return known;
    const found = new Set<string>();
    const seen = new Set<OutNode>();
    const open = [node];
    for (let at = open.pop(); at; at = open.pop()) {
      if (at.kind === 'scalar' || seen.has(at)) continue;
      seen.add(at);
      const reference = at.kind === 'object' ? stringOfOut(at.members.get('$ref')) : undefined;
      if (reference !== undefined) found.add(reference);
      for (const inside of at.kind === 'array' ? at.items : at.members.values()) open.push(inside);
    }
    this.#references.set(node, found);
    return found;
  }
}
