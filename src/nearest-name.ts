import { closest, distance } from 'fastest-levenshtein';

/** The name that somebody may have meant: one that is at most a third of its letters away. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const lower = (name: string): string => name.toLowerCase();
  const nearest = closest(lower(written), names.map(lower));
  const letters = nearest.replaceAll('-', '').length;
  if (distance(lower(written), nearest) > Math.ceil(letters / 3)) return undefined;
  return names.find((name) => lower(name) === nearest);
}
