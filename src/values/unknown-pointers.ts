import { isSecretName } from '../connector/client-secret.ts';
import { type DocumentPart, partFacts } from '../connector/part.ts';
import { jsonPointer, pathIn, pointerPath } from '../json/pointer.ts';
import { isArray, isObject } from '../json/value.ts';
import { nearestName } from '../nearest-name.ts';
import type { ValueProblem, WrittenValue } from './environments-file.ts';
import { partOfPointer } from './place-values.ts';

/** The documents of a connector; undefined for one that isn't there. */
export type DocumentValues = Readonly<Record<DocumentPart, unknown>>;

/** A pointer that leads to nothing, with the one that was probably meant. */
export interface UnknownPointer extends ValueProblem {
  readonly suggestion: string | undefined;
}

/** The pointers that lead to nothing. Files don't have client secrets: the settings around one have to be there. */
export function unknownPointers(values: readonly WrittenValue[], documents: DocumentValues): readonly UnknownPointer[] {
  return values.flatMap(({ pointer, path }) => {
    const part = partOfPointer(pointer);
    const document = documents[part];
    const needed = isSecretPointer(pointer) ? pointer.slice(0, pointer.lastIndexOf('/')) : pointer;
    if (document === undefined || pathIn(document, needed)) return [];
    const suggestion = nearestPointer(pointer, [documents.apiDefinition, documents.apiProperties]);
    return [{ kind: 'unknown', path, name: pointer, other: partFacts[part].words, suggestion }];
  });
}

/** Whether a pointer leads to a client secret. */
export function isSecretPointer(pointer: string): boolean {
  return isSecretName(pointerPath(pointer).at(-1) ?? '');
}

/** The pointer that the user may have meant: a misspelled name in it, or one that leads to a member of the same name. */
function nearestPointer(pointer: string, documents: readonly unknown[]): string | undefined {
  const steps = pointerPath(pointer);
  const candidates = documents.flatMap((document) => respelled(steps, document) ?? []);
  const name = steps.at(-1) ?? '';
  if (candidates[0] !== undefined || isIndex(name)) return candidates[0];
  return documents.flatMap((document) => pathTo(name, document) ?? [])[0];
}

/** The same way with the nearest name wherever there is none of that name, or the last item of a shorter list. */
function respelled(steps: readonly string[], document: unknown): string | undefined {
  const path: string[] = [];
  let [value, rest] = [document, steps];
  while (rest.length > 0) {
    const [step = ''] = rest;
    const members = membersOf(value);
    const names = [...members.keys()];
    const unescaped = members.has(step) ? undefined : withoutEscapes(rest, members);
    const nearest = isArray(value) && isIndex(step) ? names.at(-1) : nearestName(step, names);
    const name = members.has(step) ? step : (unescaped?.name ?? nearest);
    if (name === undefined) return undefined;
    path.push(name);
    value = members.get(name);
    rest = rest.slice(unescaped?.steps ?? 1);
  }
  return jsonPointer(path);
}

/** A name with slashes, such as a path, that was written without `~1`: then each part of it is a step. */
function withoutEscapes(
  steps: readonly string[],
  members: ReadonlyMap<string, unknown>,
): { readonly name: string; readonly steps: number } | undefined {
  for (let count = steps.length; count > 0; count--) {
    const joined = steps.slice(0, count).join('/');
    const name = [joined, `/${joined}`].find((one) => members.has(one));
    if (name !== undefined) return { name, steps: count };
  }
  return undefined;
}

function isIndex(step: string): boolean {
  return /^\d+$/u.test(step);
}

/** The first place of a name, from the root down. */
function pathTo(name: string, document: unknown): string | undefined {
  const waiting: { readonly path: readonly string[]; readonly value: unknown }[] = [{ path: [], value: document }];
  for (const { path, value } of waiting) {
    const members = membersOf(value);
    if (members.has(name)) return jsonPointer([...path, name]);
    for (const [step, inside] of members) waiting.push({ path: [...path, step], value: inside });
  }
  return undefined;
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  if (isArray(value)) return new Map(value.map((item, index) => [String(index), item]));
  return new Map(isObject(value) ? Object.entries(value) : []);
}
