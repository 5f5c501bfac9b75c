import type { ReferenceResolver } from './references.ts';
import { type SourceNode, sourceText } from './source.ts';

/** In a chain of thousands, each schema would have all that follow it. */
export const mostParts = 200;

/** A schema of the source and what its allOf adds to it, references followed; of very many only the first ones. */
export function allPartsOf(node: SourceNode, references: ReferenceResolver): readonly SourceNode[] {
  const found = new Set<SourceNode>();
  const open = [node];
  for (let next = open.pop(); next && found.size < mostParts; next = open.pop()) {
    const target = references.valueOf(next);
    if (!target || found.has(target)) continue;
    found.add(target);
    for (const branch of target.members.get('allOf')?.items ?? []) open.push(branch);
  }
  return [...found];
}

/** Branches of allOf that lead back to a schema around them. Each schema is looked through once. */
export class AllOfCycles {
  readonly #references: ReferenceResolver;
  readonly #state = new Map<SourceNode, 'open' | 'done'>();
  readonly #closing = new Set<SourceNode>();

  constructor(references: ReferenceResolver) {
    this.#references = references;
  }

  /** Whether a branch of a schema closes a circle. */
  isClosing(schema: SourceNode, branch: SourceNode): boolean {
    if (!this.#state.has(schema)) this.#lookThrough(schema);
    return this.#closing.has(branch);
  }

  #lookThrough(start: SourceNode): void {
    const open = [this.#enter(start)];
    for (let frame = open.at(-1); frame; frame = open.at(-1)) {
      const branch = frame.branches[frame.next];
      frame.next += 1;
      if (!branch) {
        this.#state.set(frame.schema, 'done');
        open.pop();
        continue;
      }
      const target = this.#references.valueOf(branch);
      const known = target && this.#state.get(target);
      if (known === 'open') this.#closing.add(branch);
      else if (target && !known) open.push(this.#enter(target));
    }
  }

  #enter(schema: SourceNode) {
    this.#state.set(schema, 'open');
    return { schema, branches: schema.members.get('allOf')?.items ?? [], next: 0 };
  }
}

/** Whether a schema accepts null and nothing else. */
export function acceptsOnlyNull({ members }: SourceNode): boolean {
  const values = members.get('enum')?.items ?? [members.get('const')].flatMap((value) => value ?? []);
  return (
    sourceText(members.get('type')) === 'null' || (values.length > 0 && values.every(({ kind }) => kind === 'null'))
  );
}

/** Whether a schema is an object, as far as that shows without converting it. */
export function isObjectSchema(node: SourceNode, references: ReferenceResolver, depth = 0): boolean {
  const target = references.valueOf(node);
  if (!target || depth > 10) return true;
  const { members } = target;
  if (sourceText(members.get('type')) === 'object' || members.has('properties')) return true;
  if (members.has('additionalProperties')) return true;
  return ['allOf', 'oneOf', 'anyOf'].some((keyword) => {
    const [first] = members.get(keyword)?.items ?? [];
    return first !== undefined && isObjectSchema(first, references, depth + 1);
  });
}
