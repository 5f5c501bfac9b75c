import type { Ledger } from './ledger.ts';
import type { SourceNode } from './source.ts';
import { reportType } from './wrong-type.ts';

/** The members of an object, of which it's known which have been used: no other way leads to a member. */
export class Fields {
  readonly node: SourceNode;
  readonly #ledger: Ledger;
  readonly #used = new Set<string>();

  constructor(node: SourceNode, ledger: Ledger) {
    this.node = node;
    this.#ledger = ledger;
  }

  /** A member, which then is used. */
  take(name: string): SourceNode | undefined {
    this.#used.add(name);
    return this.node.members.get(name);
  }

  /** A text, or what YAML takes for something else. A member of another type is reported. */
  text(name: string): SourceNode | undefined {
    return this.#ofKind(name, 'text', ({ kind }) => kind !== 'object' && kind !== 'array' && kind !== 'null');
  }

  flag(name: string): SourceNode | undefined {
    return this.#ofKind(name, 'true or false', ({ kind }) => kind === 'boolean');
  }

  object(name: string): SourceNode | undefined {
    return this.#ofKind(name, 'an object', ({ kind }) => kind === 'object');
  }

  list(name: string): SourceNode | undefined {
    return this.#ofKind(name, 'a list', ({ kind }) => kind === 'array');
  }

  /** Members that weren't used. */
  rest(): readonly SourceNode[] {
    return [...this.node.members.values()].filter(({ name }) => !this.#used.has(name));
  }

  #ofKind(name: string, expected: string, isFitting: (node: SourceNode) => boolean): SourceNode | undefined {
    const member = this.take(name);
    if (!member || isFitting(member)) return member;
    reportType(this.#ledger, member, expected);
    return undefined;
  }
}
