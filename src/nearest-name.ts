import { closest, distance } from 'fastest-levenshtein';

/** The name that somebody may have meant: one that is at most a third of its letters away, whatever their case. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]));
  const nearest = closest(written.toLowerCase(), [...byLowerCase.keys()]);
  const letters = nearest.replaceAll('-', '').length;
  const isNear = distance(written.toLowerCase(), nearest) <= Math.ceil(letters / 3);
  return isNear ? byLowerCase.get(nearest) : undefined;
}
