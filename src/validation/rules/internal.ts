import { has, isArray, isObject, type JsonObject } from '../../json/value.ts';
import type { Definition } from '../engine/definition.ts';
import type { Location } from '../engine/location.ts';
import { isNotificationUrl } from '../engine/notification-urls.ts';
import { objectMembers, type UsedSchema } from '../engine/nodes.ts';
import type { Report, Rule } from '../engine/rule.ts';

/** A property with what its reference leads to, where it is one. */
interface Property {
  readonly location: Location;
  readonly values: readonly JsonObject[];
}

/** The internal properties of an object that is input: those that are required, or those that are not. */
function* internalInputs(
  schema: UsedSchema,
  definition: Definition | undefined,
  { isRequired }: { readonly isRequired: boolean },
): Generator<Property> {
  const { properties, required } = schema.value;
  if (schema.use.role !== 'input' || !definition || !isObject(properties)) return;
  // Every property of a large definition comes by here, and most have nothing that is internal.
  if (!definition.mayHave('internal')) return;
  // In an optional object around it nothing need be sent.
  const isWithin = schema.use.isInternal && schema.use.isRequired && !has(schema.value, 'default');
  let names: ReadonlySet<unknown> | undefined;
  for (const [name, value] of objectMembers(properties)) {
    const isReference = has(value, '$ref');
    if (!isReference && !isWithin && !isInternal(value)) continue;
    names ??= new Set(isArray(required) ? required : []);
    if (names.has(name) !== isRequired) continue;
    const location = schema.at('properties', name);
    const target = isReference ? definition.follow(location)?.value : undefined;
    const values = isObject(target) ? [value, target] : [value];
    if (isWithin || values.some(isInternal)) yield { location, values };
  }
}

function isInternal(value: JsonObject): boolean {
  return value['x-ms-visibility'] === 'internal';
}

/** An object is made of its properties, and the platform itself knows the notification URL. */
function needsDefault(value: JsonObject): boolean {
  const isWithout = !has(value, 'default') && !isNotificationUrl(value);
  return isWithout && value['type'] !== 'object' && !has(value, 'properties') && !has(value, 'allOf');
}

/** It can be a notification URL whose mark is misspelled. */
function reportNoDefault(place: Location, report: Report): void {
  report(place.at('default'), {}, { because: [place.at('x-ms-notification-url')] });
}

function parameter(members: string): string {
  return `{ "parameters": { "version": { "name": "version", "in": "query", "type": "string", ${members} } } }`;
}

const schema = (required: string, version: string): string =>
  `{ "required": ${required}, "properties": { "version": ${version} } }`;

const versions = (version: string): string => `"definitions": { "Version": ${version} },`;

function input(required: string, version: string, definitions = ''): string {
  return `{ ${definitions} "paths": { "/orders": { "post": { "parameters": [{ "name": "body", "in": "body",
  "schema": ${schema(required, version)} }] } } } }`;
}

/** An internal object in a body that is required, as far as its visibility. */
function within(object: string, required = '["api"]'): string {
  return `{ "paths": { "/orders": { "post": { "parameters": [{ "name": "body", "in": "body", "required": true,
  "schema": { "required": ${required}, "properties": { "api": ${object}, "x-ms-visibility": "internal" } } } }] } } } }`;
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
    reason: "Users can't enter an internal value, so it needs a default.",
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
      {
        definition: input(
          '["version"]',
          '{ "$ref": "#/definitions/Version", "x-ms-visibility": "internal" }',
          versions('{ "type": "string", "default": "@environmentVariables(\\"cr_Version\\")" }'),
        ),
      },
      { definition: output('["version"]', '{ "type": "string", "x-ms-visibility": "internal" }') },
      {
        definition: within(
          '{ "type": "object", "required": ["version"], "properties": { "version": { "default": 1 } }',
        ),
      },
      {
        definition: within(
          '{ "type": "object", "default": {}, "required": ["version"], "properties": { "version": { "type": "string" } }',
        ),
      },
      {
        definition: within(
          '{ "type": "object", "required": ["version"], "properties": { "version": { "type": "string" } }',
          '[]',
        ),
      },
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
      {
        definition: within('{ "required": ["version"], "properties": { "version": ⟦{⟧ "type": "string" } }'),
      },
      {
        definition: within(
          '{ "required": ["a"], "properties": { "a": { "required": ["b"], "properties": { "b": ⟦{⟧ "type": "string" } } } }',
        ),
      },
      {
        definition: within('{ "$ref": "#/definitions/Version"').replace(
          '{',
          `{ ${versions('{ "required": ["version"], "properties": { "version": ⟦{⟧ "type": "string" } } }')}`,
        ),
      },
      {
        definition: input(
          '["version"]',
          '⟦{⟧ "$ref": "#/definitions/Version" }',
          versions('{ "type": "string", "x-ms-visibility": "internal" }'),
        ),
      },
      {
        definition: input(
          '["version"]',
          '⟦{⟧ "$ref": "#/definitions/Version", "x-ms-visibility": "internal" }',
          versions('{ "type": "string" }'),
        ),
      },
    ],
    check: {
      parameter: (node, report) => {
        if (!node.isInternal || node.in === 'body' || node.value['required'] !== true) return;
        if (needsDefault(node.value)) reportNoDefault(node, report);
      },
      usedSchema: (node, report, { definition }) => {
        for (const { location, values } of internalInputs(node, definition, { isRequired: true })) {
          if (values.every(needsDefault)) reportNoDefault(location, report);
        }
      },
    },
  },
  {
    id: 'internal-default-optional',
    level: 'warning',
    message: 'An optional internal value may not be sent. Make it required.',
    reason:
      "The platform sends an optional value only if the user entered it, and users can't enter an internal value.",
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
      { definition: within('{ "properties": { "version": ⟦{ "type": "string", "default": "v1" }⟧ }') },
      {
        definition: input(
          '[]',
          '⟦{ "$ref": "#/definitions/Version" }⟧',
          versions('{ "type": "string", "default": "v1", "x-ms-visibility": "internal" }'),
        ),
      },
    ],
    check: {
      parameter: (node, report) => {
        if (node.in === 'body' || !node.isInternal || node.value['required'] === true) return;
        if (has(node.value, 'default')) report(node.at('required'));
      },
      usedSchema: (node, report, { definition }) => {
        for (const { location, values } of internalInputs(node, definition, { isRequired: false })) {
          if (values.some((value) => has(value, 'default'))) report(location);
        }
      },
    },
  },
];
