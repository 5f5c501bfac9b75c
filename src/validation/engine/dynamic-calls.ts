import { isObject, isText, type JsonObject, member } from '../../json/value.ts';
import type { Definition } from './definition.ts';
import type { Location } from './location.ts';
import type { OperationNode } from './nodes.ts';
import type { MemberCheck, MemberChecks } from './rule.ts';

/** The extensions that ask an operation for values or for a schema at design time, with the members that each has. */
export const dynamicMembers: Readonly<Record<string, Readonly<Record<string, true>>>> = {
  'x-ms-dynamic-values': {
    operationId: true,
    parameters: true,
    'value-path': true,
    'value-title': true,
    'value-collection': true,
    capability: true,
    builtInOperation: true,
  },
  'x-ms-dynamic-list': {
    operationId: true,
    parameters: true,
    itemsPath: true,
    itemTitlePath: true,
    itemValuePath: true,
    builtInOperation: true,
  },
  'x-ms-dynamic-schema': { operationId: true, parameters: true, 'value-path': true, builtInOperation: true },
  'x-ms-dynamic-properties': { operationId: true, parameters: true, itemValuePath: true, builtInOperation: true },
};

const tree = 'x-ms-dynamic-tree';

export const dynamicNames: readonly string[] = [...Object.keys(dynamicMembers), tree];

/** Where these extensions can stand. */
export function ofDynamic(check: MemberCheck<Location<JsonObject>>): MemberChecks['of'] {
  return { schema: check, parameter: check, items: check };
}

/** How a call names what it passes on, beside constants. */
export type PassingName = 'parameter' | 'parameterReference';

export function passingName({ name }: Location): PassingName {
  return name === 'x-ms-dynamic-values' || name === 'x-ms-dynamic-schema' ? 'parameter' : 'parameterReference';
}

/** The calls that an extension describes: itself, or those for the roots and the branches of a tree. */
export function dynamicCalls(extension: Location): readonly Location[] {
  if (extension.name !== tree) return [extension];
  return ['open', 'browse'].map((name) => extension.at(name)).filter(({ value }) => value !== undefined);
}

/** Calls what is built into the platform, of which no definition knows. */
export function isBuiltIn({ value }: Location): boolean {
  return isObject(value) && (value['builtInOperation'] !== undefined || value['capability'] !== undefined);
}

/** The operation that a call names, if there is one of this ID. */
export function calledOperation(call: Location, definition: Definition): OperationNode | undefined {
  const id = isBuiltIn(call) ? undefined : member(call.value, 'operationId');
  return isText(id) ? definition.operationsById.get(id) : undefined;
}
