import { test } from 'vitest';
import { body, connectionId, expectRepaired, type Kind, text } from '../support/openapi-2.ts';

const field = { ...text, name: 'field', in: 'formData' };

const kinds: Readonly<Record<string, Kind>> = {
  'a query in the path': { path: '/a?action=run', entry: 'kept path-query' },
  'a fragment': { path: '/a#b', entry: 'dropped path-fragment' },
  'no leading slash': { path: 'a', entry: 'kept path-slash' },
  'unbalanced braces': { path: '/a/{id', entry: 'refused path-wildcard' },
  'empty braces': { path: '/a/{}', entry: 'refused path-wildcard' },
  'a URL as the path': { path: 'https://api.pets.example/a', entry: 'refused path-wildcard' },
  'a parameter without a name': {
    parameters: [{ ...text, name: '', in: 'query' }],
    entry: 'dropped parameter-unusable',
  },
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
  'a body without a schema': { parameters: [{ name: 'body', in: 'body' }], entry: 'made body-schema' },
  'a body with a type': { parameters: [{ name: 'body', in: 'body', type: 'string' }], entry: 'kept body-schema' },
  'a body with a schema and a type': { parameters: [{ ...body, type: 'object' }], entry: 'dropped body-keyword' },
  'a list joined in a way that a header lacks': {
    parameters: [{ ...text, name: 'h', in: 'header', type: 'array', items: text, collectionFormat: 'multi' }],
    entry: 'dropped collection-format',
  },
  'an empty header': {
    parameters: [{ ...text, name: 'h', in: 'header', allowEmptyValue: true }],
    entry: 'dropped parameter-empty-value',
  },
  'a parameter that is text': { parameters: ['text'], entry: 'dropped type-wrong' },
  'required as text': {
    parameters: [{ ...text, name: 'q', in: 'query', required: 'yes' }],
    entry: 'dropped type-wrong',
  },
  'a parameter with a schema': {
    parameters: [{ name: 'q', in: 'query', schema: { type: 'array', items: { type: 'string' } } }],
    entry: 'kept parameter-array',
  },
  'a shared parameter with a schema': { parameters: [{ $ref: '#/parameters/S' }], entry: 'kept component-inlined' },
  'a field with a schema': {
    parameters: [{ name: 'f', in: 'formData', schema: { type: 'object' } }],
    entry: 'narrowed form-object',
  },
  'a parameter that is an object': {
    parameters: [{ ...text, name: 'q', in: 'query', type: 'object' }],
    entry: 'narrowed simple-type',
  },
  'a parameter without a type': { parameters: [{ name: 'q', in: 'query' }], entry: 'made simple-type' },
  'a parameter of two types': {
    parameters: [{ name: 'q', in: 'query', type: ['string', 'integer', 'null'] }],
    entry: 'narrowed schema-types',
  },
  'a parameter of an unknown type': {
    parameters: [{ name: 'q', in: 'query', type: 'uuid' }],
    entry: 'dropped type-wrong',
  },
  'a file outside of a form': {
    parameters: [{ name: 'q', in: 'query', type: 'file' }],
    entry: 'kept schema-file',
  },
  'a file without a form': { parameters: [{ ...field, type: 'file' }], entry: 'made form-consumes' },
  'no values': { parameters: [{ ...text, name: 'q', in: 'query', enum: [] }], entry: 'dropped schema-enum' },
  'items that are objects': {
    parameters: [{ ...text, name: 'q', in: 'query', type: 'array', items: { type: 'object' } }],
    entry: 'narrowed parameter-items',
  },
  'items by reference': {
    parameters: [{ ...text, name: 'q', in: 'query', type: 'array', items: { $ref: '#/definitions/D' } }],
    entry: 'narrowed parameter-items',
  },
  'text for a list': { rest: { consumes: 'application/json', tags: 'a' }, entry: 'dropped type-wrong' },
  'a member that is unknown': { rest: { requestBody: {}, servers: [] }, entry: 'dropped member-unknown' },
  'documentation without a URL': { rest: { externalDocs: {} }, entry: 'dropped documentation-url' },
  'a scheme that is unknown': { rest: { schemes: ['ftp', 'https'] }, entry: 'dropped scheme-invalid' },
  'scopes of a key': { rest: { security: [{ key: ['read'] }, 'x'] }, entry: 'dropped security-scopes' },
  'a requirement twice': { rest: { security: [{ key: [] }, { key: [] }] }, entry: 'kept security-repeated' },
  'security that is no list': { rest: { security: { key: [] } }, entry: 'dropped type-wrong' },
  'headers without a type, and one with a schema': {
    responses: { 200: { description: 'A', headers: { B: { type: 'object' }, C: {}, D: { schema: text } } } },
    entry: 'narrowed simple-type',
  },
  'examples that are text': { responses: { 200: { description: 'A', examples: 'x' } }, entry: 'dropped type-wrong' },
  'a response that is a definition': { responses: { 200: { $ref: '#/definitions/D' } }, entry: 'kept response-schema' },
  'a response that refers to a parameter': {
    responses: { 200: { $ref: '#/parameters/S' } },
    entry: 'dropped response-reference',
  },
};

test.for(Object.entries(kinds))('%s is repaired or reported', async ([, kind]) => await expectRepaired(kind));
