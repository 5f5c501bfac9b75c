import { isObject, isString, member as memberOf } from '../../json/value.ts';
import { nearestName } from '../../nearest-name.ts';
import type { Definition } from '../engine/definition.ts';
import { dynamicCalls, dynamicNames, isBuiltIn } from '../engine/dynamic-calls.ts';
import type { Location } from '../engine/location.ts';
import type { Nodes } from '../engine/node-kinds.ts';
import type { OperationNode } from '../engine/nodes.ts';
import { hasInput, inputNames, missingInput, operationsIn } from '../engine/operation-inputs.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { calling, listNames } from '../knowledge/dynamic-example.ts';

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
      if (sources.some((source) => hasInput(definition, source, name))) continue;
      report(location, { name }, () => {
        const inputs = sources.flatMap((source) => inputNames(definition, source));
        const suggestion = nearestName(name, [...new Set(inputs)]);
        return suggestion === undefined ? missingInput(definition, sources, name) : { suggestion };
      });
    }
  }
}

/** The operations to which a parameter belongs, as far as its place tells. */
function operationsOf({ owner }: Nodes['parameter'], definition: Definition): readonly OperationNode[] {
  if (!owner) return [];
  return owner.kind === 'operation' ? [owner] : operationsIn(definition, owner);
}

/** The body has an order in parts, with its lines in a list. */
const dotted = (parameter: string): string => `{ "definitions": {
    "Order": { "allOf": [{ "properties": { "shop": {}, "unit.of": { "properties": { "id": {} } } } },
      { "properties": { "lines": { "type": "array", "items": { "properties": { "id": {} } } } } }] } },
  "paths": { "/items": { "post": { "parameters": [{ "name": "body", "in": "body", "schema": {
    "properties": { "order": { "$ref": "#/definitions/Order" }, "flat.name": {},
      "item": { "type": "string", "x-ms-dynamic-values": {
        "operationId": "GetNames", "parameters": { "of": { "parameter": "${parameter}" } } } } } } }] } },
    "/lists": { "get": { "operationId": "GetNames" } } } }`;

export const dynamicReferenceRules: readonly Rule[] = [
  {
    id: 'dynamic-reference-unknown',
    level: 'error',
    message: "'{name}' isn't a parameter of this operation{suggestion}.",
    reason:
      'Only values that users entered for this operation can be passed on: its parameters, and the properties of its body at any depth.',
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
      ...['order.unit.of', 'order.unit.of.id', 'body.order.unit.of', 'body.flat.name'].map((name) => ({
        definition: dotted(name),
      })),
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
      ...[
        'order.shp',
        'order.unit',
        'order.unit.id',
        'shop.order',
        'other.order.shop',
        'body/order/shp',
        'bdy/order/shop',
        '/order/shop',
        '',
      ].map((name) => ({
        definition: dotted(name).replace(`"${name}"`, `⟦"${name}"⟧`),
      })),
      {
        definition: calling(
          '{ "operationId": "GetNames", "parameters": { "of": { "parameterReference": ⟦"listId"⟧ } }, "value-path": "id" }',
        ),
      },
      {
        definition: calling(
          '{ "operationId": "GetNames", "parameters": { "of": { "parameter": ⟦"lsit"⟧ } }, "value-path": "id" }',
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
];
