import { describe, expect, test } from 'vitest';
import { converted, withOperation, withSchema } from '../support/converted.ts';

// What generated documents have shown: parts that seldom stand together.

const schemes = `
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    oauth:
      type: oauth2
      flows: { authorizationCode: { authorizationUrl: 'https://login.example', tokenUrl: 'https://login.example/token', scopes: { read: R, write: W } } }
    connect: { type: openIdConnect, openIdConnectUrl: 'https://login.example' }
`;

function withSecurity(security: string): string {
  return withOperation('description: Lists pets.', { more: `security: ${security}\n${schemes}` });
}

describe('security', () => {
  test('the same way to sign in twice is written once', async () => {
    const { definition, rules } = await converted(withSecurity('[{ key: [] }, { key: [] }]'));
    expect(definition).toMatchObject({ security: [{ key: [] }] });
    expect(rules).toContain('kept security-repeated');
  });

  test('a way that is left out is reported when another is left', async () => {
    const { entries } = await converted(withSecurity('[{ connect: [] }, { key: [] }]'));
    expect(entries).toContainEqual(expect.objectContaining({ rule: 'security-operation', pointer: '/security/0' }));
  });

  test('a sign-in method of only one operation is left out without a note about supported methods', async () => {
    const { entries } = await converted(
      withOperation('description: Lists pets.\nsecurity: [{ key: [] }]', {
        more: `security: [{ oauth: [read] }]\n${schemes}`,
      }),
    );
    expect(entries.filter(({ rule }) => rule.startsWith('security-o')).map(({ message }) => message)).toEqual([
      "callPets requires 'key', which isn't in the result.",
      "'key' isn't converted because only some operations use it.",
    ]);
  });

  test('scopes are those of the way that is left', async () => {
    const { definition } = await converted(
      withSecurity('[{ oauth: [write], connect: [] }, { oauth: [read] }, { key: [] }]'),
    );
    expect(definition).toMatchObject({ security: [{ oauth: ['read'] }, { key: [] }] });
  });
});

describe('keys of several ways to sign in', () => {
  test('have names of their own, so that no policy sends the key of another way', async () => {
    const { conversion } = await converted(
      withOperation('description: Lists pets.', {
        more: `security: [{ key: [] }, { query: [] }]
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    query: { type: apiKey, in: query, name: token }
`,
      }),
    );
    expect(conversion.properties).toMatchObject({
      connectionParameterSets: {
        values: [
          { name: 'key', parameters: { key: {} } },
          { name: 'query', parameters: { query: {} } },
        ],
      },
      policyTemplateInstances: [
        {
          templateId: 'setheader',
          parameters: { 'x-ms-apimTemplateParameter.value': "@connectionParameters('key','')" },
        },
        {
          templateId: 'setqueryparameter',
          parameters: { 'x-ms-apimTemplateParameter.value': "@connectionParameters('query','')" },
        },
      ],
    });
  });

  test.each([
    ['kei', '--security kei: the document has no such scheme. Did you mean key?'],
    ['somethingElse', '--security somethingElse: the document has no such scheme.'],
  ])('--security %s is an error', async (name, message) => {
    await expect(converted(withSecurity('[{ key: [] }]'), { security: [name] })).rejects.toThrow(message);
  });
});

describe('merge keys of YAML', () => {
  test('merge, and what the object has itself counts', async () => {
    const { definition } = await converted(
      withOperation(`<<: { summary: Merged, deprecated: true }
x-note: { '<<': { a: 1 } }`),
    );
    expect(definition).toHaveProperty(
      ['paths', '/pets', 'get'],
      expect.objectContaining({ deprecated: true, summary: 'Call pets' }),
    );
    expect(definition).toHaveProperty(['paths', '/pets', 'get', 'x-note', '<<', 'a'], 1);
  });
});

describe('connectionId, which the service accepts as no parameter', () => {
  test.each([
    [
      'a field of a form',
      (required: string) =>
        withOperation(
          `requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { type: object, ${required} properties: { connectionId: { type: string }, a: { type: string } } } } } }`,
          { method: 'post' },
        ),
    ],
    [
      'a property of an object in the query',
      (required: string) =>
        withOperation(
          `parameters: [{ name: o, in: query, required: true, schema: { type: object, ${required} properties: { connectionId: { type: string }, a: { type: string } } } }]`,
        ),
    ],
  ])('%s goes, or its operation does', async (_, text) => {
    const optional = await converted(text(''));
    expect(optional.rules).toContain('dropped parameter-connection-id');
    expect(optional.errors).toEqual([]);
    expect(optional.text).not.toContain('connectionId');
    const required = await converted(text('required: [connectionId],'));
    expect(required.rules).toContain('refused parameter-connection-id');
  });
});

describe('lists in parameters and headers', () => {
  const withComponents = (operation: string, schemas: string) =>
    withOperation(operation, { more: `components: { schemas: { ${schemas} } }` });

  test('a list of itself becomes a list of texts', async () => {
    const { definition, rules, errors } = await converted(
      withComponents(
        "parameters: [{ name: tree, in: query, schema: { $ref: '#/components/schemas/Tree' } }]",
        "Tree: { type: array, items: { $ref: '#/components/schemas/Tree' } }",
      ),
    );
    expect(definition).toHaveProperty(['paths', '/pets', 'get', 'parameters', 0, 'items'], { type: 'string' });
    expect(rules).toContain('narrowed parameter-items');
    expect(errors).toEqual([]);
  });

  test('items of a header have simple members only', async () => {
    const { definition, rules } = await converted(
      withOperation(`responses:
  '200':
    description: Fine
    headers: { X-Rate: { schema: { type: array, items: { type: string, maxLength: 9, externalDocs: { url: 'https://docs.example' } } } } }`),
    );
    expect(definition).toHaveProperty(['paths', '/pets', 'get', 'responses', '200', 'headers', 'X-Rate'], {
      type: 'array',
      items: { type: 'string', maxLength: 9 },
    });
    expect(rules).toContain('dropped parameter-keyword');
  });
});

describe('parameters', () => {
  test('that an object has no other properties is kept by a parameter for each', async () => {
    const { entries } = await converted(
      withOperation(`parameters:
  - { name: page, in: query, style: deepObject, schema: { type: object, additionalProperties: false, properties: { size: { type: integer } } } }`),
    );
    const pointer = '/paths/~1pets/get/parameters/0/schema/additionalProperties';
    expect(entries).toContainEqual(expect.objectContaining({ rule: 'parameter-object-deep', class: 'kept', pointer }));
  });

  test('a parameter of the path that each operation replaces is reported', async () => {
    const { entries } = await converted(
      withOperation('parameters: [{ name: size, in: query, schema: { type: integer } }]', {
        more: '    parameters: [{ name: size, in: query, schema: { type: string } }]',
      }),
    );
    expect(entries).toContainEqual(
      expect.objectContaining({ rule: 'parameter-own', class: 'kept', pointer: '/paths/~1pets/parameters/0' }),
    );
  });
});

describe('schemas', () => {
  test('combined schemas inside a schema are also converted', async () => {
    const { definition, errors } = await converted(
      withSchema(`allOf:
  - { type: array, items: { type: object, discriminator: { propertyName: kind }, properties: { name: { type: string } } } }
  - { type: array, items: { type: object, properties: { size: { type: integer } } } }`),
    );
    expect(definition).toHaveProperty('definitions.Pet.items', {
      type: 'object',
      properties: { name: { type: 'string' }, size: { type: 'integer' } },
    });
    expect(errors).toEqual([]);
  });

  test.each([
    ['refers to another', 'Owner: { type: string, readOnly: true }'],
    [
      'is in what it refers to',
      "Owner: { type: object, readOnly: true, required: [friend], properties: { friend: { $ref: '#/components/schemas/Owner' } } }",
    ],
  ])('a property that %s is not required in requests where that is for responses only', async (_, owner) => {
    const { rules, errors } = await converted(
      withOperation(
        "requestBody: { content: { application/json: { schema: { type: object, required: [owner], properties: { owner: { $ref: '#/components/schemas/Owner' } } } } } }",
        { method: 'post', more: `components: { schemas: { ${owner} } }` },
      ),
    );
    expect(rules).toContain('narrowed schema-read-only-required');
    expect(errors).toEqual([]);
  });
});

describe('references', () => {
  test('of a path that lead nowhere are reported by their reason, once', async () => {
    const { entries } = await converted(`openapi: 3.0.3
info: { title: Pets, version: '1', description: Pets. }
servers: [{ url: 'https://api.example' }]
paths:
  /gone: { $ref: '#/components/pathItems/Gone' }
  /pets: { get: { operationId: listPets, summary: List pets, responses: { '204': { description: Done } } } }
`);
    expect(entries.filter(({ pointer }) => pointer.startsWith('/paths/~1gone'))).toEqual([
      expect.objectContaining({ rule: 'path-empty', pointer: '/paths/~1gone' }),
      expect.objectContaining({ rule: 'ref-missing', pointer: '/paths/~1gone/$ref' }),
    ]);
  });

  test('that the whole document refers to as well are reported once', async () => {
    const { entries } = await converted(
      withOperation(`responses:
  '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/Gone' } } } }
  '201': { description: Fine, content: { application/json: { schema: { $ref: '#' } } } }`),
    );
    const missing = entries.filter(({ rule }) => rule === 'ref-missing');
    expect(missing.map(({ message }) => message)).toEqual([
      "'#/components/schemas/Gone' wasn't found. callPets isn't converted.",
    ]);
  });

  test('of paths use a component, and so do extensions', async () => {
    const { entries } = await converted(`openapi: 3.1.0
info: { title: Pets, version: '1', description: Pets. }
servers: [{ url: 'https://api.example' }]
paths:
  /pets: { $ref: '#/components/pathItems/Pets' }
  /hooks:
    x-ms-notification-content: { schema: { $ref: '#/components/schemas/Hook' } }
    post: { operationId: addHook, summary: Add hook, responses: { '204': { description: Done } } }
components:
  schemas: { Hook: { type: object, properties: { id: { type: string } } } }
  pathItems: { Pets: { get: { operationId: listPets, summary: List pets, responses: { '204': { description: Done } } } } }
`);
    expect(entries.map(({ rule }) => rule)).not.toContain('component-unused');
  });
});

test('x-webhooks, as documents of 3.0 have them, bring no definitions', async () => {
  const { definition, rules } = await converted(
    withOperation('description: Lists pets.', {
      more: `x-webhooks: { sold: { post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Sold' } } } } } } }
components: { schemas: { Sold: { type: object } } }`,
    }),
  );
  expect(rules).toContain('dropped webhook');
  expect(definition).not.toHaveProperty('definitions');
});

test('servers that cannot be used are named where the host is missing', async () => {
  const text = withOperation('description: Lists pets.').replace(
    'https://api.example/v1',
    'https://{region}.api.example',
  );
  await expect(converted(text)).rejects.toThrow(
    "Missing host: none of the document's servers has a URL that can be used: 'https://{region}.api.example'.",
  );
});

test('the refresh URL goes to the API properties', async () => {
  const { conversion, rules } = await converted(
    withSecurity('[{ oauth: [] }]').replace('scopes: {', "refreshUrl: 'https://login.example/refresh', scopes: {"),
  );
  expect(rules).toContain('kept security-refresh-url');
  expect(JSON.stringify(conversion.properties)).toContain('{"value":"https://login.example/refresh"}');
});
