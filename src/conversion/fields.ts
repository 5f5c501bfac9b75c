import type { SourceNode } from './source.ts';

/** The members of an object, of which it's known which have been used: no other way leads to a member. */
export class Fields {
  readonly node: SourceNode;
  readonly #used = new Set<string>();

  constructor(node: SourceNode) {
    this.node = node;
  }

  /** A member, which then is used. */
  take(name: string): SourceNode | undefined {
    this.#used.add(name);
    return this.node.members.get(name);
  }

  /** Members that nobody has used. */
  rest(): readonly SourceNode[] {
    return [...this.node.members.values()].filter(({ name }) => !this.#used.has(name));
  }
}
