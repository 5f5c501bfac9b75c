import { isEnabled } from './postman-examples.ts';
import { statedText } from './postman-text.ts';
import type { SourceNode } from './source.ts';

/** The values of variables, by their names. */
export type CollectionVariables = Pick<ReadonlyMap<string, string>, 'get' | 'has'>;

/** CollectionVariables of these parts of a collection, the nearest first. Secrets and those that are switched off don't count. */
export function variablesOf(parts: readonly SourceNode[]): CollectionVariables {
  const nearest = (name: string): CollectionVariables | undefined =>
    parts.map(variablesIn).find((own) => own.has(name));
  return { get: (name) => nearest(name)?.get(name), has: (name) => nearest(name) !== undefined };
}

/** Those of the collection are asked for with each request. */
const known = new WeakMap<SourceNode, ReadonlyMap<string, string>>();

function variablesIn(part: SourceNode): ReadonlyMap<string, string> {
  const before = known.get(part);
  if (before) return before;
  const found = new Map<string, string>();
  for (const variable of part.members.get('variable')?.items ?? []) {
    const name = statedText(variable.members.get('key') ?? variable.members.get('id'));
    const value = statedText(variable.members.get('value'));
    const isSecret = statedText(variable.members.get('type')) === 'secret';
    if (name === undefined || value === undefined || value === '' || isSecret || !isEnabled(variable)) continue;
    if (!found.has(name)) found.set(name, value);
  }
  known.set(part, found);
  return found;
}

/** CollectionVariables may name others. */
const deepest = 10;

/** A text with the values of its variables; undefined where one has none. */
export function withVariables(text: string, variables: CollectionVariables): string | undefined {
  const filled = withKnownVariables(text, variables);
  return filled.includes('{{') ? undefined : filled;
}

/** A text with the values of those of its variables that have one. */
export function withKnownVariables(text: string, variables: CollectionVariables): string {
  let filled = text;
  for (let count = 0; count < deepest && filled.includes('{{') && filled.length < 10_000; count += 1) {
    filled = filled.replaceAll(/\{\{([^{}]*)\}\}/gu, (whole, name: string) => variables.get(name.trim()) ?? whole);
  }
  return filled;
}

/** Names of the variables in a text, and of those that their values name. */
export function variablesNamedIn(text: string, variables: CollectionVariables): readonly string[] {
  const found = new Set(namesIn(text));
  for (const name of found) for (const inside of namesIn(variables.get(name) ?? '')) found.add(inside);
  return [...found];
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{\{([^{}]*)\}\}/gu)].map(([, name = '']) => name.trim());
}
