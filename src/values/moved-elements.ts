import type { Connector } from '../connector/connector.ts';
import { ConflictError } from '../errors.ts';
import { jsonPointer, pointerPath } from '../json/pointer.ts';
import { isArray, isObject, type JsonObject, member } from '../json/value.ts';
import { environmentsFileName } from './environments-file.ts';
import { partOfPointer } from './place-values.ts';

/** By what elements of lists are told apart: parameters, operations, policies. */
const identifying = ['name', 'in', 'operationId', 'templateId', 'title'];

/**
 * Raises `ConflictError` if the files can't keep their values at these pointers, because it can't be detected which values of the
 * environment aren't theirs.
 *
 * @param done What is then not done.
 */
export function requireSameElements(
  files: Connector,
  there: Connector,
  pointers: readonly string[],
  done: 'pulled' | 'downloaded',
): void {
  const moved = movedElements(files, there, pointers);
  if (moved.length === 0) return;
  throw new ConflictError(
    `A list has other elements in the environment, and ${environmentsFileName} has values in it by position: ${moved.join(', ')}. Nothing was ${done}, so that no value of the environment gets into your files.`,
    {
      hint: `Make the change to the list in your files, with the pointers in ${environmentsFileName}, then run the same command again.`,
    },
  );
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
