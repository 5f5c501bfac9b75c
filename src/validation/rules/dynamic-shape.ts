import { renaming, reportUnknownName } from '../engine/checks.ts';
import {
  dynamicCalls,
  dynamicMembers,
  dynamicNames,
  isBuiltIn,
  ofDynamic,
  passingName,
} from '../engine/dynamic-calls.ts';
import { has, isObject, isText, type JsonObject } from '../../json/value.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

const pointsToOperation = 'The platform calls this operation when a maker opens the list, or needs the schema.';

function mustNameOperation(extension: Location, report: Report): void {
  if (!isObject(extension.value)) {
    report(extension);
    return;
  }
  for (const call of dynamicCalls(extension)) {
    if (!isObject(call.value)) report(call);
    else if (!isBuiltIn(call) && !isText(call.value['operationId'])) report(call.at('operationId'));
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

export const dynamicShapeRules: readonly Rule[] = [
  {
    id: 'dynamic-invalid',
    level: 'error',
    message: "The extension needs an 'operationId'.",
    reason: pointsToOperation,
    sources: ['OX', 'JD'],
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
    reason: 'The older extensions (values, schema) and the newer ones (list, properties) have names of their own.',
    sources: ['OX', 'JD'],
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
    level: 'error',
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
        const path = extension.at('value-path');
        if (isObject(extension.value) && path.value === undefined) report(path);
      }),
    },
  },
  {
    id: 'dynamic-on-body',
    level: 'error',
    message: 'Define the extension in the schema.',
    reason: 'What is true of the body is said in its schema; the service refuses the extension on the parameter.',
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
