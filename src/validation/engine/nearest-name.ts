import { distance } from 'fastest-levenshtein';

/** Longer names are no typing errors, and would cost time. */
const longestName = 100;

/** Among more a near name says little, and a document can have a hundred thousand. */
export const mostCandidates = 2000;

/** The candidate that was most likely meant: at most two letters off, and clearly less than half of the name. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  return nearestNames(name, candidates)[0];
}

/** All candidates that are as near as {@link nearestName}: only one of them alone can be put in the place of the name. */
export function nearestNames(name: string, candidates: readonly string[]): readonly string[] {
  if (name.length > longestName || candidates.length > mostCandidates) return [];
  const lowerCase = name.toLowerCase();
  let nearest: string[] = [];
  let farthest = Math.min(2, Math.ceil(name.length / 2) - 1);
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > farthest) continue;
    const away = distance(lowerCase, candidate.toLowerCase());
    if (away > farthest) continue;
    if (away < farthest) nearest = [];
    nearest.push(candidate);
    farthest = away;
  }
  return nearest;
}
