import type { Nodes } from '../engine/node-kinds.ts';
import { has, isArray, isObject, member as memberOf } from '../../json/value.ts';
import { nearestName } from '../../nearest-name.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

function mustBeDefined(required: Location, report: Report, node: Nodes['schema']): void {
  const { properties } = node.value;
  // Parts of an allOf, and those that have one, may require what another part defines.
  if (!isArray(required.value) || !isObject(properties) || node.context.within === 'allOf') return;
  if (has(node.value, 'allOf')) return;
  for (const [index, name] of required.value.entries()) {
    if (typeof name !== 'string' || has(properties, name)) continue;
    const suggestion = () => ({ suggestion: nearestName(name, Object.keys(properties)) });
    report(required.at(index), { name }, suggestion);
  }
}

function mustBeWritable(
  required: Location,
  report: Report,
  node: Nodes['usedSchema'],
  { definition }: ParsedConnector,
): void {
  const { properties } = node.value;
  if (node.use.role !== 'input' || !isArray(required.value) || !isObject(properties)) return;
  for (const [index, name] of required.value.entries()) {
    if (typeof name !== 'string' || !has(properties, name)) continue;
    const property = properties[name];
    const isReference = memberOf(property, '$ref') !== undefined;
    const meant = isReference ? definition?.follow(node.at('properties', name))?.value : property;
    if (memberOf(meant, 'readOnly') === true) report(required.at(index));
  }
}

function input(members: string): string {
  return `{ "paths": { "/items": { "post": { "parameters": [
  { "name": "body", "in": "body", "schema": { ${members} } }] } } } }`;
}

export const requiredRules: readonly Rule[] = [
  {
    id: 'required-undefined',
    level: 'error',
    message: "Required property '{name}' isn't defined{suggestion}.",
    reason: "'required' can list only properties that the object defines.",
    sources: ['SV'],
    good: [
      { definition: '{ "definitions": { "Item": { "required": ["id"], "properties": { "id": {} } } } }' },
      { definition: '{ "definitions": { "Item": { "required": { "0": "ID" }, "properties": { "id": {} } } } }' },
      { definition: '{ "definitions": { "Item": { "required": ["id"] } } }' },
      { definition: '{ "definitions": { "Item": { "required": [5], "properties": { "id": {} } } } }' },
      {
        definition:
          '{ "definitions": { "Item": { "allOf": [{ "required": ["id"], "properties": { "name": {} } }] } } }',
      },
      {
        definition: '{ "definitions": { "Item": { "allOf": [], "required": ["id"], "properties": { "name": {} } } } }',
      },
    ],
    bad: [{ definition: '{ "definitions": { "Item": { "required": [⟦"ID"⟧], "properties": { "id": {} } } } }' }],
    checkMember: { names: ['required'], of: { schema: mustBeDefined } },
  },
  {
    id: 'required-empty',
    level: 'error',
    message: "'required' needs at least one value.",
    hint: 'Remove it if nothing is required.',
    reason: "OpenAPI 2.0 doesn't allow an empty list of required properties.",
    sources: ['SV'],
    good: [
      { definition: '{ "definitions": { "Item": { "properties": { "id": {} } } } }' },
      { definition: '{ "definitions": { "Item": { "required": ["id"], "properties": { "id": {} } } } }' },
      { definition: '{ "definitions": { "Item": { "required": "", "properties": { "id": {} } } } }' },
    ],
    bad: [{ definition: '{ "definitions": { "Item": { "required": ⟦[]⟧, "properties": { "id": {} } } } }' }],
    checkMember: {
      names: ['required'],
      of: {
        schema: (member, report) => {
          if (isArray(member.value) && member.value.length === 0) report(member, {}, { fix: { remove: true } });
        },
      },
    },
  },
  {
    id: 'required-not-array',
    level: 'error',
    message: "'required' must be an array of names in a schema.",
    hint: "Add the property to 'required' of the enclosing object.",
    reason: "A parameter's 'required' is a Boolean. An object lists its required properties by name.",
    sources: ['S2'],
    good: [{ definition: '{ "definitions": { "Item": { "required": ["id"], "properties": { "id": {} } } } }' }],
    bad: [{ definition: '{ "definitions": { "Item": { "properties": { "id": { "required": ⟦true⟧ } } } } }' }],
    checkMember: {
      names: ['required'],
      of: {
        schema: (member, report) => {
          if (isArray(member.value)) return;
          // "Not required" is what it is without saying so.
          report(member, {}, { fix: member.value === false ? { remove: true } : undefined });
        },
      },
    },
  },
  {
    id: 'required-not-object',
    level: 'warning',
    message: "'required' applies only to objects.",
    reason: 'Only objects have properties that can be required.',
    sources: ['SV'],
    good: [
      {
        definition:
          '{ "definitions": { "Item": { "type": "object", "required": ["id"], "properties": { "id": {} } } } }',
      },
      { definition: '{ "definitions": { "Item": { "type": "string", "required": true } } }' },
      { definition: '{ "definitions": { "Item": { "required": ["id"] } } }' },
    ],
    bad: [{ definition: '{ "definitions": { "Item": { "type": "string", ⟦"required"⟧: ["id"] } } }' }],
    checkMember: {
      names: ['required'],
      of: {
        schema: (member, report, node) => {
          const type = node.text('type');
          if (isArray(member.value) && type !== undefined && type !== 'object') report(member, {}, { mark: 'name' });
        },
      },
    },
  },
  {
    id: 'required-readonly',
    level: 'error',
    message: "An input property can't be both readOnly and required.",
    reason: "A read-only property is never sent, so a request can't require it.",
    sources: ['SV'],
    good: [
      {
        definition: `{ "paths": { "/items": { "post": { "parameters": [{ "name": "body", "in": "body", "schema": {
  "required": ["name"], "properties": { "name": {}, "id": { "readOnly": true } } } }] } } } }`,
      },
      { definition: input('"required": true, "properties": { "id": { "readOnly": true } }') },
      { definition: input('"required": ["id"]') },
      { definition: input('"required": [5], "properties": { "5": { "readOnly": true } }') },
      {
        definition: `{ "paths": { "/items": { "get": { "responses": { "200": { "schema": {
  "required": ["id"], "properties": { "id": { "readOnly": true } } } } } } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/items": { "post": { "parameters": [{ "name": "body", "in": "body", "schema": {
  "required": ["name", ⟦"id"⟧], "properties": { "name": {}, "id": { "readOnly": true } } } }] } } } }`,
      },
      {
        definition: `{ "definitions": { "Id": { "readOnly": true } }, "paths": { "/items": { "post": { "parameters": [
  { "name": "body", "in": "body", "schema": {
    "required": [⟦"id"⟧], "properties": { "id": { "$ref": "#/definitions/Id" } } } }] } } } }`,
      },
    ],
    checkMember: { names: ['required'], of: { usedSchema: mustBeWritable } },
  },
];
