import { diffIndices } from 'node-diff3';

/** Where items are in a list. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
}

/** Items that took the place of others; either can be none. */
export interface Hunk {
  readonly before: Stretch;
  readonly after: Stretch;
}

/** Up to so many pairs of items the longest list that both have in common is looked for; that takes the time of all pairs. */
const mostPairs = 250_000;

/**
 * By what two lists differ, in order: between the hunks they are the same. Long lists are first cut where both have the same item
 * once, so that time grows as the lists do; what lies between two cuts and is still long counts as replaced as a whole.
 */
export function hunksBetween(before: readonly string[], after: readonly string[]): readonly Hunk[] {
  return joined([...gapsBetween(before, after)].flatMap((gap) => hunksIn(gap, before, after)));
}

function isSmall({ before, after }: Hunk): boolean {
  return before.length * after.length <= mostPairs;
}

function hunksIn(gap: Hunk, before: readonly string[], after: readonly string[]): readonly Hunk[] {
  if (!isSmall(gap) || gap.before.length === 0 || gap.after.length === 0) return [gap];
  return diffIndices(itemsOf(before, gap.before), itemsOf(after, gap.after)).map(({ buffer1, buffer2 }) => ({
    before: { start: gap.before.start + buffer1[0], length: buffer1[1] },
    after: { start: gap.after.start + buffer2[0], length: buffer2[1] },
  }));
}

export function itemsOf(list: readonly string[], { start, length }: Stretch): string[] {
  return list.slice(start, start + length);
}

/** What lies between items that both lists surely have in common. */
function* gapsBetween(before: readonly string[], after: readonly string[]): Generator<Hunk> {
  const whole = { before: { start: 0, length: before.length }, after: { start: 0, length: after.length } };
  if (isSmall(whole)) {
    yield whole;
    return;
  }
  const end = { before: before.length, after: after.length };
  let [from, to] = [0, 0];
  for (const cut of [...cutsBetween(before, after), end]) {
    // What is the same behind the last cut, and before this one.
    while (from < cut.before && to < cut.after && before[from] === after[to]) {
      from += 1;
      to += 1;
    }
    let same = 0;
    const most = Math.min(cut.before - from, cut.after - to);
    while (same < most && before[cut.before - same - 1] === after[cut.after - same - 1]) same += 1;
    const [length, otherLength] = [cut.before - same - from, cut.after - same - to];
    if (length > 0 || otherLength > 0)
      yield { before: { start: from, length }, after: { start: to, length: otherLength } };
    [from, to] = [cut.before, cut.after];
  }
}

interface Cut {
  readonly before: number;
  readonly after: number;
}

/** The items that both lists have once, as many of them as stand in the same order. */
function cutsBetween(before: readonly string[], after: readonly string[]): readonly Cut[] {
  const places = placesOfUnique(after);
  const common = [...placesOfUnique(before)].flatMap(([item, place]): readonly Cut[] => {
    const other = places.get(item);
    return other === undefined ? [] : [{ before: place, after: other }];
  });
  return longestRise(common);
}

function placesOfUnique(list: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, item] of list.entries()) {
    if (places.has(item)) repeated.add(item);
    else places.set(item, index);
  }
  for (const item of repeated) places.delete(item);
  return places;
}

/** The longest of the lists of cuts whose places rise on both sides: patience sorting. */
function longestRise(cuts: readonly Cut[]): readonly Cut[] {
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  for (const [index, { after }] of cuts.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cuts[ends[middle] ?? 0]?.after ?? 0) < after) low = middle + 1;
      else high = middle;
    }
    previous.push(ends[low - 1]);
    ends[low] = index;
  }
  const rise: Cut[] = [];
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) {
    const cut = cuts[at];
    if (cut) rise.push(cut);
  }
  return rise.toReversed();
}

/** Hunks without anything between them are one. */
function joined(hunks: readonly Hunk[]): readonly Hunk[] {
  const whole: Hunk[] = [];
  for (const hunk of hunks) {
    const last = whole.at(-1);
    const isNext = last && endOf(last.before) === hunk.before.start && endOf(last.after) === hunk.after.start;
    if (last && isNext) whole[whole.length - 1] = together(last, hunk);
    else whole.push(hunk);
  }
  return whole;
}

export function endOf({ start, length }: Stretch): number {
  return start + length;
}

function together({ before, after }: Hunk, { before: nextBefore, after: nextAfter }: Hunk): Hunk {
  return {
    before: { start: before.start, length: before.length + nextBefore.length },
    after: { start: after.start, length: after.length + nextAfter.length },
  };
}
