import { closest, distance } from 'fastest-levenshtein';

/** The name that somebody may have meant: one of the same letters, or at most a third of them away, whatever their case. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]));
  const ofSameLetters = [...byLowerCase.keys()].find((name) => sorted(name) === sorted(written.toLowerCase()));
  const nearest = ofSameLetters ?? closest(written.toLowerCase(), [...byLowerCase.keys()]);
  const letters = nearest.replaceAll('-', '').length;
  const isNear = nearest === ofSameLetters || distance(written.toLowerCase(), nearest) <= Math.ceil(letters / 3);
  return isNear ? byLowerCase.get(nearest) : undefined;
}

function sorted(name: string): string {
  return Array.from(name).toSorted().join('');
}
