import type { PartConflict } from '../merging/merge-states.ts';
import { withoutSecrets } from './secrets.ts';

/** Values are told up to this length. */
const longest = 200;

/** Conflicts of a merge for people, each with both values. */
export function conflictText(
  conflicts: readonly PartConflict[],
  nameOf: (part: PartConflict['part']) => string,
): string {
  return conflicts
    .flatMap(({ part, place, ours, theirs }) => [
      `  ${[nameOf(part), place].filter(Boolean).join(' ')}`,
      `    here:            ${valueWords(ours)}`,
      `    the environment: ${valueWords(theirs)}`,
    ])
    .join('\n');
}

/** Conflicts for programs. */
export function conflictJson({ part, place, ours, theirs }: PartConflict): Readonly<Record<string, string | null>> {
  return { part, place, ours: hidden(ours), theirs: hidden(theirs) };
}

function hidden(value: string | undefined): string | null {
  return value === undefined ? null : withoutSecrets(value);
}

function valueWords(value: string | undefined): string {
  if (value === undefined) return '(none)';
  const words = withoutSecrets(value).replaceAll(/\s+/gu, ' ').trim();
  return words.length <= longest ? words : `${words.slice(0, longest - 1)}…`;
}
