import type { Nodes } from '../engine/node-kinds.ts';
import { has, isArray, isObject } from '../../json/value.ts';
import { ofAnySchema } from '../engine/any-schema.ts';
import { oneOf } from '../engine/checks.ts';
import { SchemaCounter } from '../engine/count-schemas.ts';
import type { Definition } from '../engine/definition.ts';
import type { Location } from '../engine/location.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import { emptySchemas } from '../engine/responses.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { answers } from './response.ts';

const maximumSchemas = 512;

const counters = new WeakMap<Definition, SchemaCounter>();

function counterOf(definition: Definition): SchemaCounter {
  const known = counters.get(definition);
  if (known) return known;
  const counter = new SchemaCounter(definition, maximumSchemas);
  counters.set(definition, counter);
  return counter;
}

const members = (count: number): string =>
  Array.from({ length: count }, (_, index) => `"p${index}": { "type": "string" }`).join(', ');

const mustBeOneType = oneOf(['string', 'number', 'integer', 'boolean', 'array', 'object', 'file']);

/** Lists of types have a rule of their own. */
function mustBeType(member: Location, report: Report, node: unknown, connector: ParsedConnector): void {
  if (!isArray(member.value)) mustBeOneType(member, report, node, connector);
}

/** Of JSON schema or OpenAPI 3; in OpenAPI 2.0 they mean nothing. */
export const foreignKeywords: readonly string[] = [
  'oneOf',
  'anyOf',
  'not',
  'const',
  'if',
  'nullable',
  'patternProperties',
  '$schema',
  'examples',
  'writeOnly',
  'additionalItems',
];

/** Members by which an object has properties although it names none. */
const openings = ['additionalProperties', 'allOf', 'x-ms-dynamic-schema', 'x-ms-dynamic-properties'];

/** A list of types is a single type when it has but one beside null. */
function onlyType(types: readonly unknown[]): unknown {
  const [type, ...others] = types.filter((one) => one !== 'null');
  return typeof type === 'string' && others.length === 0 ? type : undefined;
}

function mustNotBeList(type: Location, report: Report): void {
  if (!isArray(type.value)) return;
  const only = onlyType(type.value);
  report(type, {}, { fix: only === undefined ? undefined : { replace: only } });
}

/** The outermost schema can be a response, also that of a definition: a response can refer to it. */
function mustNotBeFile(type: Location, report: Report, { context }: Nodes['schema']): void {
  if (type.value === 'file' && context.depth > 0) report(type);
}

export const schemaRules: readonly Rule[] = [
  {
    id: 'schema-count',
    level: 'error',
    message: 'The object has more than 512 schemas.',
    hint: 'Remove unused schemas, or describe inner objects without their properties.',
    reason: 'The service rejects larger bodies and responses. All referenced schemas count.',
    sources: ['SV', 'I1088'],
    good: [
      {
        definition: `{ "paths": { "/a": { "get": { "responses": { "200": { "schema": { "properties": { "id": {} } } } } } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/a": { "get": { "responses": { "200": { "schema": ⟦{ "properties": {
  ${members(maximumSchemas)} } }⟧ } } } } } }`,
      },
      {
        definition: `{ "paths": { "/a": { "get": { "responses": { "200": { "schema": ⟦{ "properties": {
  "a": { "properties": { ${members(maximumSchemas)} } } } }⟧ } } } } } }`,
      },
    ],
    check: {
      usedSchema: (node, report, { definition }) => {
        if (node.use.isTop && definition && counterOf(definition).isOverLimit(node.value)) report(node);
      },
    },
  },
  {
    id: 'schema-type-invalid',
    level: 'error',
    message: "'{value}' isn't a type{suggestion}.",
    reason: 'OpenAPI 2.0 has these types: string, number, integer, boolean, array, object, and file.',
    sources: ['S2'],
    good: [
      { definition: '{ "definitions": { "Count": { "type": "integer" } } }' },
      ...['"string"', '"number"', '"boolean"', '"array"', '"object"', '"file"', '["string"]'].map((type) => ({
        definition: `{ "definitions": { "Count": { "type": ${type} } } }`,
      })),
    ],
    bad: [
      { definition: '{ "definitions": { "Count": { "type": ⟦"int"⟧ } } }' },
      { definition: '{ "parameters": { "ids": { "type": "array", "items": { "type": ⟦"guid"⟧ } } } }' },
      { definition: answers('"200": { "description": "OK", "headers": { "X-Count": { "type": ⟦5⟧ } } }') },
    ],
    checkMember: {
      names: ['type'],
      of: { schema: mustBeType, items: mustBeType, header: mustBeType },
    },
  },
  {
    id: 'schema-type-array',
    level: 'error',
    message: "A list of types isn't supported.",
    hint: 'Specify only the main type.',
    reason: "In OpenAPI 2.0, a schema has one type, and can't express that a value may be null.",
    sources: ['S2'],
    good: [{ definition: '{ "definitions": { "Note": { "type": "string" } } }' }],
    bad: [{ definition: '{ "definitions": { "Note": { "type": ⟦["string", "null"]⟧ } } }' }],
    checkMember: { names: ['type'], of: ofAnySchema(mustNotBeList) },
  },
  {
    id: 'schema-file-misplaced',
    level: 'error',
    message: "The type 'file' isn't valid in this schema.",
    hint: 'Use "type": "string" with "format": "binary" or "byte".',
    reason: 'Only a whole response or a form parameter can be a file.',
    sources: ['SV'],
    good: [
      {
        definition: '{ "paths": { "/a": { "get": { "responses": { "200": { "schema": { "type": "file" } } } } } } }',
      },
      { definition: '{ "definitions": { "Scan": { "properties": { "content": { "type": "string" } } } } }' },
    ],
    bad: [
      {
        definition: `{ "paths": { "/a": { "get": { "responses": { "200": { "schema": {
  "properties": { "content": { "type": ⟦"file"⟧ } } } } } } } } }`,
      },
    ],
    checkMember: { names: ['type'], of: { schema: mustNotBeFile } },
  },
  {
    id: 'schema-properties-empty',
    level: 'certification',
    common: true,
    message: "'properties' must not be empty.",
    hint: 'Describe the properties, or use "additionalProperties": true instead.',
    reason: "Makers can't choose a value from an object without properties.",
    sources: ['CE'],
    good: [
      { definition: '{ "definitions": { "Note": { "properties": { "text": { "type": "string" } } } } }' },
      { definition: '{ "definitions": { "Note": { "type": "object", "additionalProperties": true } } }' },
      ...['additionalProperties', 'allOf', 'x-ms-dynamic-schema', 'x-ms-dynamic-properties'].map((name) => ({
        definition: `{ "definitions": { "Note": { "properties": {}, "${name}": {} } } }`,
      })),
      { definition: '{ "definitions": { "Note": { "properties": [] } } }' },
      { definition: '{ "responses": { "Order": { "description": "OK", "schema": { "properties": {} } } } }' },
      {
        definition: `{ "definitions": { "Order": { "properties": {} } },
  "responses": { "Order": { "description": "OK", "schema": { "$ref": "#/definitions/Order" } } } }`,
      },
    ],
    bad: [
      { definition: '{ "definitions": { "Note": { "type": "object", "properties": ⟦{}⟧ } } }' },
      {
        definition: `{ "responses": { "Order": { "description": "OK", "schema": { "properties": {
  "lines": { "properties": ⟦{}⟧ } } } } } }`,
      },
    ],
    checkMember: {
      names: ['properties'],
      of: {
        schema: (member, report, { value }, { definition }) => {
          if (!isObject(member.value) || Object.keys(member.value).length > 0) return;
          if (openings.some((name) => has(value, name))) return;
          // Of those there is another rule.
          if (!definition || !emptySchemas(definition).has(value)) report(member);
        },
      },
    },
  },
  {
    id: 'schema-keyword-unsupported',
    level: 'error',
    message: "The '{name}' keyword isn't supported.",
    reason: 'The keyword is from JSON Schema or OpenAPI 3. The service supports only OpenAPI 2.0.',
    sources: ['SV'],
    good: [{ definition: '{ "definitions": { "Note": { "type": "string", "x-nullable": true } } }' }],
    bad: [
      { definition: '{ "definitions": { "Note": { "type": "string", ⟦"nullable"⟧: true } } }' },
      ...[
        'oneOf',
        'anyOf',
        'not',
        'const',
        'if',
        'patternProperties',
        '$schema',
        'examples',
        'writeOnly',
        'additionalItems',
      ].map((keyword) => ({ definition: `{ "definitions": { "Note": { "type": "string", ⟦"${keyword}"⟧: {} } } }` })),
    ],
    checkMember: {
      names: foreignKeywords,
      of: { schema: (member, report) => report(member, { name: member.name }, { mark: 'name' }) },
    },
  },
];
