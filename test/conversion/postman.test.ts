import { expect, test } from 'vitest';
import { converted } from '../support/converted.ts';
import { type Json, collection, convertedRequest, operation, request, valuesIn } from '../support/postman.ts';

test('an export without its schema is read as the newest form', async () => {
  const source = collection([request({})]);
  const withoutSchema = source.replace(/"schema":"[^"]*"/u, '"_postman_id":"1"');
  expect((await converted(withoutSchema)).text).toBe((await converted(source)).text);
});

test('a request with a variable in the host, in the path, and a token', async () => {
  const source = collection(
    [
      {
        name: 'Get pet',
        request: {
          method: 'GET',
          header: [{ key: 'Authorization', value: 'Bearer eyJhbGciOi' }],
          url: {
            raw: '{{baseUrl}}/pets/:id?full=true',
            host: ['{{baseUrl}}'],
            path: ['pets', ':id'],
            query: [{ key: 'full', value: 'true' }],
          },
        },
        response: [{ name: 'Fine', code: 200, body: '{"id":1,"name":"Rex"}' }],
      },
    ],
    { variable: [{ key: 'baseUrl', value: 'https://api.pets.example/v1' }] },
  );
  const { definition, text, rules, errors } = await converted(source);
  expect(definition).toMatchObject({ host: 'api.pets.example', basePath: '/v1', schemes: ['https'] });
  expect(definition).toHaveProperty('paths./pets/{id}.get', {
    operationId: 'GetPet',
    summary: 'Get pet',
    parameters: [
      { name: 'id', in: 'path', required: true, 'x-ms-summary': 'ID', type: 'string', 'x-ms-url-encoding': 'single' },
      { name: 'full', in: 'query', 'x-ms-summary': 'Full', type: 'boolean' },
    ],
    responses: {
      200: {
        description: 'Fine',
        schema: { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } },
      },
    },
  });
  expect(rules).toEqual(
    expect.arrayContaining([
      'kept postman-path',
      'kept postman-query',
      'kept postman-response',
      'dropped postman-header-left',
    ]),
  );
  expect(text).not.toContain('eyJ');
  expect(text).not.toContain('Rex');
  expect(errors).toEqual([]);
});

test.each(['2.0.0', '2.1.0'])('version %s, also inside a collection object', async (version) => {
  const source = collection([request({})], {}, version);
  const [plain, wrapped] = [await converted(source), await converted(`{"collection":${source}}`)];
  expect(plain.conversion.kind).toBe(version === '2.0.0' ? 'postman-2.0' : 'postman-2.1');
  expect(wrapped.text).toBe(plain.text);
  expect(plain.errors).toEqual([]);
});

test('version 1 says which one to export', async () => {
  const source = '{"id":"1","name":"Pets","order":[],"requests":[]}';
  await expect(converted(source)).rejects.toThrow('is a Postman collection v1.');
});

test('folders are tags, and name requests of the same name', async () => {
  const list = (path: string): Json => request({ method: 'GET', url: `https://api.pets.example${path}` }, 'List');
  const source = collection([
    {
      name: 'Pets',
      description: { content: 'All pets.' },
      item: [list('/pets'), { name: 'Toys', item: [list('/toys')] }],
    },
  ]);
  const { definition, rules, errors } = await converted(source);
  expect(definition).toMatchObject({
    tags: [{ name: 'Pets', description: 'All pets.' }, { name: 'Pets / Toys' }],
    paths: {
      '/pets': { get: { operationId: 'List', tags: ['Pets'] } },
      '/toys': { get: { operationId: 'ToysList', tags: ['Pets / Toys'] } },
    },
  });
  expect(rules).toContain('kept postman-folder');
  expect(errors).toEqual([]);
});

test('requests that call the same are one operation, and scripts and settings are reported', async () => {
  const source = collection([
    request({ header: [{ key: 'X-One', value: '1' }] }, 'One', { event: [{ listen: 'test', script: {} }] }),
    request({ header: [{ key: 'X-Two', value: '2' }] }, 'Two', { protocolProfileBehavior: { followRedirects: false } }),
  ]);
  const { definition, rules, errors } = await converted(source);
  expect(definition).toMatchObject({
    paths: { '/v1/pets': { post: { operationId: 'One', parameters: [{ name: 'X-One' }, { name: 'X-Two' }] } } },
  });
  expect(rules).toEqual(
    expect.arrayContaining([
      'narrowed postman-request-same',
      'dropped postman-script',
      'dropped postman-setting',
      'kept postman-header',
    ]),
  );
  expect(errors).toEqual([]);
});

test('requests that call the same have the saved responses of all, and the first body', async () => {
  const saved = (name: string, body: string): Json => ({ response: [{ name, code: 200, body }] });
  const body = (raw: string): Json => ({ body: { mode: 'raw', raw } });
  const source = collection([
    request({ url: 'https://api.pets.example/pets/:id' }, 'One'),
    request({ url: 'https://api.pets.example/pets/:petId', ...body('{"a":1}') }, 'Two', saved('Found', '{"b":1}')),
    request({ url: 'https://api.pets.example/pets/:id', ...body('{"c":1}') }, 'Three', saved('Again', '{"d":1}')),
  ]);
  const { definition, rules, entries, errors } = await converted(source);
  expect(definition).toHaveProperty(['paths', '/pets/{id}', 'post'], {
    operationId: 'One',
    summary: 'One',
    parameters: [
      expect.objectContaining({ name: 'id', in: 'path' }),
      expect.objectContaining({ name: 'body', schema: { type: 'object', properties: { a: { type: 'integer' } } } }),
    ],
    responses: {
      200: {
        description: 'Found',
        schema: { type: 'object', properties: { b: { type: 'integer' }, d: { type: 'integer' } } },
      },
    },
  });
  expect(rules).not.toContain('made postman-response-made');
  expect(entries.filter(({ rule }) => rule === 'postman-body-json')).toHaveLength(1);
  expect(errors).toEqual([]);
});

test('null stands for nothing', async () => {
  const field = { key: null, value: null };
  const { definition, text, errors } = await convertedRequest({
    url: { raw: 'https://api.pets.example/v1/pets?full', query: [{ key: 'full', value: null }, field] },
    header: [field],
    description: null,
    body: { mode: 'urlencoded', urlencoded: [field, { key: 'size', value: null }] },
  });
  expect(definition).toHaveProperty(`${operation}.parameters`, [
    expect.objectContaining({ name: 'full', in: 'query', type: 'string' }),
    expect.objectContaining({ name: 'size', in: 'formData', type: 'string' }),
  ]);
  expect(text).not.toContain('null');
  expect(errors).toEqual([]);
});

test('a variable in braces, as in OpenAPI, is a parameter', async () => {
  const { definition, errors } = await convertedRequest({ url: 'https://api.pets.example/v1/pets/{id}' });
  expect(definition).toHaveProperty(['paths', '/v1/pets/{id}', 'post', 'parameters', 0, 'name'], 'id');
  expect(errors).toEqual([]);
});

test('a part of a collection', async () => {
  const source = collection([
    { name: 'Pets', item: [request({})] },
    { name: 'Toys', item: [request({ url: 'https://api.pets.example/toys' }, 'Toys')] },
  ]);
  const { definition } = await converted(source, { tags: ['toys'] });
  expect(valuesIn(definition, 'paths')).toEqual([
    { post: expect.objectContaining({ operationId: 'Toys' }) as unknown },
  ]);
});

test('a collection without requests has no operation, whatever its host', async () => {
  const { rules, text } = await converted(collection([]));
  expect({ rules, text }).toMatchObject({ rules: expect.arrayContaining(['refused no-operations']), text: '' });
});

test.each([
  ['All pets.', { content: 'In pages.' }, 'All pets.\n\nIn pages.'],
  ['All pets.', 'All pets.', 'All pets.'],
  ['', 'In pages.', 'In pages.'],
])('the descriptions of an item, %j, and of its request, %j, are one: %j', async (ofItem, ofRequest, expected) => {
  const item = { ...request({ description: ofRequest }), description: ofItem };
  expect((await converted(collection([item]))).definition).toHaveProperty(`${operation}.description`, expected);
});
