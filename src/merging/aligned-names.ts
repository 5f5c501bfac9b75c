import { itemNames } from '../comparison/item-names.ts';
import { endOf, hunksBetween } from '../comparison/matching-lists.ts';
import { type JsonArrayNode, type JsonNode, valueText } from '../json/tree.ts';
import type { NameVersions } from './merge-order.ts';

/**
 * Names for the items of three versions of an array, the same for what is the same item: their own names, else by how the
 * versions lie beside each other. Undefined when there is no telling.
 */
export function alignedNames(
  { base, ours, theirs }: { readonly [Version in keyof NameVersions]: JsonArrayNode | undefined },
  holder: string | undefined,
): NameVersions | undefined {
  const arrays = [base, ours, theirs].map((array) => array ?? empty);
  const [baseNames, ourNames, theirNames] = itemNames(arrays, holder) ?? [];
  if (baseNames && ourNames && theirNames) return { base: baseNames, ours: ourNames, theirs: theirNames };
  if (!base) return undefined;
  const before = textsOf(base);
  return {
    base: before.map((_text, index) => backupName(index)),
    ours: namesBeside(before, textsOf(ours)),
    theirs: namesBeside(before, textsOf(theirs)),
  };
}

const empty: JsonArrayNode = { type: 'array', start: 0, end: 0, items: [] };

function textsOf(array: JsonArrayNode | undefined): readonly string[] {
  return (array?.items ?? []).map((item: JsonNode) => valueText(item));
}

function backupName(index: number): string {
  return `kept ${index}`;
}

/** Items that took the place of as many others are those, changed; items that are new are called by what they are. */
function namesBeside(before: readonly string[], after: readonly string[]): readonly string[] {
  const names = new Map<number, string>();
  let shift = 0;
  let index = 0;
  const keepUntil = (end: number): void => {
    for (; index < end; index += 1) names.set(index, backupName(index + shift));
  };
  for (const hunk of hunksBetween(before, after)) {
    keepUntil(hunk.after.start);
    if (hunk.before.length === hunk.after.length) keepUntil(endOf(hunk.after));
    index = endOf(hunk.after);
    shift = endOf(hunk.before) - index;
  }
  keepUntil(after.length);
  const uses = new Map<string, number>();
  return after.map((text, at) => {
    const name = names.get(at);
    if (name !== undefined) return name;
    const use = uses.get(text) ?? 0;
    uses.set(text, use + 1);
    return `new ${use} ${text}`;
  });
}
