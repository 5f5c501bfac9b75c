import { isOperation, type Operation } from '../connector/operations.ts';
import type { JsonPath } from '../json/pointer.ts';
import { type JsonNode, nodeAt, stringOf } from '../json/tree.ts';
import type { Documents } from './breaking.ts';
import type { Change } from './change.ts';
import { type Difference, differences } from './differences.ts';
import type { OperationPair } from './pair-operations.ts';
import { type References, resolversOf } from './references.ts';

/** A difference, with what else is known of the change that it is. */
export type Seen = Difference & { readonly seenAs?: Partial<Pick<Change, 'rule' | 'place'>> };

/** The differences of an operation, its parameters followed to where they are now: in its path, or in another location. */
export function followParameters(
  found: readonly Difference[],
  pair: OperationPair,
  documents: Documents,
): readonly Seen[] {
  return inOtherLocation(
    found.flatMap((one) => inPath(one, pair, documents)),
    documents,
  );
}

/** A parameter that its path gives to the operation now, or gave before, is compared with that one. */
function inPath(difference: Difference, { before, after }: OperationPair, documents: Documents): readonly Difference[] {
  const { steps } = difference;
  if (!before || !after || !isWholeParameter(difference)) return [difference];
  const [, name = ''] = steps;
  const was = parameterOf(before, name, documents.before);
  const is = parameterOf(after, name, documents.after);
  if (!was || !is) return [difference];
  const moved = { before: was.node, after: is.node, steps, beforePath: was.path, afterPath: is.path };
  return differences(moved, { resolvers: resolversOf(documents) });
}

function isWholeParameter({ kind, steps }: Difference): boolean {
  return (kind === 'removed' || kind === 'added') && steps.length === 2 && steps[0] === 'parameters';
}

interface Found {
  readonly node: JsonNode;
  readonly path: JsonPath;
}

/** The parameter of this name and location in a list, itself or by reference. */
function parameterAt(path: readonly string[], name: string, references: References): Found | undefined {
  const list = references.at(path);
  if (list?.type !== 'array') return undefined;
  const index = references.parametersIn(list).get(name);
  const node = index === undefined ? undefined : list.items[index];
  return node && { node, path: [...path, index ?? 0] };
}

/** The parameter of an operation, its own or that of its path. */
function parameterOf({ path }: Operation, name: string, references: References): Found | undefined {
  return (
    parameterAt([...path, 'parameters'], name, references) ??
    parameterAt([...path.slice(0, 2), 'parameters'], name, references)
  );
}

/** A parameter that was removed in one location and added in another has moved: that is told once. */
function inOtherLocation(found: readonly Difference[], { before, after }: Documents): readonly Seen[] {
  const nameOf = (one: Difference): string | undefined =>
    stringOf(nodeAt(before.resolve(one.before) ?? after.resolve(one.after), 'name'));
  const parameters = (kind: Difference['kind']): ReadonlyMap<string | undefined, Difference> =>
    new Map(found.filter((one) => one.kind === kind && isWholeParameter(one)).map((one) => [nameOf(one), one]));
  const [removed, added] = [parameters('removed'), parameters('added')];
  return found.map((one) => {
    const name = nameOf(one);
    const [from, to] = [removed.get(name), added.get(name)];
    if (name === undefined || !from || !to) return one;
    if (one === from) return { ...one, seenAs: { rule: 'location', place: to.place } };
    return one === to ? { ...one, seenAs: { rule: undefined } } : one;
  });
}

/** Whether a parameter that a path got or lost is one that all its operations had, or have now, themselves. */
export function isOfOperations({ kind, steps }: Difference, { before, after }: Documents): boolean {
  const [paths, path = '', parameters, name] = steps;
  if (paths !== 'paths' || parameters !== 'parameters' || name === undefined || steps.length > 4) return false;
  if (kind !== 'added' && kind !== 'removed') return false;
  const other = kind === 'added' ? before : after;
  const item = other.at([paths, path]);
  const methods = item?.type === 'object' ? [...item.byName.keys()] : [];
  return methods
    .map((method) => [paths, path, method])
    .filter(isOperation)
    .every((operation) => parameterAt([...operation, parameters], name, other) !== undefined);
}
