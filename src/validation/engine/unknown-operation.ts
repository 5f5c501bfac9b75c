import { isMethod, methods } from '../../connector/methods.ts';
import { has, isObject } from '../../json/value.ts';
import { mostCandidates, nearestName } from '../../nearest-name.ts';
import { memberTypes } from '../knowledge/member-types.ts';
import type { Definition } from './definition.ts';
import type { Location } from './location.ts';
import type { PathItemNode } from './nodes.ts';
import type { ReportOptions } from './rule.ts';

const known = new WeakMap<Definition, readonly Location[]>();

/** Where operations are missing of which each may have an ID that none has: their paths, their methods, or their IDs. */
function missingIds(definition: Definition): readonly Location[] {
  const before = known.get(definition);
  if (before) return before;
  const { root, pathItems, operations } = definition;
  const places = [
    ...[...root.at('paths').members()].filter(({ value }) => !isObject(value)),
    ...pathItems.filter(hasSlip).flatMap((pathItem) => methods.map((method) => pathItem.at(method))),
    ...operations.flatMap((operation) => (operation.id === undefined ? [operation.at('operationId')] : [])),
  ];
  known.set(definition, places);
  return places;
}

function hasSlip({ value }: PathItemNode): boolean {
  return Object.entries(value).some(
    ([name, operation]) =>
      (isMethod(name) && !isObject(operation)) || (!has(memberTypes.pathItem, name) && !name.startsWith('x-')),
  );
}

/** Whether a text is an ID, or an operation, a path or all paths have it. */
function hasId(written: unknown, id: string, levelsBelow = 2): boolean {
  if (!isObject(written)) return written === id;
  if (written['operationId'] !== undefined) return written['operationId'] === id;
  return (
    levelsBelow > 0 && Object.values(written).some((below) => isObject(below) && hasId(below, id, levelsBelow - 1))
  );
}

/** Which operation was most likely meant by an ID that is none; where none is like it, one without an ID may be. */
export function unknownOperation(
  id: string,
  definition: Definition,
): Pick<ReportOptions, 'suggestion' | 'because' | 'lack'> {
  const { operationsById, root } = definition;
  const suggestion = operationsById.size > mostCandidates ? undefined : nearestName(id, [...operationsById.keys()]);
  if (suggestion !== undefined) return { suggestion };
  const lack = { name: id, oneOf: missingIds(definition), isIn: (written: unknown) => hasId(written, id) };
  return { because: [root.at('paths')], lack };
}
