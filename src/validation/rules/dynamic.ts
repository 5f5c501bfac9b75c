import type { Nodes } from '../engine/node-kinds.ts';
import { has, isObject, isString, isText, type JsonObject, member as memberOf } from '../../json/value.ts';
import { isNoText, isUndefined, renaming, reportMissing, reportUnknownName } from '../engine/checks.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import { type Definition, nearestOperation } from '../engine/definition.ts';
import {
  dynamicCalls,
  dynamicMembers,
  dynamicNames,
  isBuiltIn,
  ofDynamic,
  passingName,
} from '../engine/dynamic-calls.ts';
import type { Location } from '../engine/location.ts';
import type { OperationNode } from '../engine/nodes.ts';
import { hasInput, inputsOf, operationsIn } from '../engine/operation-inputs.ts';
import type { Report, Rule } from '../engine/rule.ts';

/** The operation that a call names, if there is one of this ID. */
function calledOperation(call: Location, definition: Definition): OperationNode | undefined {
  const id = isBuiltIn(call) ? undefined : memberOf(call.value, 'operationId');
  return isText(id) ? definition.operationsById.get(id) : undefined;
}

function operationMustExist(
  extension: Location,
  report: Report,
  _node: Location,
  { definition }: ParsedConnector,
): void {
  if (!definition) return;
  for (const call of dynamicCalls(extension)) {
    const id = memberOf(call.value, 'operationId');
    if (!isText(id) || isBuiltIn(call) || definition.operationsById.has(id)) continue;
    report(call.at('operationId'), { id }, () => ({ suggestion: nearestOperation(id, definition) }));
  }
}

function parametersMustExist(
  extension: Location,
  report: Report,
  _node: Location,
  { definition }: ParsedConnector,
): void {
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

function requiredMustBeGiven(
  extension: Location,
  report: Report,
  _node: Location,
  { definition }: ParsedConnector,
): void {
  if (!definition) return;
  for (const call of dynamicCalls(extension)) {
    const operation = calledOperation(call, definition);
    if (!operation) continue;
    const { required } = inputsOf(definition, operation);
    reportMissing(call.at('parameters'), [...required], report, isUndefined, { id: operation.id ?? '' });
  }
}

/** The parameters of this operation that a call passes on: places of `"parameter": "name"`. */
function* passedOn(call: Location): Generator<{ readonly location: Location; readonly name: string }> {
  const given = memberOf(call.value, 'parameters');
  if (!isObject(given) || isBuiltIn(call)) return;
  for (const [parameter, value] of Object.entries(given)) {
    for (const word of ['parameter', 'parameterReference']) {
      const name = memberOf(value, word);
      if (isString(name)) yield { location: call.at('parameters', parameter, word), name };
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

const calling = (extension: string): string => `{ "paths": {
  "/items": { "get": { "parameters": [
    { "name": "list", "in": "query", "type": "string" },
    { "name": "item", "in": "query", "type": "string", "x-ms-dynamic-values": ${extension} }] } },
  "/lists": { "get": { "operationId": "GetNames", "parameters": [
    { "name": "of", "in": "query", "required": true, "type": "string" }] } } } }`;

/** The body has an order in parts, with its lines in a list. */
const dotted = (parameter: string): string => `{ "definitions": {
    "Order": { "allOf": [{ "properties": { "shop": {} } },
      { "properties": { "lines": { "type": "array", "items": { "properties": { "id": {} } } } } }] } },
  "paths": { "/items": { "post": { "parameters": [{ "name": "body", "in": "body", "schema": {
    "properties": { "order": { "$ref": "#/definitions/Order" }, "flat.name": {},
      "item": { "type": "string", "x-ms-dynamic-values": {
        "operationId": "GetNames", "parameters": { "of": { "parameter": "${parameter}" } } } } } } }] } },
    "/lists": { "get": { "operationId": "GetNames" } } } }`;

const listNames = '{ "operationId": "GetNames", "parameters": { "of": { "parameter": "list" } }, "value-path": "id" }';

const pointsToOperation = 'The platform calls this operation to fill the list or get the schema.';

function mustNameOperation(extension: Location, report: Report): void {
  if (!isObject(extension.value)) {
    report(extension);
    return;
  }
  for (const call of dynamicCalls(extension)) {
    if (!isObject(call.value)) report(call);
    else if (!isBuiltIn(call)) reportMissing(call, ['operationId'], report, isNoText);
  }
}

/** What the one extension calls so, the other calls so. */
const counterparts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'x-ms-dynamic-values': {
    itemsPath: 'value-collection',
    itemTitlePath: 'value-title',
    itemValuePath: 'value-path',
  },
  'x-ms-dynamic-list': {
    'value-collection': 'itemsPath',
    'value-title': 'itemTitlePath',
    'value-path': 'itemValuePath',
  },
  'x-ms-dynamic-schema': { itemValuePath: 'value-path' },
  'x-ms-dynamic-properties': { 'value-path': 'itemValuePath' },
};

function mustHaveKnownMembers(extension: Location, report: Report): void {
  const known = dynamicMembers[extension.name];
  if (!known || !isObject(extension.value)) return;
  for (const name of Object.keys(extension.value)) {
    if (has(known, name) || name.startsWith('x-')) continue;
    const member = extension.at(name);
    const meant = counterpart(extension.name, name);
    if (meant === undefined) reportUnknownName(member, known, report);
    else report(member, { name }, { mark: 'name', suggestion: meant, fix: renaming(member, meant) });
  }
}

function counterpart(extension: string, name: string): string | undefined {
  const names = counterparts[extension];
  return names && has(names, name) ? names[name] : undefined;
}

const shapes = {
  parameter: 'a constant, or { "parameter": … } for a parameter of this operation',
  parameterReference: '{ "value": … }, or { "parameterReference": … } for a parameter of this operation',
};

function mustFitExtension(extension: Location, report: Report): void {
  // What the branches of a tree are given is described nowhere.
  if (!has(dynamicMembers, extension.name)) return;
  const parameters = extension.at('parameters');
  if (!isObject(parameters.value) || isBuiltIn(extension)) return;
  const passing = passingName(extension);
  const isRight = passing === 'parameter' ? isConstantOrParameter : isValueOrReference;
  for (const name of Object.keys(parameters.value)) {
    const value = parameters.value[name];
    if (!isRight(value)) reportShape(parameters.at(name), report, passing);
  }
}

function isConstantOrParameter(value: unknown): boolean {
  return !isObject(value) || value['parameter'] !== undefined;
}

function isValueOrReference(value: unknown): boolean {
  return isObject(value) && (value['value'] === undefined) !== (value['parameterReference'] === undefined);
}

/** When it is but the other extension's word for it, that is renamed. */
function reportShape(location: Location, report: Report, passing: keyof typeof shapes): void {
  const shape = shapes[passing];
  const word = passing === 'parameter' ? 'parameterReference' : 'parameter';
  const isOtherWord = isObject(location.value) && isOnlyMember(location.value, word);
  if (isOtherWord) report(location.at(word), { shape }, { mark: 'name', fix: { rename: passing } });
  else report(location, { shape });
}

function isOnlyMember(value: JsonObject, name: string): boolean {
  return has(value, name) && Object.keys(value).length === 1;
}

const example = (extension: string): string => `{ "paths": { "/items": { "get": { "parameters": [
  { "name": "list", "in": "query", "type": "string" },
  { "name": "item", "in": "query", "type": "string",
    ${extension} }] } },
  "/lists": { "get": { "operationId": "GetItems", "parameters": [{ "name": "list", "in": "query" }] } } } }`;

const bodyExample = (parameter: string): string =>
  `{ "paths": { "/items": { "post": { "parameters": [{ "name": "body", "in": "body", ${parameter} }] } } } }`;

const right = '{ "operationId": "GetItems", "value-path": "id", "value-title": "name" }';

export const dynamicRules: readonly Rule[] = [
  {
    id: 'dynamic-operation-not-found',
    level: 'error',
    message: "Operation '{id}' doesn't exist{suggestion}.",
    reason: 'The platform calls this operation to fill the list or get the schema.',
    sources: ['SV'],
    good: [
      { definition: calling(listNames) },
      { definition: calling('{ "value-path": "id" }') },
      { definition: calling('{ "builtInOperation": "AzureADGroups", "operationId": "GetNmaes" }') },
    ],
    bad: [{ definition: calling('{ "operationId": ⟦"GetNmaes"⟧, "value-path": "id" }') }],
    checkMember: { names: dynamicNames, of: ofDynamic(operationMustExist) },
  },
  {
    id: 'dynamic-parameter-unknown',
    level: 'error',
    message: "Operation '{id}' has no parameter '{name}'.",
    reason: 'You can pass a value only to a parameter of the operation or a property in its body.',
    sources: ['SV'],
    good: [
      { definition: calling(listNames) },
      { definition: calling('{ "operationId": "GetNmaes", "parameters": { "top": 10 } }') },
      { definition: calling('{ "operationId": "GetNames" }') },
    ],
    bad: [
      {
        definition: calling(
          '{ "operationId": "GetNames", "parameters": { "of": 1, ⟦"top"⟧: 10 }, "value-path": "id" }',
        ),
      },
    ],
    checkMember: { names: dynamicNames, of: ofDynamic(parametersMustExist) },
  },
  {
    id: 'dynamic-reference-unknown',
    level: 'error',
    message: "'{name}' isn't a parameter of this operation.",
    reason: 'Only values that users entered for this operation can be passed on.',
    sources: ['SV'],
    good: [
      { definition: calling(listNames) },
      { definition: calling('{ "operationId": "GetNames", "parameters": null }') },
      {
        definition: calling(
          '{ "builtInOperation": "AzureADGroups", "parameters": { "of": { "parameter": "listId" } } }',
        ),
      },
      {
        definition: `{ "parameters": { "item": { "name": "item", "in": "query", "type": "string",
  "x-ms-dynamic-values": { "operationId": "GetNames", "parameters": { "of": { "parameter": "list" } } } } } }`,
      },
      {
        definition: `{ "paths": { "/items": {
  "parameters": [{ "name": "item", "in": "query", "type": "string", "x-ms-dynamic-values": ${listNames} }],
  "get": { "parameters": [{ "name": "list", "in": "query", "type": "string" }] } } } }`,
      },
      ...['order.shop', 'order.lines.id', 'body.order.shop', 'flat.name', 'body/order/shop', 'body/order/lines/id'].map(
        (name) => ({ definition: dotted(name) }),
      ),
      {
        definition: `{ "paths": { "/hooks": { "x-ms-notification-content": { "schema": { "properties": {
  "item": { "type": "string", "x-ms-dynamic-values": ${listNames} } } } } } } }`,
      },
    ],
    bad: [
      {
        definition: calling(
          '{ "operationId": "GetNames", "parameters": { "of": { "parameter": ⟦"listId"⟧ } }, "value-path": "id" }',
        ),
      },
      ...['order.shp', 'shop.order', 'other.order.shop', 'body/order/shp', 'bdy/order/shop', '/order/shop', ''].map(
        (name) => ({
          definition: dotted(name).replace(`"${name}"`, `⟦"${name}"⟧`),
        }),
      ),
      {
        definition: calling(
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
    reason: 'Without a required parameter, the call fails and the list stays empty.',
    sources: ['SV'],
    good: [
      { definition: calling(listNames) },
      { definition: calling('{ "operationId": "GetNmaes" }') },
      { definition: calling('{ "builtInOperation": "AzureADGroups", "operationId": "GetNames" }') },
    ],
    bad: [{ definition: calling('⟦{⟧ "operationId": "GetNames", "value-path": "id" }') }],
    checkMember: { names: dynamicNames, of: ofDynamic(requiredMustBeGiven) },
  },
  {
    id: 'dynamic-invalid',
    level: 'error',
    message: "The extension needs an 'operationId'.",
    reason: pointsToOperation,
    sources: ['OX', 'JD', 'SV'],
    good: [
      { definition: example(`"x-ms-dynamic-values": ${right}`) },
      { definition: example('"x-ms-dynamic-values": { "builtInOperation": "AzureADGroups", "value-path": "id" }') },
    ],
    bad: [
      { definition: example('"x-ms-dynamic-values": ⟦{⟧ "value-path": "id", "value-title": "name" }') },
      { definition: example('"x-ms-dynamic-values": ⟦"GetItems"⟧') },
      { definition: example('"x-ms-dynamic-tree": { "open": ⟦"GetItems"⟧ }') },
    ],
    checkMember: { names: dynamicNames, of: ofDynamic(mustNameOperation) },
  },
  {
    id: 'dynamic-unknown-key',
    level: 'error',
    message: "Unknown key '{name}'{suggestion}.",
    reason: 'The older extensions (values, schema) and the newer ones (list, properties) have different keys.',
    sources: ['OX', 'JD', 'SV'],
    good: [
      { definition: example(`"x-ms-dynamic-values": ${right}`) },
      { definition: example('"x-ms-dynamic-tree": { "settings": { "canSelectParentNodes": true } }') },
      { definition: example('"x-ms-dynamic-values": "GetItems"') },
      { definition: example('"x-ms-dynamic-values": { "operationId": "GetItems", "x-note": "" }') },
    ],
    bad: [
      {
        definition: example('"x-ms-dynamic-values": { "operationId": "GetItems", ⟦"itemValuePath"⟧: "id" }'),
      },
    ],
    checkMember: { names: dynamicNames, of: ofDynamic(mustHaveKnownMembers) },
  },
  {
    id: 'dynamic-parameter-shape',
    level: 'warning',
    message: 'Use {shape}.',
    reason: 'The older extensions (values, schema) and the newer ones (list, properties) write parameters differently.',
    sources: ['OX', 'JD'],
    good: [
      {
        definition: example(`"x-ms-dynamic-list": { "operationId": "GetItems",
      "parameters": { "list": { "parameterReference": "list" } } }`),
      },
      { definition: example('"x-ms-dynamic-tree": { "parameters": { "list": {} } }') },
      { definition: example('"x-ms-dynamic-list": { "operationId": "GetItems", "parameters": "list" }') },
      {
        definition: example(
          '"x-ms-dynamic-list": { "builtInOperation": "AzureADGroups", "parameters": { "list": 5 } }',
        ),
      },
      {
        definition: example(`"x-ms-dynamic-values": { "operationId": "GetItems",
      "parameters": { "top": 10, "list": { "parameter": "list" } } }`),
      },
    ],
    bad: [
      {
        definition: example(`"x-ms-dynamic-list": { "operationId": "GetItems",
      "parameters": { "list": { ⟦"parameter"⟧: "list" } } }`),
      },
      {
        definition: example(`"x-ms-dynamic-values": { "operationId": "GetItems",
      "parameters": { "top": ⟦{ "value": 10 }⟧, "list": ⟦{ "parameterReference": "list", "required": true }⟧ } }`),
      },
      {
        definition: example(`"x-ms-dynamic-list": { "operationId": "GetItems",
      "parameters": { "list": ⟦{}⟧, "top": ⟦null⟧ } }`),
      },
      {
        definition: example(`"x-ms-dynamic-values": { "operationId": "GetItems",
      "parameters": { "list": { ⟦"parameterReference"⟧: "list" } } }`),
      },
    ],
    checkMember: { names: dynamicNames, of: ofDynamic(mustFitExtension) },
  },
  {
    id: 'dynamic-value-path-missing',
    level: 'warning',
    message: "Add 'value-path'.",
    reason: 'It names the property of each item that becomes the value of the parameter.',
    sources: ['OX'],
    good: [
      { definition: example(`"x-ms-dynamic-values": ${right}`) },
      { definition: example('"x-ms-dynamic-values": "GetItems"') },
    ],
    bad: [{ definition: example('"x-ms-dynamic-values": ⟦{⟧ "operationId": "GetItems", "value-title": "name" }') }],
    checkMember: {
      names: ['x-ms-dynamic-values'],
      of: ofDynamic((extension, report) => {
        if (isObject(extension.value)) reportMissing(extension, ['value-path'], report);
      }),
    },
  },
  {
    id: 'dynamic-on-body',
    level: 'error',
    message: 'Define the extension in the schema.',
    reason: 'The service rejects the extension on the parameter. The schema describes the body.',
    sources: ['SV'],
    good: [
      {
        definition: bodyExample('"schema": { "x-ms-dynamic-schema": { "operationId": "GetSchema" } }'),
      },
      { definition: example(`"x-ms-dynamic-values": ${right}`) },
    ],
    bad: [{ definition: bodyExample('⟦"x-ms-dynamic-schema"⟧: { "operationId": "GetSchema" }') }],
    checkMember: {
      names: dynamicNames,
      of: {
        parameter: (extension, report, node) => {
          if (node.in === 'body') report(extension, {}, { mark: 'name' });
        },
      },
    },
  },
  {
    id: 'dynamic-list-alone',
    level: 'info',
    message: 'Add x-ms-dynamic-values for older clients.',
    reason: 'Flows and apps made before x-ms-dynamic-list read x-ms-dynamic-values only.',
    sources: ['OX'],
    good: [
      {
        definition: example(`"x-ms-dynamic-values": ${right},
    "x-ms-dynamic-list": { "operationId": "GetItems", "itemValuePath": "id", "itemTitlePath": "name" }`),
      },
    ],
    bad: [
      {
        definition: example(
          '⟦"x-ms-dynamic-list"⟧: { "operationId": "GetItems", "itemValuePath": "id", "itemTitlePath": "name" }',
        ),
      },
    ],
    checkMember: {
      names: ['x-ms-dynamic-list'],
      of: ofDynamic((extension, report, node) => {
        if (!has(node.value, 'x-ms-dynamic-values')) report(extension, {}, { mark: 'name' });
      }),
    },
  },
  {
    id: 'dynamic-properties-alone',
    level: 'info',
    message: 'Add x-ms-dynamic-schema for older clients.',
    reason: 'Flows and apps made before x-ms-dynamic-properties read x-ms-dynamic-schema only.',
    sources: ['OX'],
    good: [
      {
        definition: bodyExample(`"schema": { "x-ms-dynamic-schema": { "operationId": "GetSchema" },
  "x-ms-dynamic-properties": { "operationId": "GetSchema" } }`),
      },
    ],
    bad: [{ definition: bodyExample('"schema": { ⟦"x-ms-dynamic-properties"⟧: { "operationId": "GetSchema" } }') }],
    checkMember: {
      names: ['x-ms-dynamic-properties'],
      of: ofDynamic((extension, report, node) => {
        if (!has(node.value, 'x-ms-dynamic-schema')) report(extension, {}, { mark: 'name' });
      }),
    },
  },
];
