import { nearestName } from '../nearest-name.ts';

/** Something that people call by a name, which others may have too. */
export interface Named {
  readonly id: string;
  /** What is shown in its place where it has none is its ID. */
  readonly name: string;
}

export type Match<T> =
  | { readonly kind: 'one'; readonly found: T }
  | { readonly kind: 'several'; readonly found: readonly T[] }
  | { readonly kind: 'none'; readonly similar: readonly T[] };

/** What somebody may have meant: by ID, else by name to the letter, else by name in whatever case. */
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

/** The one with the nearest name, else those whose name has the text in it. */
function similarTo<T extends Named>(wanted: string, all: readonly T[]): readonly T[] {
  if (all.length === 0) return [];
  const nearest = nearestName(
    wanted,
    all.map(({ name }) => tidy(name)),
  );
  if (nearest !== undefined) return all.filter(({ name }) => tidy(name) === nearest).slice(0, mostSimilar);
  if (wanted.length < shortestPart) return [];
  return all.filter(({ name }) => tidy(name).toLowerCase().includes(wanted.toLowerCase())).slice(0, mostSimilar);
}

/** Names as lists show them: spaces of any kind and number look like one. */
function tidy(name: string): string {
  return name.normalize().replaceAll(/\s+/gu, ' ').trim();
}
