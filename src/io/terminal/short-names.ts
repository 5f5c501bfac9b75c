import { shortenedToColumns, widthOf } from './width.ts';

/** At least so much is shown of the beginning of a name that is shortened in its middle. */
const leastHead = 6;
/** In less, a word that differs is shown from its start. */
const longestStart = 8;

/**
 * Names in so many columns: without their end, and those that would look the same then without what they have in common
 * behind their beginning.
 */
export function shortNames(names: readonly string[], width: number): readonly string[] {
  const short = new Map<string, string>();
  for (const alike of grouped(names, (name) => shortenedToColumns(name, width), short)) {
    shortenApart(alike, width, short);
  }
  return names.map((name) => short.get(name) ?? name);
}

function shortenApart(names: readonly string[], width: number, short: Map<string, string>): void {
  const start = startOfDifference(names);
  for (const alike of grouped(names, (name) => inMiddle(name, start, width), short)) {
    if (alike.length < names.length) shortenApart(alike, width, short);
  }
}

/** Shortens each name, and returns the groups of different ones that look the same then. */
function grouped(
  names: readonly string[],
  shorten: (name: string) => string,
  short: Map<string, string>,
): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const name of new Set(names)) {
    const text = shorten(name);
    short.set(name, text);
    groups.set(text, [...(groups.get(text) ?? []), name]);
  }
  return [...groups.values()].filter((alike) => alike.length > 1);
}

function inMiddle(name: string, start: number, width: number): string {
  const common = name.slice(0, start);
  const different = name.slice(start);
  const room = Math.max(leastHead, width - widthOf(different));
  const head = shortenedToColumns(common, Math.min(room, widthOf(common) - 1)).replace(/\s+…$/u, '…');
  return head + shortenedToColumns(different, width - widthOf(head));
}

/** Where the names begin to differ, or the start of the word in which they do. */
function startOfDifference([first = '', ...others]: readonly string[]): number {
  const signs = Array.from(new Intl.Segmenter().segment(first), ({ segment, index }) => ({ segment, index }));
  const isCommon = ({ segment, index }: { segment: string; index: number }): boolean =>
    others.every((other) => other.startsWith(segment, index));
  const different = signs.find((sign) => !isCommon(sign))?.index ?? first.length;
  const word = first.lastIndexOf(' ', different - 1) + 1;
  return different - word < longestStart ? word : different;
}
