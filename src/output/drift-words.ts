import { type Change, changeSummary } from '../comparison/change.ts';
import { shownPointer } from '../connector/secret-stretches.ts';
import { counted } from './report.ts';

/** How many are named. */
const mostNamed = 3;

/** Says which values nobody could compare. */
export function notComparedWords(pointers: readonly string[]): string {
  return `Not compared, because an environment variable isn't set or is empty: ${pointers.map(shownPointer).join(', ')}.`;
}

/** Differences in one line: how many there are, and the first of them. */
export function driftWords(changes: readonly Change[]): string {
  if (changes.length === 0) return 'No differences.';
  const breaking = changes.filter((change) => change.breaking !== undefined).length;
  const count = `${counted(changes.length, 'difference')}${breaking > 0 ? ` (${breaking} breaking)` : ''}`;
  const named = changes.slice(0, mostNamed).map((change) => changeSummary(change).replaceAll(/\s+/gu, ' '));
  const more = changes.length - named.length;
  return `${count}: ${[...named, ...(more > 0 ? [`${more} more`] : [])].join('; ')}.`;
}
