import { oneOf } from '../engine/checks.ts';
import { has, isString } from '../../json/value.ts';
import type { ParameterNode } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';

const isLocation = oneOf(['query', 'header', 'path', 'formData', 'body']);
const isParameterType = oneOf(['string', 'number', 'integer', 'boolean', 'array', 'file']);
const isFormat = oneOf(['csv', 'ssv', 'tsv', 'pipes', 'multi']);

/** Where several values of one name can be sent, and empty ones. */
const manyValuesIn: ReadonlySet<string> = new Set(['query', 'formData']);

function isBody(node: ParameterNode): boolean {
  return node.in === 'body';
}

/** Whether it is known to be no body. */
function isOutsideBody(node: ParameterNode): boolean {
  return node.in !== undefined && node.in !== 'body';
}

/** What a parameter must say of itself. */
export const parameterRules: readonly Rule[] = [
  {
    id: 'parameter-in-invalid',
    level: 'error',
    message: "'{value}' is not a parameter location{suggestion}.",
    reason: 'A parameter is in the query, a header, the path, a form or the body.',
    sources: ['S2'],
    good: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "type": "string" } } }' },
      ...['header', 'path', 'formData', 'body'].map((location) => ({
        definition: `{ "parameters": { "id": { "name": "id", "in": "${location}", "type": "string" } } }`,
      })),
      { definition: '{ "parameters": { "id": { "name": "id", "in": 5, "type": "string" } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "id": { "name": "id", "in": ⟦"querry"⟧, "type": "string" } } }' }],
    checkMember: {
      names: ['in'],
      of: {
        parameter: (location, report, node, connector) => {
          if (isString(location.value)) isLocation(location, report, node, connector);
        },
      },
    },
  },
  {
    id: 'parameter-type-missing',
    level: 'error',
    message: "The parameter needs a 'type'.",
    hint: 'Add "type": "string" or another type.',
    reason: 'The type tells how the value is asked for, and how it is sent.',
    sources: ['S2'],
    good: [
      { definition: '{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer" } } }' },
      { definition: '{ "parameters": { "top": { "name": "top" } } }' },
      { definition: '{ "parameters": { "order": { "name": "order", "in": "body", "schema": {} } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "top": ⟦{⟧ "name": "top", "in": "query" } } }' }],
    check: {
      parameter: (node, report) => {
        if (isOutsideBody(node) && !has(node.value, 'type')) report(node.at('type'));
      },
    },
  },
  {
    id: 'parameter-type-invalid',
    level: 'error',
    message: "'{value}' is not a parameter type{suggestion}.",
    hint: 'Use string, number, integer, boolean, array or file. Objects go into the body.',
    reason: 'Outside the body there are single values, lists and files only.',
    sources: ['S2'],
    good: [
      { definition: '{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer" } } }' },
      ...['string', 'number', 'boolean', 'array', 'file'].map((type) => ({
        definition: `{ "parameters": { "top": { "name": "top", "in": "formData", "type": "${type}" } } }`,
      })),
      { definition: '{ "parameters": { "order": { "name": "order", "in": "body", "type": "object" } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "top": { "name": "top", "in": "query", "type": ⟦"int"⟧ } } }' }],
    checkMember: {
      names: ['type'],
      of: {
        parameter: (type, report, node, connector) => {
          // Of a body it is in the wrong place, whatever it says.
          if (!isBody(node)) isParameterType(type, report, node, connector);
        },
      },
    },
  },
  {
    id: 'parameter-connection-id',
    level: 'error',
    message: "A parameter cannot be named 'connectionId'.",
    hint: 'Give it another name; a policy can set the one that your service expects.',
    reason: 'The platform uses the name for the connection of the user.',
    sources: ['SV'],
    good: [{ definition: '{ "parameters": { "id": { "name": "linkId", "in": "query", "type": "string" } } }' }],
    bad: [{ definition: '{ "parameters": { "id": { "name": ⟦"connectionId"⟧, "in": "query", "type": "string" } } }' }],
    checkMember: {
      names: ['name'],
      of: {
        parameter: (name, report) => {
          if (name.value === 'connectionId') report(name);
        },
      },
    },
  },
  {
    id: 'nonbody-schema',
    level: 'error',
    message: 'Only body parameters can define a schema.',
    hint: 'Write "type" and "format" beside "in".',
    reason: 'In OpenAPI 2.0 other parameters say their type themselves; "schema" is how OpenAPI 3 has it.',
    sources: ['SV'],
    good: [
      { definition: '{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer" } } }' },
      {
        definition: '{ "parameters": { "order": { "name": "order", "in": "body", "schema": { "type": "object" } } } }',
      },
      { definition: '{ "parameters": { "order": { "name": "order", "schema": { "type": "object" } } } }' },
    ],
    bad: [
      {
        definition: '{ "parameters": { "top": { "name": "top", "in": "query", ⟦"schema"⟧: { "type": "integer" } } } }',
      },
    ],
    checkMember: {
      names: ['schema'],
      of: {
        parameter: (schema, report, node) => {
          if (isOutsideBody(node)) report(schema, {}, { mark: 'name' });
        },
      },
    },
  },
  {
    id: 'body-schema-missing',
    level: 'error',
    message: 'The body parameter must define a schema.',
    reason: 'The schema is all that is known of a body.',
    sources: ['SV'],
    good: [
      {
        definition: '{ "parameters": { "order": { "name": "order", "in": "body", "schema": { "type": "object" } } } }',
      },
      { definition: '{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer" } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "order": ⟦{⟧ "name": "order", "in": "body" } } }' }],
    check: {
      parameter: (node, report) => {
        if (isBody(node) && !has(node.value, 'schema')) report(node.at('schema'));
      },
    },
  },
  {
    id: 'body-parameter-property',
    level: 'error',
    message: "Move '{name}' into the schema of the body parameter.",
    reason: 'Of a body parameter the schema says what its value is.',
    sources: ['SV'],
    good: [
      {
        definition: '{ "parameters": { "order": { "name": "order", "in": "body", "schema": { "type": "object" } } } }',
      },
      {
        definition: `{ "parameters": { "top": {
  "name": "top", "in": "query", "type": "integer", "format": "int32", "default": 10, "enum": [10] } } }`,
      },
    ],
    bad: [
      {
        definition:
          '{ "parameters": { "order": { "name": "order", "in": "body", ⟦"type"⟧: "object", "schema": { "type": "object" } } } }',
      },
      ...['format', 'items', 'default', 'enum'].map((name) => ({
        definition: `{ "parameters": { "order": { "name": "order", "in": "body", ⟦"${name}"⟧: [], "schema": { "type": "object" } } } }`,
      })),
    ],
    checkMember: {
      names: ['type', 'format', 'items', 'default', 'enum'],
      of: {
        parameter: (location, report, node) => {
          if (isBody(node)) report(location, { name: location.name }, { mark: 'name' });
        },
      },
    },
  },
  {
    id: 'file-parameter-location',
    level: 'error',
    message: "'file' parameters must be in formData.",
    hint: 'Use "in": "formData", or a body of type string and format binary.',
    reason: 'A file is sent as part of a form.',
    sources: ['SV'],
    good: [
      { definition: '{ "parameters": { "scan": { "name": "scan", "in": "formData", "type": "file" } } }' },
      { definition: '{ "parameters": { "scan": { "name": "scan", "in": "query", "type": "string" } } }' },
      { definition: '{ "parameters": { "scan": { "name": "scan", "type": "file" } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "scan": { "name": "scan", "in": "query", "type": ⟦"file"⟧ } } }' }],
    checkMember: {
      names: ['type'],
      of: {
        parameter: (type, report, node) => {
          if (type.value === 'file' && node.in !== undefined && node.in !== 'formData') report(type);
        },
      },
    },
  },
  {
    id: 'collection-format-invalid',
    level: 'error',
    message: "'{value}' is not supported{suggestion}.",
    hint: 'Use csv, ssv, tsv or pipes, or multi in the query and in forms.',
    reason:
      'The format tells how the values of a list are joined; a name can be repeated in the query and in forms only.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "parameters": { "tags": {
  "name": "tags", "in": "query", "type": "array", "items": { "type": "string" }, "collectionFormat": "multi" } } }`,
      },
      ...['"csv"', '"ssv"', '"tsv"', '"pipes"', '5'].map((format) => ({
        definition: `{ "parameters": { "tags": { "name": "tags", "in": "header", "type": "array", "collectionFormat": ${format} } } }`,
      })),
      {
        definition:
          '{ "parameters": { "tags": { "name": "tags", "in": "formData", "type": "array", "collectionFormat": "multi" } } }',
      },
      { definition: '{ "parameters": { "tags": { "name": "tags", "type": "array", "collectionFormat": "multi" } } }' },
    ],
    bad: [
      {
        definition: `{ "parameters": { "tags": {
  "name": "tags", "in": "header", "type": "array", "items": { "type": "string" }, "collectionFormat": ⟦"multi"⟧ } } }`,
      },
      {
        definition:
          '{ "parameters": { "tags": { "name": "tags", "in": "query", "type": "array", "collectionFormat": ⟦"list"⟧ } } }',
      },
    ],
    checkMember: {
      names: ['collectionFormat'],
      of: {
        parameter: (location, report, node, connector) => {
          const { value } = location;
          if (!isString(value)) return;
          if (value !== 'multi') isFormat(location, report, node, connector);
          else if (node.in !== undefined && !manyValuesIn.has(node.in)) report(location, { value });
        },
      },
    },
  },
  {
    id: 'allow-empty-value-location',
    level: 'error',
    message: "'allowEmptyValue' needs a query or formData parameter.",
    reason: 'Only in the query and in forms a name can stand without a value.',
    sources: ['SV'],
    good: [
      {
        definition:
          '{ "parameters": { "q": { "name": "q", "in": "query", "type": "string", "allowEmptyValue": true } } }',
      },
      {
        definition:
          '{ "parameters": { "q": { "name": "q", "in": "formData", "type": "string", "allowEmptyValue": true } } }',
      },
      {
        definition:
          '{ "parameters": { "q": { "name": "q", "in": "header", "type": "string", "allowEmptyValue": false } } }',
      },
      { definition: '{ "parameters": { "q": { "name": "q", "type": "string", "allowEmptyValue": true } } }' },
    ],
    bad: [
      {
        definition:
          '{ "parameters": { "q": { "name": "q", "in": "header", "type": "string", "allowEmptyValue": ⟦true⟧ } } }',
      },
    ],
    checkMember: {
      names: ['allowEmptyValue'],
      of: {
        parameter: ({ value }, report, node) => {
          if (value === true && node.in !== undefined && !manyValuesIn.has(node.in)) report(node.at('allowEmptyValue'));
        },
      },
    },
  },
];
