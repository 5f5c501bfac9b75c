import { distance } from 'fastest-levenshtein';

/** Longer names are no typing errors, and would cost time. */
const longestName = 100;

/** Among more a near name says little, and a document can have a hundred thousand. */
export const mostCandidates = 2000;

/** Fewer letters are the beginning of anything. */
const shortestAbbreviation = 3;

/** The name that the user may have meant: "did you mean" says this one everywhere. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  return nearestNames(written, names)[0];
}

/** All names that are as near as {@link nearestName}: only one of them alone can be put in the place of what is written. */
export function nearestNames(written: string, names: readonly string[]): readonly string[] {
  if (written.length > longestName || names.length > mostCandidates) return [];
  const lowerCase = written.toLowerCase();
  let nearest: string[] = [];
  let farthest = mostSlips(written);
  for (const name of names) {
    if (Math.abs(name.length - written.length) > farthest) continue;
    const away = slips(lowerCase, name.toLowerCase());
    if (away > farthest) continue;
    if (away < farthest) nearest = [];
    nearest.push(name);
    farthest = away;
  }
  return nearest;
}

/** The nearest name, or else the one that is abbreviated. */
export function likelyName(written: string, names: readonly string[]): string | undefined {
  return nearestName(written, names) ?? abbreviatedName(written, names);
}

/** The only name that this is the beginning of, as `desc` is of `description`. */
export function abbreviatedName(written: string, names: readonly string[]): string | undefined {
  if (written.length < shortestAbbreviation || names.length > mostCandidates) return undefined;
  const lowerCase = written.toLowerCase();
  const [name, another] = names.filter((one) => one.toLowerCase().startsWith(lowerCase));
  return another === undefined ? name : undefined;
}

/** At most two, and a third of the letters: the dashes before an option aren't a part of its name. */
function mostSlips(written: string): number {
  return Math.min(2, Math.floor(written.replace(/^--?/u, '').length / 3));
}

/** How many letters are wrong, missing or too many, whatever their case. A letter at another place is one slip, not two. */
function slips(written: string, name: string): number {
  const away = distance(written, name);
  return away === 2 && sorted(written) === sorted(name) ? 1 : away;
}

function sorted(name: string): string {
  return Array.from(name).toSorted().join('');
}
