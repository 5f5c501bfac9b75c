import SwaggerParser from '@apidevtools/swagger-parser';
import { expect, test } from 'vitest';
import { converted } from '../support/converted.ts';
import { body, expectEntry, openApi2, text } from '../support/openapi-2.ts';
import { forgotten } from '../support/source-coverage.ts';

test.for<readonly [string, object, object]>([
  ['https://api.pets.example:8443/base/', { basePath: '/v1' }, { host: 'api.pets.example:8443', basePath: '/base/v1' }],
  ['api.pets.example/', {}, { host: 'api.pets.example' }],
  ['api.pets.example/v1', { basePath: '/v1' }, { host: 'api.pets.example', basePath: '/v1' }],
  ['api.pets.example/v1', { basePath: '/v1/pets' }, { basePath: '/v1/pets' }],
  ['api.pets.example', { basePath: 'v1', schemes: ['wss'] }, { basePath: '/v1', schemes: ['https'] }],
])('the host %s is one', async ([host, rest, expected]) => {
  const { definition, errors } = await converted(JSON.stringify(openApi2({}, { schemes: undefined, host, ...rest })));
  expect(errors).toEqual([]);
  expect(definition).toMatchObject(expected);
});

test.for([
  ['/v1?x=1', '/v1', 'dropped server-query'],
  ['/v1#a', '/v1', 'dropped server-query'],
  ['/v 1', '/v%201', 'kept server-base-path'],
  ['v1', '/v1', 'kept server-base-path'],
  ['/{version}/x', '/{version}/x', 'narrowed server-base-path'],
] as const)('the base path %s is %s', async ([basePath, expected, entry]) => {
  const { definition } = await expectEntry(JSON.stringify(openApi2({}, { basePath })), entry);
  expect(definition).toHaveProperty('basePath', expected);
});

test.for([
  ['[2001:db8::1]', 'dropped server-missing'],
  ['{tenant}.pets.example', 'dropped server-missing'],
  ['api..pets.example', 'dropped server-missing'],
  ['api.pets.example:99999', 'dropped server-missing'],
  ['*.pets.example', 'dropped server-missing'],
  ['-api.pets.example', 'dropped server-missing'],
])('the host %s is replaced by that of the source, and reported', async ([host, entry]) => {
  const document = openApi2({}, { host, basePath: '/v1', schemes: ['http', 'https'] });
  const result = await converted(JSON.stringify(document), { sourceUrl: 'https://api.pets.example/openapi.json' });
  expect(result.definition).toMatchObject({ host: 'api.pets.example', basePath: '/v1', schemes: ['https'] });
  expect(result.rules).toEqual(expect.arrayContaining([entry, 'dropped server-scheme', 'made server-relative']));
  expect(forgotten(result.conversion)).toEqual([]);
});

test('a host that is none is named where nothing else says where the API is', async () => {
  const source = JSON.stringify(openApi2({}, { host: 'bob:s3/cret@api..pets.example' }));
  await expect(converted(source)).rejects.toThrow("URL that can be used: 'api..pets.example'.");
});

test('what --host replaces is reported', async () => {
  const document = openApi2({}, { basePath: '/v1', schemes: ['http'] });
  const result = await converted(JSON.stringify(document), { host: 'https://eu.pets.example/v2' });
  expect(result.definition).toMatchObject({ host: 'eu.pets.example', basePath: '/v2', schemes: ['https'] });
  expect(result.entries.map(({ rule, pointer }) => `${rule} ${pointer}`)).toEqual([
    'server-replaced /host',
    'server-scheme /schemes/0',
    'server-replaced /basePath',
  ]);
  expect(forgotten(result.conversion)).toEqual([]);
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
