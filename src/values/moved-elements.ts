import type { Connector } from '../connector/connector.ts';
import { ConflictError } from '../errors.ts';
import { jsonPointer, pointerPath } from '../json/pointer.ts';
import { parseJson } from '../json/parse.ts';
import { isArray, isObject, isText, type JsonObject, member } from '../json/value.ts';
import { environmentsFileName } from './environments-file.ts';
import { type EnvironmentValues, partOfPointer, valuesAt, withValues } from './place-values.ts';

/** By what elements of lists are told apart: parameters, operations, policies. */
const identifying = ['name', 'in', 'operationId', 'templateId', 'title'];

export interface PlacedValues {
  /** The connector in the environment. */
  readonly there: Connector;
  readonly values: EnvironmentValues;
  /** The pointers to those that are secrets. */
  readonly concealed: readonly string[];
}

/**
 * Raises `ConflictError` if the files can't keep their values at these pointers, because it can't be detected which values of the
 * environment aren't theirs.
 *
 * @param files With their own values.
 * @param done What is then not done.
 */
export function requireSameElements(files: Connector, placed: PlacedValues, done: 'pulled' | 'downloaded'): void {
  const { there, values } = placed;
  // An element can be a value itself, and more than one can lead into it.
  const expected = withValues(files, values);
  const elements = movedElements(expected, there, [...values.keys()]);
  const moved = elements.length > 0 ? elements : movedValues(placed, expected);
  if (moved.length === 0) return;
  const what =
    elements.length > 0
      ? `A list has other elements in the environment, and ${environmentsFileName} has values in it by position`
      : `A value of ${environmentsFileName} has another place in the environment`;
  throw new ConflictError(
    `${what}: ${moved.join(', ')}. Nothing was ${done}, so that no value of the environment gets into your files.`,
    {
      hint: `Make the same change in your files, with the pointers in ${environmentsFileName}, then run the same command again.`,
    },
  );
}

/** Raises `ConflictError` if a connector has its values for an environment at other places: another environment would get them. */
export function requireInPlace(placed: PlacedValues): void {
  const moved = movedValues(placed);
  if (moved.length === 0) return;
  throw new ConflictError(
    `A value of ${environmentsFileName} has another place in the environment that you deploy from: ${moved.join(', ')}. Nothing was deployed, so that the other environment doesn't get it.`,
    { hint: `Change the pointers in ${environmentsFileName}, then run the same command again.` },
  );
}

/** In characters. A shorter text is at other places by chance. */
const shortestValue = 4;

/**
 * Where the environment has one of the texts and isn't expected to: a copy of a secret, or a value that was moved.
 *
 * @param expected The files with the values, where files are known.
 */
function movedValues({ there, values, concealed }: PlacedValues, expected?: Connector): readonly string[] {
  const present = valuesAt(there, [...values.keys()]);
  return [...values].flatMap(([pointer, value]) => {
    const text = value && parseJson(value.text);
    if (!isText(text) || text.length < shortestValue) return [];
    const own = present.get(pointer);
    if (!concealed.includes(pointer) && own && parseJson(own.text) === text) return [];
    const known = new Set([...values.keys(), ...(expected ? placesOf(text, expected) : [])]);
    return placesOf(text, there).filter((place) => !known.has(place));
  });
}

/** The pointers to a text in a connector. */
function placesOf(text: string, { apiDefinition, apiProperties }: Connector): readonly string[] {
  const found: string[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (value === text) found.push(jsonPointer(path));
    else if (isArray(value)) value.forEach((item, index) => walk(item, [...path, String(index)]));
    else if (isObject(value)) for (const [name, item] of Object.entries(value)) walk(item, [...path, name]);
  };
  for (const content of [apiDefinition, apiProperties]) walk(content?.json.value, []);
  return found;
}

/**
 * The elements of lists on the way of these pointers that are others in a second connector: somebody has inserted, removed, or
 * moved elements there, so a value at the pointer isn't the one that was placed.
 */
function movedElements(files: Connector, there: Connector, pointers: readonly string[]): readonly string[] {
  const moved = pointers.flatMap((pointer) => {
    const path = pointerPath(pointer);
    let [one, other] = [rootFor(files, pointer), rootFor(there, pointer)];
    for (const [index, step] of path.entries()) {
      const lists = isArray(one) && isArray(other) ? ([one, other] as const) : undefined;
      [one, other] = [child(one, step), child(other, step)];
      const isMoved =
        lists && (isObject(one) ? !isSameElement(one, other, path[index + 1]) : lists[0].length !== lists[1].length);
      if (isMoved) return [jsonPointer(path.slice(0, index + 1))];
    }
    return [];
  });
  return [...new Set(moved)];
}

function rootFor({ apiDefinition, apiProperties }: Connector, pointer: string): unknown {
  return (partOfPointer(pointer) === 'apiProperties' ? apiProperties : apiDefinition)?.json.value;
}

function child(value: unknown, step: string): unknown {
  return isArray(value) ? value[Number(step)] : member(value, step);
}

/** @param placed The member of the element that has the value, or leads to it: it may differ. */
function isSameElement(one: JsonObject, other: unknown, placed: string | undefined): boolean {
  if (!isObject(other)) return false;
  return identifying.every((name) => {
    const [own, others] = [one[name], other[name]];
    return name === placed || own === undefined || others === undefined || own === others;
  });
}
