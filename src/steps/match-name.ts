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
  | { readonly kind: 'none'; readonly nearest: T | undefined };

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
  const nearest =
    all.length === 0
      ? undefined
      : nearestName(
          wanted,
          all.map(({ name }) => tidy(name)),
        );
  return { kind: 'none', nearest: all.find(({ name }) => tidy(name) === nearest) };
}

/** Names as lists show them: spaces of any kind and number look like one. */
function tidy(name: string): string {
  return name.normalize().replaceAll(/\s+/gu, ' ').trim();
}
