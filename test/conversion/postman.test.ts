import { describe, expect, test } from 'vitest';
import { isArray, isObject, member } from '../../src/json/value.ts';
import { type Converted, converted, type ConvertedOptions } from '../support/converted.ts';

type Json = Readonly<Record<string, unknown>>;

/** A collection of these items as text. */
function collection(item: readonly Json[], more: Json = {}, version = '2.1.0'): string {
  const schema = `https://schema.getpostman.com/json/collection/v${version}/collection.json`;
  return JSON.stringify({ info: { name: 'Pets', description: 'Pets.', version: '1', schema }, item, ...more });
}

function request(more: Json, name = 'Call pets', saved: Json = {}): Json {
  return { name, request: { method: 'POST', url: 'https://api.pets.example/v1/pets', ...more }, ...saved };
}

async function convertedRequest(more: Json, options?: ConvertedOptions): Promise<Converted> {
  return await converted(collection([request(more)]), options);
}

function valuesIn(value: unknown, name: string): readonly unknown[] {
  const found = member(value, name);
  return isArray(found) ? found : isObject(found) ? Object.values(found) : [];
}

/** A member of the only operation. */
const operation = 'paths./v1/pets.post';

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

describe('the body', () => {
  test.each<readonly [name: string, body: Json, parameters: readonly Json[], rule: string]>([
    [
      'as JSON with variables',
      { mode: 'raw', raw: '{"name":"Rex","age":{{age}},"tags":["a"],"born":"2020-01-01T00:00:00Z","owner":null}' },
      [
        {
          name: 'body',
          in: 'body',
          schema: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              age: { 'x-nullable': true },
              tags: { type: 'array', items: { type: 'string' } },
              born: { type: 'string', format: 'date-time' },
              owner: { 'x-nullable': true },
            },
          },
        },
      ],
      'kept postman-body-json',
    ],
    [
      'as text',
      { mode: 'raw', raw: 'hello' },
      [{ name: 'body', in: 'body', schema: { type: 'string' } }],
      'narrowed postman-body-text',
    ],
    [
      'as a form',
      {
        mode: 'urlencoded',
        urlencoded: [
          { key: 'pet_name', value: 'Rex' },
          { key: 'age', value: '3', disabled: true },
        ],
      },
      [
        { name: 'pet_name', in: 'formData', 'x-ms-summary': 'Pet name', type: 'string' },
        { name: 'age', in: 'formData', 'x-ms-summary': 'Age', type: 'integer' },
      ],
      'kept postman-body-form',
    ],
    [
      'as an upload',
      { mode: 'formdata', formdata: [{ key: 'photo', type: 'file', src: '/home/me/rex.png' }] },
      [{ name: 'photo', in: 'formData', 'x-ms-summary': 'Photo', type: 'file' }],
      'kept postman-body-form',
    ],
    [
      'as a file',
      { mode: 'file', file: { src: '/home/me/rex.png' } },
      [{ name: 'body', in: 'body', schema: { type: 'string', format: 'binary' } }],
      'kept postman-body-file',
    ],
    [
      'as GraphQL',
      { mode: 'graphql', graphql: { query: '{ pets { name } }' } },
      [
        {
          name: 'body',
          in: 'body',
          schema: { type: 'object', properties: { query: { type: 'string' }, variables: { type: 'object' } } },
        },
      ],
      'narrowed postman-body-graphql',
    ],
  ])('%s', async (_, body, parameters, rule) => {
    const { definition, text, rules, errors } = await convertedRequest({ body });
    expect(definition).toHaveProperty(`${operation}.parameters`, parameters);
    expect(rules).toContain(rule);
    expect(text).not.toMatch(/Rex|rex\.png|hello|pets \{/u);
    expect(errors).toEqual([]);
  });
});

describe('sign-in', () => {
  test.each<readonly [kind: string, auth: Json, definitions: Json | undefined, rule: string]>([
    [
      'apikey',
      {
        type: 'apikey',
        apikey: [
          { key: 'key', value: 'X-Key' },
          { key: 'value', value: 's3cret' },
        ],
      },
      { api_key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
      'kept postman-auth',
    ],
    [
      'apikey in 2.0, in the query',
      { type: 'apikey', apikey: { key: 'code', value: 's3cret', in: 'query' } },
      { api_key: { type: 'apiKey', in: 'query', name: 'code' } },
      'kept postman-auth',
    ],
    [
      'basic',
      { type: 'basic', basic: [{ key: 'password', value: 's3cret' }] },
      { basic: { type: 'basic' } },
      'kept postman-auth',
    ],
    [
      'bearer',
      { type: 'bearer', bearer: [{ key: 'token', value: 's3cret' }] },
      { api_key: { type: 'apiKey', in: 'header', name: 'Authorization' } },
      'narrowed security-bearer',
    ],
    ['noauth', { type: 'noauth' }, undefined, 'kept postman-auth-none'],
    [
      'awsv4',
      { type: 'awsv4', awsv4: [{ key: 'secretKey', value: 's3cret' }] },
      undefined,
      'dropped postman-auth-unsupported',
    ],
    ['digest', { type: 'digest', digest: [] }, undefined, 'dropped postman-auth-unsupported'],
    [
      'oauth2 by client credentials',
      {
        type: 'oauth2',
        oauth2: [
          { key: 'grant_type', value: 'client_credentials' },
          { key: 'clientSecret', value: 's3cret' },
        ],
      },
      undefined,
      'dropped postman-auth-unsupported',
    ],
  ])('by %s, without its values', async (_, auth, definitions, rule) => {
    const { definition, text, conversion, rules, errors } = await converted(collection([request({})], { auth }));
    const found = valuesIn(definition, 'securityDefinitions');
    expect(found).toEqual(Object.values(definitions ?? {}));
    expect(rules.filter((one) => /postman-auth|security-bearer/u.test(one))).toEqual(rule === '' ? [] : [rule]);
    expect(`${text}${JSON.stringify(conversion.properties)}`).not.toContain('s3cret');
    expect(errors).toEqual([]);
  });

  test('by bearer tells users to enter Bearer', async () => {
    const { conversion } = await converted(collection([request({})], { auth: { type: 'bearer', bearer: [] } }));
    expect(conversion.properties).toMatchObject({
      connectionParameters: { api_key: { uiDefinition: { description: 'Enter Bearer, a space, and the token.' } } },
    });
  });

  test('by what a folder says, and by nothing where a request or a folder says so', async () => {
    const auth = { type: 'apikey', apikey: [{ key: 'key', value: 'X-Key' }] };
    const named = (name: string, more: Json = {}) =>
      request({ url: `https://api.pets.example/${name}`, ...more }, name);
    const { definition, rules, entries } = await converted(
      collection([
        { name: 'Pets', auth, item: [named('list'), named('status', { auth: { type: 'noauth' } })] },
        { name: 'Open', auth: { type: 'noauth' }, item: [named('help')] },
        { name: 'Others', auth: { type: 'basic' }, item: [named('owners')] },
      ]),
    );
    expect(definition).toMatchObject({
      securityDefinitions: { api_key: { name: 'X-Key' } },
      paths: { '/status': { post: { security: [] } }, '/help': { post: { security: [] } } },
    });
    expect(definition).not.toHaveProperty(['paths', '/list', 'post', 'security']);
    expect(rules).toContain('kept postman-auth');
    expect(entries).toContainEqual(expect.objectContaining({ rule: 'postman-auth-other', pointer: '/item/2/auth' }));
  });

  test('by OAuth 2.0 with an authorization code', async () => {
    const values = {
      grant_type: 'authorization_code',
      authUrl: 'https://a.example/auth',
      accessTokenUrl: 'https://a.example/token',
      scope: 'read write',
      clientId: 'me',
      clientSecret: 's3cret',
    };
    const oauth2 = Object.entries(values).map(([key, value]) => ({ key, value }));
    const { definition, text, conversion, errors } = await convertedRequest({ auth: { type: 'oauth2', oauth2 } });
    expect(valuesIn(definition, 'securityDefinitions')).toEqual([
      expect.objectContaining({
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: values.authUrl,
        tokenUrl: values.accessTokenUrl,
      }),
    ]);
    expect(`${text}${JSON.stringify(conversion.properties)}`).not.toMatch(/s3cret|"me"/u);
    expect(errors).toEqual([]);
  });
});

describe('hosts', () => {
  test('a variable that nothing fills asks for --host', async () => {
    const source = collection([request({ url: '{{nowhere}}/pets' })], {
      variable: [{ key: 'nowhere', value: 'https://a.example', type: 'secret' }],
    });
    await expect(converted(source)).rejects.toThrow('Missing host');
    expect((await converted(source, { host: 'api.pets.example' })).definition).toMatchObject({
      host: 'api.pets.example',
    });
  });

  const eu = { key: 'baseUrl', value: 'https://{{region}}.pets.example/v1' };
  const variable = [eu, { key: 'region', value: 'eu' }, { key: 'off', value: 'https://a.example', disabled: true }];
  const get = (url: unknown, name: string) => request({ method: 'GET', url }, name);
  const base = get('{{baseUrl}}/pets', 'Base');

  test.each<readonly [url: string | Json, path: string, origin: string | undefined]>([
    ['https://eu.pets.example/v1/toys?z=1', '/toys', undefined],
    ['HTTPS://EU.PETS.EXAMPLE/v1/toys', '/toys', undefined],
    ['eu.pets.example/v1/toys', '/toys', undefined],
    ['{{baseUrl}}/toys', '/toys', undefined],
    ['https://eu.pets.example/v1', '/', undefined],
    ['https://eu.pets.example/v2/toys', '/v2/toys', 'https://eu.pets.example'],
    ['https://eu.pets.example/', '/', 'https://eu.pets.example'],
    ['http://eu.pets.example/v1/toys', '/v1/toys', 'http://eu.pets.example'],
    [
      { protocol: 'https', host: ['x', 'pets', 'example'], port: '8443', path: '/a/b' },
      '/a/b',
      'https://x.pets.example:8443',
    ],
    [{ host: ['{{baseUrl}}'], path: ['toys'] }, '/toys', undefined],
    [{ protocol: 'https', host: '{{region}}.pets.example', path: ['v1', 'toys'] }, '/toys', undefined],
    ['{{scheme}}://{{region}}.pets.example/v1/toys', '/toys', undefined],
  ])('%j is called at its own URL', async (url, path, origin) => {
    const all = [...variable, { key: 'scheme', value: 'https' }];
    const { definition, conversion, errors } = await converted(collection([base, get(url, 'Toys')], { variable: all }));
    expect(definition).toMatchObject({ host: 'eu.pets.example', basePath: '/v1' });
    expect(definition).toHaveProperty(['paths', path, 'get', 'operationId'], 'Toys');
    const policy = {
      'x-ms-apimTemplateParameter.urlTemplate': origin,
      'x-ms-apimTemplate-operationName': ['Toys'],
    };
    const parameters = valuesIn(conversion.properties, 'policyTemplateInstances').map((one) =>
      member(one, 'parameters'),
    );
    expect(parameters).toEqual(origin === undefined ? [] : [policy]);
    expect(errors).toEqual([]);
  });

  test.each<readonly [more: Json, rule: string, message: string]>([
    [
      { url: '{{off}}/x' },
      'postman-host-unknown',
      "Other isn't converted because '{{off}}' has no value. Pass --host with the host or URL of the API.",
    ],
    [
      { url: 'http://localhost:3000/x' },
      'postman-host-unusable',
      "Other isn't converted because http://localhost:3000 can't be reached from the cloud.",
    ],
    [
      { url: 'https://me:s3cret@169.254.169.254/x' },
      'postman-host-unusable',
      "Other isn't converted because https://169.254.169.254 can't be reached from the cloud.",
    ],
    [{ url: undefined }, 'postman-url-missing', "Other isn't converted because it has no URL."],
    [{ url: null }, 'postman-url-missing', "Other isn't converted because it has no URL."],
  ])('%j is refused, unless --host is passed', async (more, rule, message) => {
    const source = collection([base, request({ method: 'GET', ...more }, 'Other')], { variable });
    const { definition, entries, errors } = await converted(source);
    expect(valuesIn(definition, 'paths')).toHaveLength(1);
    expect(entries).toContainEqual(expect.objectContaining({ class: 'refused', rule, message }));
    expect(entries.map((entry) => entry.message).join('\n')).not.toContain('s3cret');
    expect(errors).toEqual([]);
    const withHost = await converted(source, { host: 'api.pets.example' });
    expect(withHost.definition).toMatchObject({ host: 'api.pets.example', basePath: '/' });
    expect(valuesIn(withHost.definition, 'paths')).toHaveLength(rule === 'postman-url-missing' ? 1 : 2);
    expect(withHost.conversion.properties['policyTemplateInstances']).toEqual([]);
  });

  test('--host replaces what a variable says, and no other host', async () => {
    const source = collection([get('https://files.example/a', 'Files'), base], { variable });
    const { definition, conversion, entries } = await converted(source, { host: 'https://test.pets.example/v9' });
    expect(definition).toMatchObject({ host: 'test.pets.example', basePath: '/v9', paths: { '/pets': {} } });
    expect(JSON.stringify(conversion.properties)).toContain('"https://files.example"');
    expect(entries.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        "'{{baseUrl}}' is https://test.pets.example/v9.",
        "The variable 'baseUrl' isn't converted.",
      ]),
    );
  });

  test('--host replaces a host without variables, which is reported', async () => {
    const source = collection([get('https://api.pets.example/a', 'A'), get('https://api.pets.example/b', 'B')]);
    const { definition, entries } = await converted(source, { host: 'test.pets.example' });
    expect(definition).toMatchObject({ host: 'test.pets.example', paths: { '/a': {}, '/b': {} } });
    const message = "https://api.pets.example isn't used because --host replaces it.";
    expect(entries.filter(({ rule }) => rule === 'postman-host-replaced')).toEqual([
      expect.objectContaining({ message, pointer: '/item/0/request/url' }),
      expect.objectContaining({ message, pointer: '/item/1/request/url' }),
    ]);
  });

  test('variables of the host are no loss, and their queries are not shown', async () => {
    const secret = { key: 'baseUrl', value: 'https://api.pets.example/v1?code=s3cret' };
    const { entries, text } = await converted(
      collection([base], { variable: [secret, { key: 'token', value: 't0ken' }] }),
    );
    const variables = entries.filter(({ rule }) => rule === 'postman-variable');
    expect(variables.map((entry) => `${entry.class} ${entry.pointer}`)).toEqual([
      'kept /variable/0',
      'dropped /variable/1',
    ]);
    expect(entries.map(({ rule }) => rule)).toContain('server-query');
    expect(text + JSON.stringify(entries)).not.toMatch(/s3cret|t0ken/u);
  });

  test('the same path on two hosts is one operation, and the other request is refused', async () => {
    const { definition, entries } = await converted(
      collection([base, get('https://files.pets.example/pets', 'Files')], { variable }),
    );
    expect(valuesIn(definition, 'paths')).toHaveLength(1);
    expect(entries).toContainEqual(
      expect.objectContaining({ class: 'refused', rule: 'path-same', pointer: '/item/1' }),
    );
  });

  test('another host is called by a policy', async () => {
    const { conversion, rules, errors } = await converted(
      collection([request({}), request({ url: 'https://files.pets.example/upload' }, 'Upload')]),
    );
    expect(conversion.properties['policyTemplateInstances']).toMatchObject([
      { templateId: 'dynamichosturl', parameters: { 'x-ms-apimTemplate-operationName': ['Upload'] } },
    ]);
    expect(rules).toContain('kept postman-host-other');
    expect(errors).toEqual([]);
  });
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

test('fields of a form keep their descriptions', async () => {
  const { definition } = await convertedRequest({
    body: { mode: 'urlencoded', urlencoded: [{ key: 'size', value: '1', description: 'How large.' }] },
  });
  expect(definition).toHaveProperty(
    `${operation}.parameters.0`,
    expect.objectContaining({ description: 'How large.' }),
  );
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

describe("what connectors can't have in a URL", () => {
  test.for<readonly [string, Json, string]>([
    ['a query', { url: 'https://api.pets.example/v1/pets?connectionId=5' }, 'dropped'],
    ['a header', { header: [{ key: 'connectionId', value: '5' }] }, 'dropped'],
    ['a form', { body: { mode: 'urlencoded', urlencoded: [{ key: 'connectionId', value: '5' }] } }, 'dropped'],
    ['a path', { url: 'https://api.pets.example/v1/pets/{{connectionId}}' }, 'kept'],
  ])('connectionId of %s is reported', async ([, more, lossClass]) => {
    const { errors, rules } = await convertedRequest(more);
    expect(errors).toEqual([]);
    expect(rules).toContain(`${lossClass} parameter-connection-id`);
    expect(rules.filter((rule) => / postman-(?:query|header)$/u.test(rule))).toEqual([]);
  });

  test.for([['*'], ['{}'], ['{a'], ['a}'], ['a*b']])('a request with %s in its path is refused', async (path) => {
    const other = request({ url: { host: ['api', 'pets', 'example'], protocol: 'https', path } }, 'Other');
    const { definition, errors, rules } = await converted(collection([request({}), other]));
    expect(errors).toEqual([]);
    expect(rules).toContain('refused path-wildcard');
    expect(Object.keys(Object(member(definition, 'paths')))).toHaveLength(1);
  });

  test('a fragment of a URL as text', async () => {
    const { errors, rules } = await convertedRequest({ url: 'https://api.pets.example/v1/pets#top' });
    expect(errors).toEqual([]);
    expect(rules).toContain('dropped path-fragment');
  });

  test('a query and a fragment in the path', async () => {
    const url = { raw: 'https://api.pets.example/v1/pets', path: ['v1', 'pets?size=1', '#', 'top'] };
    const { definition, errors, rules } = await convertedRequest({ url });
    expect(errors).toEqual([]);
    expect(rules).toEqual(expect.arrayContaining(['kept postman-query', 'dropped path-fragment']));
    expect(definition).toHaveProperty(`${operation}.parameters.0.name`, 'size');
  });
});
