import SwaggerParser from '@apidevtools/swagger-parser';
import { expect, test } from 'vitest';
import { converted } from '../support/converted.ts';
import { forgotten } from '../support/source-coverage.ts';

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

/** What a file of a response can't have. */
const fileKinds = Object.fromEntries(
  Object.entries({
    items: { type: 'string' },
    properties: { a: { type: 'object' } },
    additionalProperties: false,
    allOf: [{ $ref: '#/definitions/D' }],
    discriminator: 'a',
    minLength: 1,
    maximum: 1,
    uniqueItems: true,
    pattern: 'a',
    enum: ['a'],
    xml: { name: 'a' },
  }).map(([name, value]) => {
    const schema = { type: 'file', [name]: value, format: 'binary', 'x-a': 1, example: 'a' };
    return [`a file with ${name}`, { responses: { 200: { description: 'OK', schema } }, entry: 'dropped schema-file' }];
  }),
);

const kinds: Readonly<Record<string, Kind>> = {
  ...fileKinds,
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
  'an object twice in a list of values, its members in another order': {
    parameters: [
      ofSchema({
        enum: [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      }),
    ],
    entry: 'dropped schema-enum',
  },
  'a list twice in a list of values': {
    parameters: [ofSchema({ enum: [[1], [1]] })],
    entry: 'dropped schema-enum',
  },
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
  'a text that can be null, said twice': {
    parameters: [ofSchema({ oneOf: [{ type: 'string' }, { type: 'null' }, { enum: [null] }] })],
    entry: 'kept schema-one-of',
  },
  'a reference that is a number': { parameters: [ofSchema({ $ref: 5 })], entry: 'dropped type-wrong' },
  'a value that can be null': { parameters: [ofSchema({ nullable: true })], entry: 'kept schema-nullable' },
  'a schema of two kinds': {
    parameters: [ofSchema({ oneOf: [{ type: 'string' }, { type: 'integer' }] })],
    entry: 'narrowed schema-one-of-scalars',
  },
  'one value': { parameters: [ofSchema({ const: 5 })], entry: 'kept schema-const' },
  'types in a list': { parameters: [ofSchema({ type: ['string', 'null'] })], entry: 'kept schema-nullable' },
  'items in a list': {
    parameters: [ofSchema({ type: 'array', items: [{ type: 'string' }] })],
    entry: 'narrowed schema-prefix-items',
  },
  'a property that is no schema': {
    parameters: [ofSchema({ properties: { a: null, b: 'x' } })],
    entry: 'dropped type-wrong',
  },
  'properties in a list': { parameters: [ofSchema({ properties: [] })], entry: 'dropped type-wrong' },
  'required that is no list': { parameters: [ofSchema({ required: true })], entry: 'dropped type-wrong' },
  'required that is unknown': {
    parameters: [ofSchema({ required: ['b'], properties: { a: text } })],
    entry: 'narrowed schema-required-unknown',
  },
  'an empty allOf': { parameters: [ofSchema({ allOf: [] })], entry: 'dropped schema-choice-empty' },
  'a discriminator without a property': {
    parameters: [ofSchema({ discriminator: 'kind', properties: { a: text } })],
    entry: 'dropped schema-discriminator',
  },
  'a keyword of OpenAPI 3': { parameters: [ofSchema({ writeOnly: true })], entry: 'dropped schema-write-only' },
  'an unknown keyword': { parameters: [ofSchema({ weird: 1 })], entry: 'dropped schema-keyword' },
};

function ofSchema(schema: object): object {
  return { ...body, schema: { type: 'object', properties: { inside: schema } } };
}

test.for(Object.entries(kinds))('%s is repaired or reported', async ([, kind]) => {
  const { path = '/a', shared, parameters, rest, entry } = kind;
  const operation = { responses: { 200: { description: 'OK' } }, ...kind, ...rest };
  const { responses } = operation;
  const document = {
    swagger: '2.0',
    info: { title: 'Pets', version: '1', description: 'Pets.' },
    host: 'api.pets.example',
    schemes: ['https'],
    parameters: { C: { ...connectionId, in: 'query' }, S: { name: 's', in: 'query', schema: { type: 'string' } } },
    definitions: { D: { type: 'object', properties: { a: text } } },
    securityDefinitions: { key: { type: 'apiKey', name: 'X-Key', in: 'header' } },
    paths: {
      '/Other': { post: { operationId: 'Other', summary: 'Other', responses: { 200: { description: 'OK' } } } },
      [path]: { parameters: shared, post: { operationId: 'A', summary: 'A', ...rest, parameters, responses } },
    },
  };
  for (const indent of [0, 2]) {
    const { conversion, definition, errors, rules } = await converted(JSON.stringify(document, undefined, indent));
    expect(errors).toEqual([]);
    expect(rules).toContain(entry);
    expect(forgotten(conversion)).toEqual([]);
    await expect(SwaggerParser.validate(JSON.parse(JSON.stringify(definition)))).resolves.toBeDefined();
  }
});

test.for<readonly [string, object, object]>([
  ['https://api.pets.example:8443/base/', { basePath: '/v1' }, { host: 'api.pets.example:8443', basePath: '/base/v1' }],
  ['api.pets.example/', {}, { host: 'api.pets.example' }],
  ['api.pets.example', { basePath: 'v1', schemes: ['wss'] }, { basePath: '/v1', schemes: ['https'] }],
])('the host %s is one', async ([host, rest, expected]) => {
  const paths = { '/a': { get: { operationId: 'A', summary: 'A', responses: { 200: { description: 'OK' } } } } };
  const info = { title: 'Pets', version: '1', description: 'Pets.' };
  const { definition, errors } = await converted(JSON.stringify({ swagger: '2.0', info, host, ...rest, paths }));
  expect(errors).toEqual([]);
  expect(definition).toMatchObject(expected);
});

test.for(['me@localhost', 'a@b', 'a@.b', 'nobody'])(
  'the address %s, which the service rejects, is left out',
  async (email) => {
    const paths = { '/a': { get: { operationId: 'A', summary: 'A', responses: { 200: { description: 'OK' } } } } };
    const info = { title: 'Pets', version: '1', description: 'Pets.', contact: { name: 'Pets', email } };
    for (const version of [
      { swagger: '2.0', host: 'api.pets.example' },
      { openapi: '3.0.3', servers: [{ url: 'https://api.pets.example' }] },
    ]) {
      const { definition, errors, rules } = await converted(JSON.stringify({ ...version, info, paths }));
      expect(errors).toEqual([]);
      expect(rules).toContain('dropped contact-email');
      expect(definition).toMatchObject({ info: { contact: { name: 'Pets' } } });
    }
  },
);

const tokenUrl = 'https://login.pets.example/token';

test.for(['application', 'password'])('the flow %s, by which no user signs in, is left out', async (flow) => {
  const operation = { operationId: 'A', summary: 'A', responses: { 200: { description: 'OK' } } };
  const document = {
    swagger: '2.0',
    info: { title: 'Pets', version: '1', description: 'Pets.' },
    host: 'api.pets.example',
    securityDefinitions: { flow: { type: 'oauth2', flow, tokenUrl, scopes: {} } },
    security: [{ flow: [] }],
    paths: { '/a': { get: { ...operation, security: [{ flow: [] }, {}] } } },
  };
  const { conversion, definition, errors, rules } = await converted(JSON.stringify(document));
  expect(errors).toEqual([]);
  expect(rules).toEqual([
    'dropped security-flow-unsupported',
    'dropped security-none-left',
    'dropped security-operation',
  ]);
  expect(forgotten(conversion)).toEqual([]);
  expect(definition).not.toHaveProperty('security');
  expect(definition).toMatchObject({ paths: { '/a': { get: { security: [{}] } } } });
});

test('a document that is only repaired keeps its sign-ins, and each requirement once', async () => {
  const securityDefinitions = { flow: { type: 'oauth2', flow: 'password', tokenUrl, scopes: {} } };
  const security = [{ flow: [] }];
  const operation = { operationId: 'A', summary: 'A', responses: { 200: { description: 'OK' } }, security };
  const document = {
    swagger: '2.0',
    info: { title: 'Pets', version: '1', description: 'Pets.' },
    host: 'api.pets.example',
    securityDefinitions,
    security: [...security, ...security],
    paths: { '/a': { get: operation } },
  };
  const { definition } = await converted(JSON.stringify(document), { repairsOnly: true });
  expect(definition).toMatchObject({ securityDefinitions, security, paths: { '/a': { get: { security } } } });
});

test('the flow that the portal adds next to another stays', async () => {
  const securityDefinitions = {
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    oAuthClientCredentials: { type: 'oauth2', flow: 'application', tokenUrl, scopes: {} },
  };
  const document = {
    swagger: '2.0',
    info: { title: 'Pets', version: '1', description: 'Pets.' },
    host: 'api.pets.example',
    securityDefinitions,
    security: [{ key: [] }],
    paths: { '/a': { get: { operationId: 'A', summary: 'A', responses: { 200: { description: 'OK' } } } } },
  };
  const { definition, errors } = await converted(JSON.stringify(document));
  expect(errors).toEqual([]);
  expect(definition).toMatchObject({ securityDefinitions });
});

test.for([
  ['100%', '100%'],
  ['100%', '100%25'],
  ['%zz', '%zz'],
  ['%41', '%2541'],
] as const)('what is called %s gets a name that references can have', async ([name, reference]) => {
  const paths = {
    '/a': {
      post: {
        operationId: 'A',
        summary: 'A',
        parameters: [
          { $ref: `#/parameters/${reference}` },
          { ...body, schema: { $ref: `#/definitions/${reference}` } },
        ],
        responses: { 200: { $ref: `#/responses/${reference}` } },
      },
    },
  };
  const document = {
    swagger: '2.0',
    info: { title: 'Pets', version: '1', description: 'Pets.' },
    host: 'api.pets.example',
    paths,
    parameters: { [name]: { ...text, name: 'q', in: 'query' } },
    definitions: { [name]: { type: 'object', properties: { a: { $ref: `#/definitions/${reference}` } } } },
    responses: { [name]: { description: 'OK', schema: { $ref: `#/definitions/${reference}` } } },
  };
  const { conversion, definition, entries, errors, rules } = await converted(JSON.stringify(document));
  expect(errors).toEqual([]);
  expect(rules).toEqual(['kept component-renamed']);
  expect(entries).toHaveLength(3);
  expect(forgotten(conversion)).toEqual([]);
  expect(JSON.stringify(definition)).not.toContain('%');
  await expect(SwaggerParser.validate(JSON.parse(JSON.stringify(definition)))).resolves.toBeDefined();
});

test('a schema with too many others behind allOf is cut', async () => {
  const properties = (start: number) =>
    Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`p${start + n}`, text]));
  const schema = {
    type: 'object',
    properties: { inside: { allOf: [{ properties: properties(0) }, { properties: properties(300) }] } },
  };
  const operation = { operationId: 'A', summary: 'A', parameters: [{ ...body, schema }] };
  const { errors, rules } = await converted(
    JSON.stringify({
      swagger: '2.0',
      info: { title: 'Pets', version: '1', description: 'Pets.' },
      host: 'api.pets.example',
      paths: { '/a': { post: { ...operation, responses: { 200: { description: 'OK' } } } } },
    }),
  );
  expect(errors).toEqual([]);
  expect(rules).toContain('narrowed schema-cut');
});

test('what OpenAPI 2.0 has stays as it is written', async () => {
  const document = {
    swagger: '2.0',
    info: { title: 'Pets', version: '1', description: 'Pets.' },
    host: 'api.pets.example',
    schemes: ['https'],
    paths: {
      '/a': {
        post: {
          operationId: 'A',
          summary: 'A',
          parameters: [{ ...body, schema: { $ref: '#/definitions/Kind of pet' } }],
          responses: { 200: { description: 'OK', schema: { type: 'file' } } },
        },
      },
    },
    definitions: {
      Pet: {
        type: 'object',
        required: ['kind', 'next'],
        discriminator: 'kind',
        properties: { kind: { type: 'string' }, next: { $ref: '#/definitions/Pet', description: 'Next.' } },
      },
      'Kind of pet': {
        allOf: [{ $ref: '#/definitions/Pet' }, { required: ['next', 'other'] }],
        type: 'object',
        required: ['kind'],
        example: { kind: 5 },
      },
      Value: { type: 'string', default: 5, enum: [5, 'a'] },
      Open: { required: ['anything'] },
    },
  };
  const { definition, errors, entries } = await converted(JSON.stringify(document));
  expect(definition).toEqual(document);
  expect(errors).toEqual([]);
  expect(entries).toEqual([]);
});
