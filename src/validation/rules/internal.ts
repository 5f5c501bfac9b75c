import { has, isArray, type JsonObject } from '../../json/value.ts';
import type { ParameterNode, UsedSchema } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';

/** A property of an object that is input: of other schemas nobody says whether they are required. */
function isInputProperty(schema: UsedSchema): boolean {
  return schema.use.role === 'input' && schema.parent?.step === 'properties';
}

function isRequiredProperty(schema: UsedSchema): boolean {
  const required = schema.parent?.parent && schema.parent.parent.at('required').value;
  return isArray(required) && required.includes(schema.step);
}

/** An object is made of its properties, and the platform itself knows the notification URL. */
function needsDefault(value: JsonObject): boolean {
  const isWithout = !has(value, 'default') && value['x-ms-notification-url'] !== true;
  return isWithout && value['type'] !== 'object' && !has(value, 'properties') && !has(value, 'allOf');
}

function isOptionalDefault(node: ParameterNode | UsedSchema, isRequired: boolean): boolean {
  return node.isInternal && !isRequired && has(node.value, 'default');
}

function parameter(members: string): string {
  return `{ "parameters": { "version": { "name": "version", "in": "query", "type": "string", ${members} } } }`;
}

const schema = (required: string, version: string): string =>
  `{ "required": ${required}, "properties": { "version": ${version} } }`;

function input(required: string, version: string): string {
  return `{ "paths": { "/orders": { "post": { "parameters": [{ "name": "body", "in": "body",
  "schema": ${schema(required, version)} }] } } } }`;
}

function output(required: string, version: string): string {
  return `{ "paths": { "/orders": { "get": { "responses": { "200": {
  "schema": ${schema(required, version)} } } } } } }`;
}

/** Values that nobody is asked for. */
export const internalRules: readonly Rule[] = [
  {
    id: 'internal-required-no-default',
    level: 'warning',
    message: 'Internal required inputs need a default.',
    reason: 'Nobody is asked for an internal value, so without a default there is none to send.',
    sources: ['OX'],
    good: [
      {
        definition: `{ "parameters": { "version": { "name": "version", "in": "query", "type": "string",
  "required": true, "default": "v1", "x-ms-visibility": "internal" } } }`,
      },
      { definition: parameter('"required": true') },
      { definition: parameter('"x-ms-visibility": "internal"') },
      { definition: parameter('"required": true, "x-ms-visibility": "internal", "x-ms-notification-url": true') },
      {
        definition: `{ "parameters": { "order": { "name": "order", "in": "body", "schema": {},
  "required": true, "x-ms-visibility": "internal" } } }`,
      },
      { definition: input('["version"]', '{ "type": "string" }') },
      { definition: input('[]', '{ "type": "string", "x-ms-visibility": "internal" }') },
      { definition: input('"version"', '{ "type": "string", "x-ms-visibility": "internal" }') },
      ...['"type": "object"', '"properties": {}', '"allOf": []', '"default": "v1"'].map((members) => ({
        definition: input('["version"]', `{ ${members}, "x-ms-visibility": "internal" }`),
      })),
      { definition: output('["version"]', '{ "type": "string", "x-ms-visibility": "internal" }') },
      {
        definition: `{ "paths": { "/orders": { "post": { "parameters": [{ "name": "body", "in": "body", "schema": {
  "required": ["items"], "items": { "type": "string", "x-ms-visibility": "internal" } } }] } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "parameters": { "version": ⟦{⟧ "name": "version", "in": "query", "type": "string",
  "required": true, "x-ms-visibility": "internal" } } }`,
      },
      { definition: input('["version"]', '⟦{⟧ "type": "string", "x-ms-visibility": "internal" }') },
    ],
    check: {
      parameter: (node, report) => {
        if (!node.isInternal || node.in === 'body' || node.value['required'] !== true) return;
        if (needsDefault(node.value)) report(node.at('default'));
      },
      usedSchema: (node, report) => {
        if (!node.isInternal || !isInputProperty(node) || !needsDefault(node.value)) return;
        if (isRequiredProperty(node)) report(node.at('default'));
      },
    },
  },
  {
    id: 'internal-default-optional',
    level: 'warning',
    message: 'An optional internal value may not be sent; mark it required.',
    reason: 'Optional values are sent when they are entered, and nobody can enter an internal one.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "parameters": { "version": { "name": "version", "in": "query", "type": "string",
  "required": true, "default": "v1", "x-ms-visibility": "internal" } } }`,
      },
      { definition: parameter('"default": "v1"') },
      { definition: parameter('"x-ms-visibility": "internal"') },
      {
        definition: `{ "parameters": { "order": { "name": "order", "in": "body", "schema": {},
  "default": {}, "x-ms-visibility": "internal" } } }`,
      },
      { definition: input('["version"]', '{ "type": "string", "default": "v1", "x-ms-visibility": "internal" }') },
      { definition: output('[]', '{ "type": "string", "default": "v1", "x-ms-visibility": "internal" }') },
      {
        definition: `{ "paths": { "/orders": { "post": { "parameters": [{ "name": "body", "in": "body", "schema": {
  "items": { "type": "string", "default": "v1", "x-ms-visibility": "internal" } } }] } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "parameters": { "version": ⟦{⟧ "name": "version", "in": "query", "type": "string",
  "default": "v1", "x-ms-visibility": "internal" } } }`,
      },
      { definition: input('[]', '⟦{ "type": "string", "default": "v1", "x-ms-visibility": "internal" }⟧') },
    ],
    check: {
      parameter: (node, report) => {
        if (node.in !== 'body' && isOptionalDefault(node, node.value['required'] === true)) report(node.at('required'));
      },
      usedSchema: (node, report) => {
        if (!isInputProperty(node) || !isOptionalDefault(node, isRequiredProperty(node))) return;
        report(node);
      },
    },
  },
];
