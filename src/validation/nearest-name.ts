import { distance } from 'fastest-levenshtein';

/** Longer names are no typing errors, and would cost time. */
const longestName = 100;

/** Among more a near name says little, and a document can have a hundred thousand. */
export const mostCandidates = 2000;

/** The candidate that was most likely meant: at most two letters off, and clearly less than half of the name. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > longestName || candidates.length > mostCandidates) return undefined;
  const lowerCase = name.toLowerCase();
  let nearest: string | undefined;
  let least = Math.min(3, Math.ceil(name.length / 2));
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const away = distance(lowerCase, candidate.toLowerCase());
    if (away < least) [nearest, least] = [candidate, away];
  }
  return nearest;
}
