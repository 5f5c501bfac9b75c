/** The names of things in their order, in three versions. */
export interface NameVersions {
  readonly base: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/**
 * An order for all names of both sides: that of the side which has moved some. Undefined when both have, in different ways.
 */
export function mergeOrder({ base, ours, theirs }: NameVersions): readonly string[] | undefined {
  const haveOursMoved = !isSameOrder(base, ours);
  const haveTheirsMoved = !isSameOrder(base, theirs);
  if (haveOursMoved && haveTheirsMoved && !isSameOrder(ours, theirs)) return undefined;
  // What a side has no more still tells where what the other has put beside it belongs.
  if (!haveOursMoved && !haveTheirsMoved) return withInserted(withInserted(base, ours), theirs);
  return haveOursMoved
    ? withInserted(withInserted(ours, base), theirs)
    : withInserted(withInserted(theirs, base), ours);
}

/** The names in their order, and the others each behind the name that it follows in its own. */
export function withInserted(names: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(names);
  const first: string[] = [];
  const followers = new Map<string, string[]>();
  let place = first;
  for (const name of others) {
    if (!known.has(name)) place.push(name);
    else {
      place = [];
      followers.set(name, place);
    }
  }
  return [...first, ...names.flatMap((name) => [name, ...(followers.get(name) ?? [])])];
}

/** Whether what both have is in the same order. */
function isSameOrder(one: readonly string[], other: readonly string[]): boolean {
  const [inOne, inOther] = [new Set(one), new Set(other)];
  const common = one.filter((name) => inOther.has(name));
  return other.filter((name) => inOne.has(name)).every((name, index) => name === common[index]);
}
