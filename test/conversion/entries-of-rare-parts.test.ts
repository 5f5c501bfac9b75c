import { describe, expect, test } from 'vitest';
import { converted, withOperation, withSchema } from '../support/converted.ts';

describe('has an entry:', () => {
  test('who signs in by the URL of a server, whose name and password are nowhere', async () => {
    const source = withOperation('description: Lists pets.', {
      more: "servers: [{ url: 'https://me:s3cret@api.example' }, { url: 'https://me:s3cret@test.example' }]",
    }).replace(/^servers:.*\n/mu, '');
    const { entries, text } = await converted(source);
    expect(entries.map(({ rule, pointer }) => `${rule} ${pointer}`)).toContain('server-user /servers/0/url');
    expect(`${JSON.stringify(entries)}${text}`).not.toContain('s3cret');
  });

  test('a server in a private network', async () => {
    const source = withOperation('description: Lists pets.').replace('https://api.example/v1', 'https://10.0.0.5/v1');
    expect((await converted(source)).rules).toContain('kept server-private');
  });

  test('a summary of a path behind a reference that the path has itself', async () => {
    const source = `openapi: 3.1.0
info: { title: Pets, version: '1', description: Pets. }
servers: [{ url: 'https://api.example' }]
paths:
  /pets: { summary: Own, $ref: '#/components/pathItems/pets' }
components: { pathItems: { pets: { summary: Theirs, get: { responses: { '204': { description: Done } } } } } }
`;
    const { entries } = await converted(source);
    const texts = entries.filter(({ rule }) => rule === 'path-text');
    expect(texts.map(({ class: lossClass, pointer }) => `${lossClass} ${pointer}`)).toEqual([
      'kept /paths/~1pets/summary',
      'dropped /components/pathItems/pets/summary',
    ]);
  });

  test('path items that lead to each other', async () => {
    const source = withOperation('description: Lists pets.').replace(
      '\npaths:\n',
      "\npaths:\n  /a: { $ref: '#/paths/~1b' }\n  /b: { $ref: '#/paths/~1a' }\n",
    );
    expect((await converted(source)).rules).toContain('refused ref-cycle');
  });

  test('members of a query in Postman without a key', async () => {
    const url = { raw: 'https://api.example/pets', query: [{ key: null, value: '1' }, { value: '2' }, { key: 'ok' }] };
    const { entries } = await converted(
      JSON.stringify({
        info: { name: 'Pets', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
        item: [{ name: 'List', request: { method: 'GET', url } }],
      }),
    );
    expect(entries.filter(({ rule }) => rule === 'postman-query-unnamed').map(({ pointer }) => pointer)).toEqual([
      '/item/0/request/url/query/0',
      '/item/0/request/url/query/1',
    ]);
  });
});

test('control characters go', async () => {
  const { definition } = await converted(withOperation('description: "a\\0b\\ac\\td"'));
  expect(definition).toHaveProperty('paths./pets.get.description', 'abc\td');
});

test('an operation ID is made of the clean names in a path', async () => {
  const source = withOperation('description: Gets.', { path: "'/tmpl/{id:[0-9]+}/{name?}'" }).replace(
    /^ +operationId.*\n/mu,
    '',
  );
  expect((await converted(source)).definition).toHaveProperty(
    'paths./tmpl/{id}/{name}.get.operationId',
    'GetTmplByIdByName',
  );
});

test('the token of one way to sign in leaves the header of the others alone', async () => {
  const { conversion } = await converted(
    withOperation('description: Lists pets.', {
      more: `security: [{ login: [] }, { bearer: [] }]
components: { securitySchemes: { login: { type: http, scheme: basic }, bearer: { type: http, scheme: bearer } } }`,
    }),
  );
  expect(conversion.properties).toMatchObject({
    policyTemplateInstances: [{ parameters: { 'x-ms-apimTemplateParameter.existsAction': 'skip' } }],
  });
});

test.each([
  ['#%RAML 1.0\ntitle: Pets', 'is a RAML document'],
  ['type Query {\n  pets: [Pet]\n}', 'is a GraphQL schema'],
  ['"""Pets."""\ntype Query @a {\n  pets: [Pet]\n}', 'is a GraphQL schema'],
])('%j is refused by its name', async (text, words) => {
  await expect(converted(text)).rejects.toThrow(words);
});

test('parts that disagree about a type leave nothing of the one that is ruled out', async () => {
  const { definition } = await converted(
    withSchema(`type: object
properties:
  n: { allOf: [{ type: string, minLength: 2, pattern: a, format: date }, { type: integer, maximum: 5 }] }
  l: { allOf: [{ type: array, items: { type: string } }, { type: object, properties: { a: { type: string } } }] }`),
  );
  expect(definition).toHaveProperty('definitions.Pet.properties', {
    n: { type: 'integer', maximum: 5 },
    l: { type: 'object', properties: { a: { type: 'string' } } },
  });
});

test('a reference in a keyword that is not converted refuses no operation', async () => {
  const { rules } = await converted(withSchema("type: object\nextends: { $ref: 'nothing.yaml' }"));
  expect(rules).toContain('dropped schema-keyword');
  expect(rules.filter((rule) => rule.startsWith('refused'))).toEqual([]);
});

test('operations that connectors cannot have count as operations of the source', async () => {
  const { conversion } = await converted(
    withOperation('description: Lists pets.').replace(
      '\n    get:\n',
      "\n    trace: { responses: { '204': { description: Done } } }\n    get:\n",
    ),
  );
  expect(conversion.sourceOperations).toBe(2);
});

test('what is too large and has only one part names no command that cannot help', async () => {
  const { entries } = await converted(
    `${withOperation('description: Lists pets.')}x-large: ${'a'.repeat(1_100_000)}\n`,
  );
  expect(entries.find(({ rule }) => rule === 'definition-too-large')?.message).toMatch(
    /supports 1,048,576\. It has only one part: \/pets \(1 operation, [\d,]+ bytes\)\.$/u,
  );
});

test('definitions inside a schema and its names for references are reported in words that fit', async () => {
  const schema = `
type: object
$anchor: pet
$defs: { Inner: { type: string } }
properties: { a: { $ref: '#/components/schemas/Pet/$defs/Inner' } }`;
  const { entries } = await converted(withSchema(schema));
  expect(entries.filter(({ rule }) => /defs|anchor/u.test(rule)).map(({ message }) => message)).toEqual([
    "References lead to the schema without its name 'pet'.",
    "Schemas of '$defs' that are referred to are separate definitions.",
    "'PetInner' is a separate definition.",
  ]);
});
