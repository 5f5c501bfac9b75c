import { jsonPointer, type JsonPath, plainReference } from '../json/pointer.ts';
import {
  isSameValue,
  type JsonArrayNode,
  type JsonNode,
  type JsonObjectNode,
  nodeAt,
  stringOf,
  valueText,
} from '../json/tree.ts';
import { itemNames, type Resolve } from './item-names.ts';

/** One thing by which two JSON values differ. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed' | 'renamed';
  /** The path to it: names of members, and of items where they have some. */
  readonly steps: readonly string[];
  /** Where it is now, or where it was when it is no more. */
  readonly pointer: string;
  /** Where it is now, or would be. */
  readonly place: string;
  readonly before: JsonNode | undefined;
  readonly after: JsonNode | undefined;
  /** Of something renamed. */
  readonly names?: { readonly before: string; readonly after: string };
}

/** Two values of which one came from the other; undefined where there is none. */
export interface Pair {
  readonly before: JsonNode | undefined;
  readonly after: JsonNode | undefined;
  readonly steps: readonly string[];
  readonly beforePath: JsonPath;
  readonly afterPath: JsonPath;
}

/** What is compared, and what it is read with. */
export interface Reading {
  /** Whether a member is compared by somebody else. */
  readonly isOmitted?: (steps: readonly string[]) => boolean;
  /** What references stand for, before and after. */
  readonly resolvers?: readonly [before: Resolve, after: Resolve];
}

/** Objects whose members are things of their own: each is told, also when there was no such object before. */
const collections = new Set([
  'paths',
  'definitions',
  'parameters',
  'responses',
  'securityDefinitions',
  'properties',
  'connectionParameters',
  'connectionParameterSets',
  'policyTemplateInstances',
  'values',
]);

/** A schema that becomes a reference, or refers to something else, is another one as a whole. */
const reference = '$ref';

/** The member of a schema with its parts. */
const parts = 'allOf';

/** All by which two values differ; nothing exactly when they are the same by value. */
export function differences(pair: Pair, reading: Reading = {}): readonly Difference[] {
  const { before, after, steps } = pair;
  if (!before || !after) return oneSided(pair, reading);
  if (before.type === 'object' && after.type === 'object') {
    if (refersElsewhere(before, after) || isComposedElsewise(before, after)) return [difference('changed', pair)];
    return inObjects(pair, before, after, reading);
  }
  if (before.type === 'array' && after.type === 'array') {
    const [beforeNames, afterNames] = itemNames([before, after], steps.at(-1), reading.resolvers) ?? [];
    if (beforeNames && afterNames)
      return inNamedItems(pair, itemsOf(before, beforeNames), itemsOf(after, afterNames), reading);
    if (before.items.length === after.items.length && [...before.items, ...after.items].every(isContainer)) {
      const numbers = before.items.map((_item, index) => String(index + 1));
      return inNamedItems(pair, itemsOf(before, numbers), itemsOf(after, numbers), reading);
    }
  }
  return isSameValue(before, after) ? [] : [difference('changed', pair)];
}

function difference(kind: Difference['kind'], { before, after, steps, beforePath, afterPath }: Pair): Difference {
  const place = jsonPointer(afterPath);
  return { kind, steps, pointer: kind === 'removed' ? jsonPointer(beforePath) : place, place, before, after };
}

function isContainer({ type }: JsonNode): boolean {
  return type === 'object' || type === 'array';
}

function refersElsewhere(before: JsonObjectNode, after: JsonObjectNode): boolean {
  return referenceIn(before) !== referenceIn(after);
}

function referenceIn(node: JsonNode | undefined): string | undefined {
  const written = stringOf(nodeAt(node, reference));
  return written === undefined ? undefined : plainReference(written);
}

/** Whether a schema is composed of other parts, or became a single one: which part has what is no longer the same question. */
function isComposedElsewise(before: JsonObjectNode, after: JsonObjectNode): boolean {
  const [one, other] = [before.byName.get(parts)?.value, after.byName.get(parts)?.value];
  if (one?.type !== 'array' && other?.type !== 'array') return false;
  if (one?.type !== 'array' || other?.type !== 'array' || one.items.length !== other.items.length) return true;
  return one.items.some((part, index) => referenceIn(part) !== referenceIn(other.items[index]));
}

function oneSided(pair: Pair, reading: Reading): readonly Difference[] {
  const { before, after, steps } = pair;
  const node = before ?? after;
  if (!node) return [];
  const isCollection = collections.has(steps.at(-1) ?? '') || (steps.length === 2 && steps[0] === 'paths');
  if (node.type === 'object' && isCollection && node.byName.size > 0) {
    const none: JsonObjectNode = { type: 'object', start: 0, end: 0, members: [], byName: new Map() };
    return before ? inObjects(pair, node, none, reading) : inObjects(pair, none, node, reading);
  }
  if (node.type === 'array' && (isCollection || steps.at(-1) === 'required') && node.items.length > 0) {
    const [resolveBefore, resolveAfter] = reading.resolvers ?? [];
    const resolve = before ? resolveBefore : resolveAfter;
    const [names] = itemNames([node], steps.at(-1), resolve && [resolve]) ?? [];
    if (names)
      return inNamedItems(pair, before ? itemsOf(node, names) : [], before ? [] : itemsOf(node, names), reading);
  }
  return [difference(before ? 'removed' : 'added', pair)];
}

function inObjects(pair: Pair, before: JsonObjectNode, after: JsonObjectNode, reading: Reading): readonly Difference[] {
  const { steps, beforePath, afterPath } = pair;
  const names = new Set([...before.byName.keys(), ...after.byName.keys()]);
  const found = [...names].flatMap((name) => {
    const below = [...steps, name];
    if (reading.isOmitted?.(below)) return [];
    const value = {
      before: before.byName.get(name)?.value,
      after: after.byName.get(name)?.value,
      steps: below,
      beforePath: [...beforePath, name],
      afterPath: [...afterPath, name],
    };
    return differences(value, reading);
  });
  return collections.has(steps.at(-1) ?? '') ? withRenamed(found, steps.length) : found;
}

/** Things of the same value under another name, where there are no two that it could be. */
function withRenamed(found: readonly Difference[], depth: number): readonly Difference[] {
  const whole = (kind: Difference['kind']): readonly Difference[] =>
    found.filter((one) => one.kind === kind && one.steps.length === depth + 1 && isNamedThing(one));
  const [removed, added] = [whole('removed'), whole('added')];
  if (removed.length === 0 || added.length === 0) return found;
  const addedByValue = onlyByValue(added);
  const renamed = new Map<Difference, Difference>();
  for (const [value, one] of onlyByValue(removed)) {
    const match = addedByValue.get(value);
    if (one && match) renamed.set(one, match);
  }
  const gone = new Set(renamed.values());
  return found.flatMap((one) => {
    if (gone.has(one)) return [];
    const match = renamed.get(one);
    return match ? [renaming(one, match)] : [one];
  });
}

/** By their values, for which there is undefined where several have them. */
function onlyByValue(whole: readonly Difference[]): ReadonlyMap<string, Difference | undefined> {
  const found = new Map<string, Difference | undefined>();
  for (const one of whole) {
    const node = one.before ?? one.after;
    const value = node ? valueText(node) : '';
    found.set(value, found.has(value) ? undefined : one);
  }
  return found;
}

function isNamedThing({ before, after }: Difference): boolean {
  const node = before ?? after;
  return node?.type === 'object' && node.byName.size > 0;
}

function renaming({ steps, before }: Difference, { steps: newSteps, pointer, place, after }: Difference): Difference {
  const names = { before: steps.at(-1) ?? '', after: newSteps.at(-1) ?? '' };
  return { kind: 'renamed', steps, pointer, place, before, after, names };
}

interface Item {
  readonly name: string;
  readonly node: JsonNode;
  readonly index: number;
}

function itemsOf({ items }: JsonArrayNode, names: readonly string[]): readonly Item[] {
  return items.map((node, index) => ({ name: names[index] ?? '', node, index }));
}

function inNamedItems(
  pair: Pair,
  before: readonly Item[],
  after: readonly Item[],
  reading: Reading,
): readonly Difference[] {
  const beforeByName = new Map(before.map((item) => [item.name, item]));
  const afterByName = new Map(after.map((item) => [item.name, item]));
  const found = [...new Set([...beforeByName.keys(), ...afterByName.keys()])].flatMap((name) => {
    const [one, other] = [beforeByName.get(name), afterByName.get(name)];
    const item = {
      before: one?.node,
      after: other?.node,
      steps: [...pair.steps, name],
      beforePath: [...pair.beforePath, one?.index ?? 0],
      // Of an item that is no more, behind the others: a place where nothing is.
      afterPath: [...pair.afterPath, other?.index ?? after.length],
    };
    return differences(item, reading);
  });
  const kept = before.filter(({ name }) => afterByName.has(name));
  const keptAfter = after.filter(({ name }) => beforeByName.has(name));
  const isReordered = kept.some(({ name }, index) => name !== keptAfter[index]?.name);
  if (!isReordered) return found;
  return [...found, difference('changed', { ...pair, steps: [...pair.steps, 'order'] })];
}
