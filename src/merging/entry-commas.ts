import type { MergedEntry } from './merge-nodes.ts';

/** What separates one side of an entry from its neighbours. */
export interface SideCommas {
  readonly before: '' | ', ';
  readonly after: '' | ',';
}

/** Those of both sides; of what is no conflict they are the same. */
export interface Commas {
  readonly ours: SideCommas;
  readonly theirs: SideCommas;
}

const none: SideCommas = { before: '', after: '' };
export const noComma: Commas = { ours: none, theirs: none };
const before: SideCommas = { before: ', ', after: '' };
const after: SideCommas = { before: '', after: ',' };

/**
 * The commas of the entries of a container: they are right whichever side of the conflicts stays. So they follow all
 * entries up to the last one that stays in any case, and those behind it have theirs in front.
 */
export function commasOf(entries: readonly MergedEntry[]): readonly Commas[] {
  const sides = (['ours', 'theirs'] as const).map((side) =>
    entries.map(({ value }) => value.kind !== 'conflict' || value.conflict[side] !== undefined),
  );
  const [ours = [], theirs = []] = sides;
  const anchor = entries.findLastIndex((_entry, index) => ours[index] === true && theirs[index] === true);
  if (anchor >= 0) {
    return entries.map((_entry, index) => {
      const both = index < anchor ? after : index === anchor ? none : before;
      return { ours: both, theirs: both };
    });
  }
  const [lastOurs, lastTheirs] = [ours.lastIndexOf(true), theirs.lastIndexOf(true)];
  return entries.map((_entry, index) => ({
    ours: index < lastOurs ? after : none,
    theirs: index < lastTheirs ? after : none,
  }));
}
