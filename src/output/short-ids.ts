const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;
/** The first group of a GUID. */
const headOfGuid = 8;
const head = 12;
const tail = 6;
/** As much more of each is shown where less would make two of them look the same. */
const step = 4;

/** IDs shortened in their middle, GUIDs after their first group, as far as those that differ still do. */
export function shortIds(ids: readonly string[]): readonly string[] {
  const count = new Set(ids).size;
  const longest = Math.max(0, ...ids.map((id) => id.length));
  for (let more = 0; more < longest; more += step) {
    const short = ids.map((id) => shortId(id, more));
    if (new Set(short).size === count) return short;
  }
  return ids;
}

function shortId(id: string, more: number): string {
  const [first, last] = guid.test(id) ? [headOfGuid + more, 0] : [head + more, tail + more];
  return id.length <= first + last + 1 ? id : `${id.slice(0, first)}…${last === 0 ? '' : id.slice(-last)}`;
}
