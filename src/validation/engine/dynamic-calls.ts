import { isObject, isText, type JsonObject, member } from '../../json/value.ts';
import type { Definition } from './definition.ts';
import type { Location } from './location.ts';
import type { OperationNode } from './nodes.ts';
import type { MemberCheck, MemberChecks, Report } from './rule.ts';

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

/** A call that names an operation. */
interface NamedCall {
  readonly call: Location;
  readonly definition: Definition;
  readonly id: string;
  /** Undefined where there is none of this ID. */
  readonly operation: OperationNode | undefined;
}

/** For each call that names an operation. */
export function ofNamedCalls(check: (call: NamedCall, report: Report) => void): MemberChecks {
  const checkCalls: MemberCheck = (extension, report, _node, { definition }) => {
    if (!definition) return;
    for (const call of dynamicCalls(extension)) {
      const id = isBuiltIn(call) ? undefined : member(call.value, 'operationId');
      if (isText(id)) check({ call, definition, id, operation: definition.operationsById.get(id) }, report);
    }
  };
  return { names: dynamicNames, of: ofDynamic(checkCalls) };
}
