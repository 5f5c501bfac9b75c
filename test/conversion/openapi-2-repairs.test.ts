import SwaggerParser from '@apidevtools/swagger-parser';
import { expect, test } from 'vitest';
import { converted } from '../support/converted.ts';

interface Kind {
  readonly path?: string;
  /** Of the path, and of the operation. */
  readonly shared?: readonly unknown[];
  readonly parameters?: readonly unknown[];
  readonly responses?: unknown;
  readonly rest?: object;
  /** What the report says about it. */
  readonly entry: string;
}

const body = { name: 'body', in: 'body', schema: { type: 'object' } };
const text = { type: 'string', 'x-ms-summary': 'Text' };
const connectionId = { ...text, name: 'connectionId' };
const field = { ...text, name: 'field', in: 'formData' };

const kinds: Readonly<Record<string, Kind>> = {
  'a query in the path': { path: '/a?action=run', entry: 'kept path-query' },
  'a fragment': { path: '/a#b', entry: 'dropped path-fragment' },
  'no leading slash': { path: 'a', entry: 'kept path-slash' },
  'unbalanced braces': { path: '/a/{id', entry: 'refused path-wildcard' },
  'empty braces': { path: '/a/{}', entry: 'refused path-wildcard' },
  'a variable twice': { path: '/{id}/{id}', entry: 'refused path-variable-twice' },
  'a wildcard': { path: '/a/*', entry: 'refused path-wildcard' },
  'a variable with a pattern': {
    path: '/a/{id:[0-9]+}',
    parameters: [{ ...text, name: 'id', in: 'path', required: true }],
    entry: 'kept path-template',
  },
  'a path that is taken': { path: '/other', entry: 'refused path-same' },
  'connectionId in the path': {
    path: '/a/{connectionId}',
    parameters: [{ ...connectionId, in: 'path', required: true }],
    entry: 'kept parameter-connection-id',
  },
  'an optional connectionId': {
    parameters: [{ ...connectionId, in: 'query' }],
    entry: 'dropped parameter-connection-id',
  },
  'a required connectionId': {
    parameters: [{ ...connectionId, in: 'query', required: true }],
    entry: 'refused parameter-connection-id',
  },
  'connectionId by reference': { parameters: [{ $ref: '#/parameters/C' }], entry: 'dropped parameter-connection-id' },
  'two bodies': { parameters: [body, { ...body, name: 'more' }], entry: 'dropped body-second' },
  'a body of the path and one of the operation': {
    shared: [body],
    parameters: [{ ...body, name: 'more' }],
    entry: 'dropped body-second',
  },
  'a body and form fields': {
    rest: { consumes: ['multipart/form-data'] },
    parameters: [field, body],
    entry: 'dropped body-second',
  },
  'a list without items': {
    parameters: [{ ...text, name: 'q', in: 'query', type: 'array' }],
    entry: 'made schema-items-made',
  },
  'a header and a schema without items': {
    responses: { 200: { description: 'OK', headers: { A: { type: 'array' } }, schema: { type: 'array' } } },
    entry: 'made schema-items-made',
  },
  'a negative factor': {
    parameters: [{ ...text, name: 'q', in: 'query', type: 'integer', multipleOf: -1 }],
    entry: 'dropped schema-limit',
  },
  'a minimum over the maximum': {
    parameters: [{ ...text, name: 'q', in: 'query', type: 'integer', minimum: 2, maximum: 1 }],
    entry: 'dropped schema-limit',
  },
  'a wrong pattern': {
    parameters: [{ ...text, name: 'q', in: 'query', pattern: '(' }],
    entry: 'dropped schema-pattern',
  },
  'a wrong media type': { rest: { consumes: ['nope', 'application/json'] }, entry: 'dropped media-type-invalid' },
  'no responses': { responses: undefined, entry: 'made responses-made' },
  'empty responses': { responses: {}, entry: 'made responses-made' },
  'a list of responses': { responses: [], entry: 'made responses-made' },
  'a response without a description': { responses: { 404: {} }, entry: 'made response-description-made' },
  'a response with a wrong code': { responses: { 999: { description: 'A' } }, entry: 'dropped response-code' },
  'a range of responses': { responses: { '2XX': { description: 'A' } }, entry: 'narrowed response-range' },
  'a response of OpenAPI 3': {
    responses: { 200: { description: 'A', content: { 'application/json': { schema: text }, 'text/csv': {} } } },
    entry: 'dropped response-media-type',
  },
};

test.for(Object.entries(kinds))('%s is repaired or reported', async ([, kind]) => {
  const { path = '/a', shared, parameters, rest, entry } = kind;
  const operation = { responses: { 200: { description: 'OK' } }, ...kind, ...rest };
  const { responses } = operation;
  const document = {
    swagger: '2.0',
    info: { title: 'Pets', version: '1', description: 'Pets.' },
    host: 'api.pets.example',
    schemes: ['https'],
    parameters: { C: { ...connectionId, in: 'query' } },
    paths: {
      '/Other': { post: { operationId: 'Other', summary: 'Other', responses: { 200: { description: 'OK' } } } },
      [path]: { parameters: shared, post: { operationId: 'A', summary: 'A', ...rest, parameters, responses } },
    },
  };
  for (const indent of [0, 2]) {
    const { definition, errors, rules } = await converted(JSON.stringify(document, undefined, indent));
    expect(errors).toEqual([]);
    expect(rules).toContain(entry);
    await expect(SwaggerParser.validate(JSON.parse(JSON.stringify(definition)))).resolves.toBeDefined();
  }
});
