import { diff3Merge } from 'node-diff3';
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

interface Region {
  readonly ok?: readonly string[];
  readonly conflict?: { readonly a: readonly string[]; readonly b: readonly string[] };
}

/** Merges what theirs has changed since the base into ours, by lines. Line ends are those of ours, and no difference. */
export function mergeLines({ base, ours, theirs }: TextVersions, decided?: Side): MergedText {
  const lineEnd = ours.includes('\r\n') ? '\r\n' : '\n';
  const [ourLines, baseLines, theirLines] = [linesOf(ours), linesOf(base), linesOf(theirs)];
  const regions: readonly Region[] = diff3Merge(ourLines, baseLines, theirLines, { excludeFalseConflicts: true });
  const lines: string[] = [];
  const conflicts: LineConflict[] = [];
  for (const { ok = [], conflict } of regions) {
    lines.push(...ok);
    if (!conflict) continue;
    const { a: mine, b: their } = conflict;
    conflicts.push({ line: lines.length + 1, ours: mine, theirs: their });
    if (decided) lines.push(...(decided === 'ours' ? mine : their));
    else lines.push(conflictMarks.ours, ...mine, conflictMarks.between, ...their, conflictMarks.theirs);
  }
  const isUntouched = lines.length === ourLines.length && lines.every((line, index) => line === ourLines[index]);
  return { text: isUntouched ? ours : lines.join(lineEnd), conflicts };
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n/u);
}
