import { jsonPointer, type JsonPath } from '../json/pointer.ts';
import { isSameValue, type JsonArrayNode, type JsonMember, type JsonNode, type JsonObjectNode } from '../json/tree.ts';
import { alignedNames } from './aligned-names.ts';
import { mergeOrder, withInserted } from './merge-order.ts';

/** The three versions of a value: what both sides began with, the one in the files here, the other one. */
export interface Versions {
  readonly base: JsonNode | undefined;
  readonly ours: JsonNode | undefined;
  readonly theirs: JsonNode | undefined;
}

export type Side = 'ours' | 'theirs';

/** A value that both sides have changed, to different ones; undefined where a side has none any more. */
export interface NodeConflict extends Versions {
  /** Into the document of ours, or into that of theirs where ours has nothing there. */
  readonly pointer: string;
}

/** What becomes of a value. */
export type Merged =
  /** It stays byte for byte. */
  | { readonly kind: 'kept'; readonly ours: JsonNode }
  | { readonly kind: 'taken'; readonly ours: JsonNode | undefined; readonly theirs: JsonNode }
  | { readonly kind: 'conflict'; readonly conflict: NodeConflict }
  /** An object or array of ours with other entries. */
  | {
      readonly kind: 'edited';
      readonly ours: JsonObjectNode | JsonArrayNode;
      readonly entries: readonly MergedEntry[];
    };

/** A member or an item. */
export interface MergedEntry {
  /** Of a member. */
  readonly name: string | undefined;
  /** What it is in the text of ours. */
  readonly ours: JsonMember | JsonNode | undefined;
  readonly value: Merged;
}

export interface MergedNode {
  /** Undefined when both sides agree that there is none. */
  readonly merged: Merged | undefined;
  readonly conflicts: readonly NodeConflict[];
}

/**
 * Merges two versions of a value that began as one: objects by the names of their members, arrays by those of their items
 * where they have some, and else as sequences. What one side alone has changed is taken, what both have changed is taken
 * if it is the same. Everything else is a conflict.
 *
 * @param decided Whose value is taken in a conflict; it is still listed.
 */
export function mergeNodes(versions: Versions, decided: Side | undefined): MergedNode {
  const merger = new Merger(decided);
  const merged = merger.merge(versions, { ours: [], theirs: [] }, undefined);
  return { merged, conflicts: merger.conflicts };
}

/** The paths to a value in the documents of both sides. */
interface Paths {
  readonly ours: JsonPath;
  readonly theirs: JsonPath;
}

class Merger {
  readonly conflicts: NodeConflict[] = [];
  readonly #decided: Side | undefined;

  constructor(decided: Side | undefined) {
    this.#decided = decided;
  }

  /** @param holder The name of the member that holds the value. */
  merge(versions: Versions, paths: Paths, holder: string | undefined): Merged | undefined {
    const { base, ours, theirs } = versions;
    if (ours?.type === 'object' && theirs?.type === 'object' && !refersElsewhere(versions)) {
      return this.#mergeObjects(base?.type === 'object' ? base : undefined, ours, theirs, paths);
    }
    if (isSameValue(ours, theirs)) return kept(ours);
    if (ours?.type === 'array' && theirs?.type === 'array' && (base === undefined || base.type === 'array')) {
      return this.#mergeArrays({ base, ours, theirs }, paths, holder);
    }
    if (isSameValue(base, ours)) return taken(ours, theirs);
    return isSameValue(base, theirs) ? kept(ours) : this.#conflict(versions, paths);
  }

  #mergeObjects(base: JsonObjectNode | undefined, ours: JsonObjectNode, theirs: JsonObjectNode, paths: Paths): Merged {
    const names = withInserted([...ours.byName.keys()], [...theirs.byName.keys()]);
    const entries = names.flatMap((name): readonly MergedEntry[] => {
      const member = ours.byName.get(name);
      const versions = {
        base: base?.byName.get(name)?.value,
        ours: member?.value,
        theirs: theirs.byName.get(name)?.value,
      };
      const below = { ours: [...paths.ours, name], theirs: [...paths.theirs, name] };
      const value = this.merge(versions, below, name);
      return value ? [{ name, ours: member, value }] : [];
    });
    return edited(ours, entries, [...ours.byName.values()]);
  }

  #mergeArrays(versions: ArrayVersions, paths: Paths, holder: string | undefined): Merged | undefined {
    const { ours, theirs } = versions;
    const names = alignedNames(versions, holder);
    const order = names && mergeOrder(names);
    if (!order) return this.#conflict(versions, paths);
    const [baseItems, ourItems, theirItems] = [
      byName(versions.base, names.base),
      byName(ours, names.ours),
      byName(theirs, names.theirs),
    ];
    const entries = order.flatMap((name): readonly MergedEntry[] => {
      const [item, other] = [ourItems.get(name), theirItems.get(name)];
      const below = {
        ours: [...paths.ours, item?.index ?? other?.index ?? 0],
        theirs: [...paths.theirs, other?.index ?? 0],
      };
      const items = { base: baseItems.get(name)?.node, ours: item?.node, theirs: other?.node };
      const value = this.merge(items, below, undefined);
      return value ? [{ name: undefined, ours: item?.node, value }] : [];
    });
    return edited(ours, entries, ours.items);
  }

  #conflict(versions: Versions, paths: Paths): Merged | undefined {
    const { ours, theirs } = versions;
    const conflict = { ...versions, pointer: jsonPointer(ours ? paths.ours : paths.theirs) };
    this.conflicts.push(conflict);
    if (this.#decided === 'ours') return kept(ours);
    return this.#decided === 'theirs' ? taken(ours, theirs) : { kind: 'conflict', conflict };
  }
}

export interface ArrayVersions {
  readonly base: JsonArrayNode | undefined;
  readonly ours: JsonArrayNode;
  readonly theirs: JsonArrayNode;
}

/** A reference and what is beside it are one thing. */
function refersElsewhere({ base, ours, theirs }: Versions): boolean {
  const [first, ...others] = [base ?? ours, ours, theirs].map((node) =>
    node?.type === 'object' ? node.byName.get('$ref')?.value : undefined,
  );
  return others.some((other) => !isSameValue(first, other));
}

function kept(ours: JsonNode | undefined): Merged | undefined {
  return ours && { kind: 'kept', ours };
}

function taken(ours: JsonNode | undefined, theirs: JsonNode | undefined): Merged | undefined {
  return theirs && { kind: 'taken', ours, theirs };
}

function edited(
  ours: JsonObjectNode | JsonArrayNode,
  entries: readonly MergedEntry[],
  before: readonly (JsonMember | JsonNode)[],
): Merged {
  const isKept =
    entries.length === before.length &&
    entries.every((entry, index) => entry.value.kind === 'kept' && entry.ours === before[index]);
  return isKept ? { kind: 'kept', ours } : { kind: 'edited', ours, entries };
}

interface Item {
  readonly node: JsonNode;
  readonly index: number;
}

function byName(array: JsonArrayNode | undefined, names: readonly string[]): ReadonlyMap<string, Item> {
  const items = array?.items ?? [];
  return new Map(items.map((node, index) => [names[index] ?? '', { node, index }]));
}
