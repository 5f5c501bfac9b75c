import type { PartConflict } from '../merging/merge-states.ts';
import { shownJson, shownPointer } from '../connector/secret-stretches.ts';
import { pointerPath } from '../json/pointer.ts';
import type { PulledData } from '../results/files.ts';
import { shortened } from '../shortened.ts';

/** Longer values are shortened. */
const longest = 200;

/** Conflicts of a merge for people, each with both values. */
export function conflictText(
  conflicts: readonly PartConflict[],
  nameOf: (part: PartConflict['part']) => string,
): string {
  return conflicts
    .flatMap(({ part, place, ours, theirs }) => [
      `  ${[nameOf(part), shownPointer(place)].filter(Boolean).join(' ')}`,
      `    local:           ${valueWords(place, ours)}`,
      `    the environment: ${valueWords(place, theirs)}`,
    ])
    .join('\n');
}

/** Conflicts for programs. */
export function conflictData({ part, place, ours, theirs }: PartConflict): PulledData['conflicts'][number] {
  return {
    part,
    pointer: shownPointer(place),
    ours: shownValue(place, ours) ?? null,
    theirs: shownValue(place, theirs) ?? null,
  };
}

function shownValue(place: string, value: string | undefined): string | undefined {
  return value && shownJson(value, pointerPath(place));
}

function valueWords(place: string, value: string | undefined): string {
  const shown = shownValue(place, value);
  if (shown === undefined) return '(none)';
  return shortened(shown.replaceAll(/\s+/gu, ' ').trim(), longest);
}
