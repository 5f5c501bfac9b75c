import { has, isObject } from '../../json/value.ts';
import { isNoText, isUndefined, renaming, reportMissing, reportUnknownName } from '../engine/checks.ts';
import { unknownOperation } from '../engine/unknown-operation.ts';
import {
  dynamicCalls,
  dynamicMembers,
  dynamicNames,
  isBuiltIn,
  ofDynamic,
  ofNamedCalls,
} from '../engine/dynamic-calls.ts';
import type { Location } from '../engine/location.ts';
import { inputsOf } from '../engine/operation-inputs.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { calling, example, listNames } from '../knowledge/dynamic-example.ts';

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
    checkMember: ofNamedCalls(({ call, definition, id, operation }, report) => {
      if (!operation) report(call.at('operationId'), { id }, () => unknownOperation(id, definition));
    }),
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
    checkMember: ofNamedCalls(({ call, definition, id, operation }, report) => {
      if (!operation) return;
      const { required } = inputsOf(definition, operation);
      reportMissing(call.at('parameters'), required, report, isUndefined, { id });
    }),
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
