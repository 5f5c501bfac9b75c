import { withoutInvisible } from './one-line.ts';
import { nearestName } from './nearest-name.ts';

/** Something that people call by a name, which others may have too. */
export interface Named {
  readonly id: string;
  /** Its ID is shown if it has no name. */
  readonly name: string;
  /** What else distinguishes it from others of that name. */
  readonly detail?: string | undefined;
}

export type Match<T> =
  | { readonly kind: 'one'; readonly found: T }
  | { readonly kind: 'several'; readonly found: readonly T[] }
  | { readonly kind: 'none'; readonly similar: readonly T[] };

/** The possible matches: by ID, else by exact name, else by name in any case. */
export function matchName<T extends Named>(written: string, all: readonly T[]): Match<T> {
  const wanted = tidy(written);
  const stages: readonly ((one: T) => boolean)[] = [
    ({ id }) => id.toLowerCase() === wanted.toLowerCase(),
    ({ name }) => tidy(name) === wanted,
    ({ name }) => tidy(name).toLowerCase() === wanted.toLowerCase(),
  ];
  for (const fits of stages) {
    const found = all.filter(fits);
    const [only] = found;
    if (only) return found.length === 1 ? { kind: 'one', found: only } : { kind: 'several', found };
  }
  return { kind: 'none', similar: similarTo(wanted, all) };
}

/** Shorter texts are a part of too many names. */
const shortestPart = 3;
const mostSimilar = 3;

/** Those with the nearest name or ID, else those whose name has the text in it, else those with the nearest word. */
function similarTo<T extends Named>(wanted: string, all: readonly T[]): readonly T[] {
  const near = nearest(wanted, all, ({ id, name }) => [name, id]);
  if (near.length > 0 || wanted.length < shortestPart) return near;
  const whole = all.filter(({ name }) => tidy(name).toLowerCase().includes(wanted.toLowerCase()));
  if (whole.length > 0) return whole.slice(0, mostSimilar);
  return nearest(wanted, all, ({ name }) => name.match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}

function nearest<T>(wanted: string, all: readonly T[], words: (one: T) => readonly string[]): readonly T[] {
  const candidates = all.map((one) => ({ one, words: words(one).map(compact) }));
  const word = nearestName(
    compact(wanted),
    candidates.flatMap((candidate) => candidate.words),
  );
  if (word === undefined) return [];
  return candidates
    .filter((candidate) => candidate.words.includes(word))
    .map(({ one }) => one)
    .slice(0, mostSimilar);
}

/** A blank too few or too many is no slip. */
function compact(text: string): string {
  return text.normalize().replaceAll(/\s+/gu, '');
}

/** Names as lists show them: spaces of any kind and number look like one, and signs without width like nothing. */
function tidy(name: string): string {
  return withoutInvisible(name).normalize().replaceAll(/\s+/gu, ' ').trim();
}
