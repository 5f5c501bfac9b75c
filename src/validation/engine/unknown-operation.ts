import { isMethod, methods } from '../../connector/methods.ts';
import { has, isObject } from '../../json/value.ts';
import { mostCandidates, nearestName } from '../../nearest-name.ts';
import { memberTypes } from '../knowledge/member-types.ts';
import type { Definition } from './definition.ts';
import type { Location } from './location.ts';
import type { PathItemNode } from './nodes.ts';
import type { ReportOptions } from './rule.ts';

const known = new WeakMap<Definition, readonly Location[]>();

/** Where operations are missing that may have an ID which none has: all of them, their methods, or their IDs. */
function missingIds(definition: Definition): readonly Location[] {
  const before = known.get(definition);
  if (before) return before;
  const { root, pathItems, operations } = definition;
  const places = [
    root.at('paths'),
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

/** Which operation was most likely meant by an ID that is none; where none is like it, one without an ID may be. */
export function unknownOperation(id: string, definition: Definition): Pick<ReportOptions, 'suggestion' | 'because'> {
  const { operationsById } = definition;
  const suggestion = operationsById.size > mostCandidates ? undefined : nearestName(id, [...operationsById.keys()]);
  return suggestion === undefined ? { because: missingIds(definition) } : { suggestion };
}
