import { type Hunk, hunksBetween } from '../comparison/matching-lists.ts';
import { conflictMarks } from './conflict-marks.ts';
import type { Side } from './merge-nodes.ts';

export interface TextVersions {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Lines that both sides have changed, to different ones. */
export interface LineConflict {
  /** Of the first of them in the merged text, from 1 on. */
  readonly line: number;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

export interface MergedText {
  /** With marks around conflicts that are not decided. */
  readonly text: string;
  readonly conflicts: readonly LineConflict[];
}

/** Merges what theirs has changed since the base into ours, by lines. Line ends are those of ours, and no difference. */
export function mergeLines({ base, ours, theirs }: TextVersions, decided?: Side): MergedText {
  const lines: Lines = { base: linesOf(base), ours: linesOf(ours), theirs: linesOf(theirs) };
  const parts: (readonly string[])[] = [];
  const conflicts: LineConflict[] = [];
  let count = 0;
  for (const region of regionsOf(lines)) {
    const changed = changedSide(region);
    if (!changed) conflicts.push({ line: count + 1, ours: region.ours, theirs: region.theirs });
    const side = changed ?? decided;
    const part = side ? region[side] : marked(region);
    parts.push(part);
    count += part.length;
  }
  const merged = parts.flat();
  return { text: isSame(merged, lines.ours) ? ours : merged.join(lineEndOf(ours)), conflicts };
}

/** The one that most lines have. */
function lineEndOf(text: string): string {
  const count = (lineEnd: RegExp): number => text.match(lineEnd)?.length ?? 0;
  return count(/\r\n/gu) * 2 > count(/\n/gu) ? '\r\n' : '\n';
}

/** Lines of the three versions. */
type Lines = Readonly<Record<keyof TextVersions, readonly string[]>>;

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n/u);
}

function marked({ ours, theirs }: Lines): readonly string[] {
  return [conflictMarks.ours, ...ours, conflictMarks.between, ...theirs, conflictMarks.theirs];
}

/** The side that has changed a region; undefined where both have, in different ways. */
function changedSide({ base, ours, theirs }: Lines): Side | undefined {
  if (isSame(base, theirs) || isSame(ours, theirs)) return 'ours';
  return isSame(base, ours) ? 'theirs' : undefined;
}

/** The versions in stretches: by turns what all three have, and what is between that. */
function* regionsOf({ base, ours, theirs }: Lines): Generator<Lines> {
  const [inOurs, inTheirs] = [placesIn(base, ours), placesIn(base, theirs)];
  let from = { base: 0, ours: 0, theirs: 0 };
  const until = (end: typeof from): Lines => ({
    base: base.slice(from.base, end.base),
    ours: ours.slice(from.ours, end.ours),
    theirs: theirs.slice(from.theirs, end.theirs),
  });
  for (let index = 0; index < base.length; index += 1) {
    const [our, their] = [inOurs[index], inTheirs[index]];
    if (our === undefined || their === undefined) continue;
    const place = { base: index, ours: our, theirs: their };
    yield until(place);
    from = place;
    const next = { base: index + 1, ours: our + 1, theirs: their + 1 };
    yield until(next);
    from = next;
  }
  yield until({ base: base.length, ours: ours.length, theirs: theirs.length });
}

/** Where the lines of a text are in another version of it; undefined for those that are not. */
function placesIn(base: readonly string[], other: readonly string[]): readonly (number | undefined)[] {
  const places: (number | undefined)[] = Array.from({ length: base.length });
  let [index, place] = [0, 0];
  const end: Hunk = { before: { start: base.length, length: 0 }, after: { start: other.length, length: 0 } };
  for (const { before, after } of [...hunksBetween(base, other), end]) {
    for (; index < before.start; index += 1, place += 1) places[index] = place;
    index += before.length;
    place = after.start + after.length;
  }
  return places;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
