import type { Connector } from '../engine/connector.ts';
import type { Definition } from '../engine/definition.ts';
import { dynamicCalls, dynamicNames, isBuiltIn, ofDynamic } from '../engine/dynamic-calls.ts';
import { isObject, isText, member as memberOf } from '../../json/value.ts';
import { nearestOperation } from '../engine/nearest-operation.ts';
import type { Nodes, OperationNode } from '../engine/nodes.ts';
import { hasInput, inputsOf, operationsIn } from '../engine/operation-inputs.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

/** The operation that a call names, if there is one of this ID. */
function calledOperation(call: Location, definition: Definition): OperationNode | undefined {
  const id = isBuiltIn(call) ? undefined : memberOf(call.value, 'operationId');
  return isText(id) ? definition.operationsById.get(id) : undefined;
}

function operationMustExist(extension: Location, report: Report, _node: Location, { definition }: Connector): void {
  if (!definition) return;
  for (const call of dynamicCalls(extension)) {
    const id = memberOf(call.value, 'operationId');
    if (!isText(id) || isBuiltIn(call) || definition.operationsById.has(id)) continue;
    report(call.at('operationId'), { id }, () => ({ suggestion: nearestOperation(id, definition) }));
  }
}

function parametersMustExist(extension: Location, report: Report, _node: Location, { definition }: Connector): void {
  if (!definition) return;
  for (const call of dynamicCalls(extension)) {
    const given = memberOf(call.value, 'parameters');
    const operation = calledOperation(call, definition);
    if (!operation || !isObject(given)) continue;
    for (const name of Object.keys(given)) {
      if (hasInput(definition, operation, name)) continue;
      report(call.at('parameters', name), { id: operation.id ?? '', name }, { mark: 'name' });
    }
  }
}

function requiredMustBeGiven(extension: Location, report: Report, _node: Location, { definition }: Connector): void {
  if (!definition) return;
  for (const call of dynamicCalls(extension)) {
    const operation = calledOperation(call, definition);
    if (!operation) continue;
    for (const name of inputsOf(definition, operation).required) {
      const location = call.at('parameters', name);
      if (location.value === undefined) report(location, { id: operation.id ?? '', name });
    }
  }
}

/** The parameters of this operation that a call passes on: places of `"parameter": "name"`. */
function* passedOn(call: Location): Generator<{ readonly location: Location; readonly name: string }> {
  const given = memberOf(call.value, 'parameters');
  if (!isObject(given) || isBuiltIn(call)) return;
  for (const [parameter, value] of Object.entries(given)) {
    for (const word of ['parameter', 'parameterReference']) {
      const name = memberOf(value, word);
      if (isText(name)) yield { location: call.at('parameters', parameter, word), name };
    }
  }
}

function referencesMustExist(
  extension: Location,
  report: Report,
  sources: readonly OperationNode[],
  definition: Definition,
): void {
  if (sources.length === 0) return;
  for (const call of dynamicCalls(extension)) {
    for (const { location, name } of passedOn(call)) {
      if (!sources.some((source) => hasInput(definition, source, name))) report(location, { name });
    }
  }
}

/** The operations to which a parameter belongs, as far as its place tells. */
function operationsOf({ owner }: Nodes['parameter'], definition: Definition): readonly OperationNode[] {
  if (!owner) return [];
  return owner.kind === 'operation' ? [owner] : operationsIn(definition, owner);
}

const example = (extension: string): string => `{ "paths": {
  "/items": { "get": { "parameters": [
    { "name": "list", "in": "query", "type": "string" },
    { "name": "item", "in": "query", "type": "string", "x-ms-dynamic-values": ${extension} }] } },
  "/lists": { "get": { "operationId": "GetNames", "parameters": [
    { "name": "of", "in": "query", "required": true, "type": "string" }] } } } }`;

const right = '{ "operationId": "GetNames", "parameters": { "of": { "parameter": "list" } }, "value-path": "id" }';

export const dynamicOperationRules: readonly Rule[] = [
  {
    id: 'dynamic-operation-not-found',
    level: 'error',
    message: "Operation '{id}' was not found{suggestion}.",
    reason: 'The platform calls this operation when a maker opens the list, or needs the schema.',
    sources: ['SV'],
    good: [
      { definition: example(right) },
      { definition: example('{ "value-path": "id" }') },
      { definition: example('{ "builtInOperation": "AzureADGroups", "operationId": "GetNmaes" }') },
    ],
    bad: [{ definition: example('{ "operationId": ⟦"GetNmaes"⟧, "value-path": "id" }') }],
    checkMember: { names: dynamicNames, of: ofDynamic(operationMustExist) },
  },
  {
    id: 'dynamic-parameter-unknown',
    level: 'error',
    message: "Operation '{id}' has no parameter '{name}'.",
    reason: 'What is given to an operation must be one of its parameters, or a property of its body.',
    sources: ['SV'],
    good: [
      { definition: example(right) },
      { definition: example('{ "operationId": "GetNmaes", "parameters": { "top": 10 } }') },
      { definition: example('{ "operationId": "GetNames" }') },
    ],
    bad: [
      {
        definition: example(
          '{ "operationId": "GetNames", "parameters": { "of": 1, ⟦"top"⟧: 10 }, "value-path": "id" }',
        ),
      },
    ],
    checkMember: { names: dynamicNames, of: ofDynamic(parametersMustExist) },
  },
  {
    id: 'dynamic-reference-unknown',
    level: 'error',
    message: "'{name}' is not a parameter of this operation.",
    reason: 'Only what the user has given to this operation can be passed on.',
    sources: ['SV'],
    good: [
      { definition: example(right) },
      { definition: example('{ "operationId": "GetNames", "parameters": null }') },
      {
        definition: example(
          '{ "builtInOperation": "AzureADGroups", "parameters": { "of": { "parameter": "listId" } } }',
        ),
      },
      {
        definition: `{ "parameters": { "item": { "name": "item", "in": "query", "type": "string",
  "x-ms-dynamic-values": { "operationId": "GetNames", "parameters": { "of": { "parameter": "list" } } } } } }`,
      },
      {
        definition: `{ "paths": { "/items": {
  "parameters": [{ "name": "item", "in": "query", "type": "string", "x-ms-dynamic-values": ${right} }],
  "get": { "parameters": [{ "name": "list", "in": "query", "type": "string" }] } } } }`,
      },
      {
        definition: `{ "paths": { "/hooks": { "x-ms-notification-content": { "schema": { "properties": {
  "item": { "type": "string", "x-ms-dynamic-values": ${right} } } } } } } }`,
      },
    ],
    bad: [
      {
        definition: example(
          '{ "operationId": "GetNames", "parameters": { "of": { "parameter": ⟦"listId"⟧ } }, "value-path": "id" }',
        ),
      },
      {
        definition: example(
          '{ "operationId": "GetNames", "parameters": { "of": { "parameterReference": ⟦"listId"⟧ } }, "value-path": "id" }',
        ),
      },
      {
        definition: `{ "paths": { "/items": { "post": { "parameters": [{ "name": "body", "in": "body", "schema": {
  "properties": { "item": { "type": "string", "x-ms-dynamic-values": {
    "operationId": "GetNames", "parameters": { "of": { "parameter": ⟦"listId"⟧ } } } } } } }] } } } }`,
      },
    ],
    checkMember: {
      names: dynamicNames,
      of: {
        parameter: (extension, report, node, { definition }) => {
          if (definition) referencesMustExist(extension, report, operationsOf(node, definition), definition);
        },
        usedSchema: (extension, report, node, { definition }) => {
          const { operation } = node.use;
          if (definition && operation) referencesMustExist(extension, report, [operation], definition);
        },
      },
    },
  },
  {
    id: 'dynamic-required-parameter-missing',
    level: 'error',
    message: "Operation '{id}' requires '{name}'.",
    reason: 'Without a parameter that it requires the operation cannot be called, and the list stays empty.',
    sources: ['SV'],
    good: [
      { definition: example(right) },
      { definition: example('{ "operationId": "GetNmaes" }') },
      { definition: example('{ "builtInOperation": "AzureADGroups", "operationId": "GetNames" }') },
    ],
    bad: [{ definition: example('⟦{⟧ "operationId": "GetNames", "value-path": "id" }') }],
    checkMember: { names: dynamicNames, of: ofDynamic(requiredMustBeGiven) },
  },
];
