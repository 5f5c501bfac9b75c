import type { ReferenceResolver } from './references.ts';
import { type SourceNode, sourceText } from './source.ts';

/** A schema of the source and what its allOf adds to it, references followed. */
export function allPartsOf(node: SourceNode, references: ReferenceResolver): readonly SourceNode[] {
  const found = new Set<SourceNode>();
  const open = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    const target = references.valueOf(next);
    if (!target || found.has(target)) continue;
    found.add(target);
    for (const branch of target.members.get('allOf')?.items ?? []) open.push(branch);
  }
  return [...found];
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
