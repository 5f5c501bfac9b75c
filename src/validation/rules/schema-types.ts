import { ofAnySchema } from '../engine/any-schema.ts';
import { oneOf } from '../engine/checks.ts';
import { isArray, type JsonObject } from '../../json/value.ts';
import type { Nodes } from '../engine/nodes.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

const mustBeType = oneOf(['string', 'number', 'integer', 'boolean', 'array', 'object', 'file']);

const mustBeFormat = oneOf(
  'int32 int64 float double byte binary date date-time password date-no-tz email html uri uuid'.split(' '),
);
/** Not in any document, and no harm: what is not known is shown as text. */
const harmlessFormats = new Set(['guid', 'phone', 'duration', 'time', 'decimal', 'url']);

/** Of JSON schema or OpenAPI 3; in OpenAPI 2.0 they mean nothing. */
const foreignKeywords = [
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

function mustHaveItems(type: Location, report: Report, node: Location): void {
  const items = node.at('items');
  if (type.value === 'array' && items.value === undefined) report(items);
}

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

export const schemaTypeRules: readonly Rule[] = [
  {
    id: 'schema-type-invalid',
    level: 'error',
    message: "'{value}' is not a type{suggestion}.",
    reason: 'OpenAPI 2.0 has these types: string, number, integer, boolean, array, object and file.',
    sources: ['S2'],
    good: [
      { definition: '{ "definitions": { "Count": { "type": "integer" } } }' },
      ...['"string"', '"number"', '"boolean"', '"array"', '"object"', '"file"', '["string"]'].map((type) => ({
        definition: `{ "definitions": { "Count": { "type": ${type} } } }`,
      })),
    ],
    bad: [{ definition: '{ "definitions": { "Count": { "type": ⟦"int"⟧ } } }' }],
    checkMember: {
      names: ['type'],
      of: {
        schema: (member, report, node, connector) => {
          if (!isArray(member.value)) mustBeType(member, report, node, connector);
        },
      },
    },
  },
  {
    id: 'schema-type-array',
    level: 'error',
    message: 'A list of types is not supported.',
    hint: 'Name the one type that the values mostly have.',
    reason: 'In OpenAPI 2.0 a schema has one type. What may be null as well has no word for it.',
    sources: ['S2'],
    good: [{ definition: '{ "definitions": { "Note": { "type": "string" } } }' }],
    bad: [{ definition: '{ "definitions": { "Note": { "type": ⟦["string", "null"]⟧ } } }' }],
    checkMember: { names: ['type'], of: ofAnySchema(mustNotBeList) },
  },
  {
    id: 'schema-file-misplaced',
    level: 'error',
    message: "'file' is not valid here.",
    hint: 'Use "type": "string" with "format": "binary" or "byte".',
    reason: 'A file is a whole response, or a parameter of a form; it cannot be part of something else.',
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
    id: 'format-unknown',
    level: 'warning',
    message: "Format '{value}' is not recognized{suggestion}.",
    reason: 'A format that the service does not know is ignored: a date is then shown as plain text.',
    sources: ['SV', 'JD'],
    good: [
      { definition: '{ "definitions": { "Due": { "type": "string", "format": "date-time" } } }' },
      ...['"guid"', '"phone"', '"duration"', '"time"', '"decimal"', '"url"', '""', '5'].map((format) => ({
        definition: `{ "definitions": { "Due": { "type": "string", "format": ${format} } } }`,
      })),
    ],
    bad: [{ definition: '{ "definitions": { "Due": { "type": "string", "format": ⟦"datetime"⟧ } } }' }],
    checkMember: {
      names: ['format'],
      of: ofAnySchema((member, report, node, connector) => {
        const { value } = member;
        if (typeof value !== 'string' || value === '' || harmlessFormats.has(value)) return;
        mustBeFormat(member, report, node, connector);
      }),
    },
  },
  {
    id: 'format-empty',
    level: 'info',
    message: "'format' is empty.",
    hint: 'Remove it.',
    reason: 'An empty format says nothing.',
    sources: ['JD'],
    good: [
      { definition: '{ "definitions": { "Name": { "type": "string" } } }' },
      { definition: '{ "definitions": { "Due": { "type": "string", "format": "date" } } }' },
    ],
    bad: [{ definition: '{ "definitions": { "Name": { "type": "string", "format": ⟦""⟧ } } }' }],
    checkMember: {
      names: ['format'],
      of: ofAnySchema((member, report) => {
        if (member.value === '') report(member, {}, { fix: { remove: true } });
      }),
    },
  },
  {
    id: 'array-items-missing',
    level: 'error',
    message: "An array needs 'items'.",
    reason: 'Without items nothing is known of what the array holds.',
    sources: ['SV'],
    good: [{ definition: '{ "definitions": { "List": { "type": "array", "items": { "type": "string" } } } }' }],
    bad: [{ definition: '{ "definitions": { "List": ⟦{⟧ "type": "array" } } }' }],
    checkMember: { names: ['type'], of: ofAnySchema(mustHaveItems) },
  },
  {
    id: 'items-array',
    level: 'error',
    message: "'items' must be one schema.",
    reason: 'In OpenAPI 2.0 all items of an array have the same schema.',
    sources: ['S2'],
    good: [{ definition: '{ "definitions": { "List": { "type": "array", "items": { "type": "string" } } } }' }],
    bad: [{ definition: '{ "definitions": { "List": { "type": "array", "items": ⟦[{ "type": "string" }]⟧ } } }' }],
    checkMember: {
      names: ['items'],
      of: ofAnySchema((member, report) => {
        if (isArray(member.value)) report(member);
      }),
    },
  },
  {
    id: 'schema-keyword-unsupported',
    level: 'error',
    message: "The '{name}' keyword is not supported.",
    reason: 'These words come from JSON schema or OpenAPI 3. The service reads OpenAPI 2.0, which does not have them.',
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
  {
    id: 'binary-misplaced',
    level: 'warning',
    message: 'string/binary is allowed at the top level only.',
    hint: 'Use the format "byte", which is text in Base64.',
    reason: 'Raw bytes can be a whole body, or a field of a form. Inside JSON they have no place.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "paths": { "/files": { "post": { "parameters": [
  { "name": "body", "in": "body", "schema": { "type": "string", "format": "binary" } }] } } } }`,
      },
      {
        definition: `{ "paths": { "/files": { "post": { "parameters": [{ "name": "body", "in": "body", "schema": {
  "properties": { "content": { "type": "string", "format": "byte" } } } }] } } } }`,
      },
      {
        definition: `{ "paths": { "/files": { "post": { "parameters": [{ "name": "body", "in": "body", "schema": {
  "properties": { "content": { "type": "integer", "format": "binary" } } } }] } } } }`,
      },
      {
        definition: `{ "paths": { "/files": { "get": { "responses": { "200": { "schema": {
  "properties": { "content": { "type": "string", "format": "binary" } } } } } } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/files": { "post": { "parameters": [{ "name": "body", "in": "body", "schema": {
  "properties": { "content": { "type": "string", "format": ⟦"binary"⟧ } } } }] } } } }`,
      },
    ],
    checkMember: {
      names: ['format'],
      of: {
        usedSchema: (member, report, node) => {
          if (member.value === 'binary' && isString(node) && node.use.role === 'input' && !node.use.isTop)
            report(member);
        },
      },
    },
  },
];

function isString({ value }: Location<JsonObject>): boolean {
  return value['type'] === 'string';
}
