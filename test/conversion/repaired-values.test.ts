import { describe, expect, test } from 'vitest';
import { member } from '../../src/json/value.ts';
import { converted, withOperation, withSchema } from '../support/converted.ts';

async function petOf(schema: string) {
  const { definition, errors, rules } = await converted(withSchema(schema));
  expect(errors).toEqual([]);
  return { pet: member(member(definition, 'definitions'), 'Pet'), rules };
}

describe('values that OpenAPI 2.0 refuses are left out and reported', () => {
  test.each([
    ['type: number\nmultipleOf: 0', { type: 'number' }, 'dropped schema-limit'],
    ['type: number\nmultipleOf: -1', { type: 'number' }, 'dropped schema-limit'],
    ['type: number\nmultipleOf: 0.5', { type: 'number', multipleOf: 0.5 }, undefined],
    [
      'type: object\nrequired: [a, a]\nproperties: { a: { type: string } }',
      { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
      'kept schema-required-twice',
    ],
    ['type: integer\nenum: [1, two]', { type: 'integer', enum: [1] }, 'dropped schema-enum-type'],
    ["type: integer\nenum: [1, '2']", { type: 'integer', enum: [1, 2] }, 'kept schema-enum-type'],
    ['type: string\nenum: [1, two]', { type: 'string', enum: ['1', 'two'] }, undefined],
    ['type: integer\nenum: [one, two]', { type: 'integer' }, 'dropped schema-enum-type'],
    ['enum: [{ a: 1, b: 2 }, { b: 2, a: 1 }]', { enum: [{ a: 1, b: 2 }] }, 'dropped schema-enum'],
    ['enum: [[1], [1]]', { enum: [[1]] }, 'dropped schema-enum'],
    ['type: number\nenum: [1, 1.0]', { type: 'number', enum: [1] }, 'dropped schema-enum'],
    ['enum: [one, two]', { enum: ['one', 'two'], type: 'string' }, 'made schema-type-made'],
    ['enum: [one, 2]', { enum: ['one', 2] }, undefined],
    ['enum: [{ a: 1 }]', { enum: [{ a: 1 }] }, undefined],
  ])('in a schema: %s', async (schema, expected, rule) => {
    const { pet, rules } = await petOf(schema);
    expect(pet).toEqual(expected);
    expect(rules.filter((one) => / schema-(?:limit|required-|enum|type-made)/u.test(one))).toEqual(
      rule === undefined ? [] : [rule],
    );
  });

  test('values that are the same once they have the type of the schema', async () => {
    const { pet, rules } = await petOf("type: integer\nenum: [1, '1']");
    expect(pet).toEqual({ type: 'integer', enum: [1] });
    expect(rules).toContain('kept schema-enum-type');
    expect(rules).toContain('dropped schema-enum');
  });

  test('a list that no value of an allOf can be in', async () => {
    const { pet } = await petOf(`allOf:
  - { type: object, properties: { kind: { type: string, enum: [order] } } }
  - { type: object, properties: { kind: { type: integer } } }`);
    expect(pet).toEqual({ type: 'object', properties: { kind: { type: 'integer' } } });
  });

  test('a tag, or a scope, that is listed twice', async () => {
    const { definition, rules } = await converted(
      withOperation('tags: [a, a]\nsecurity: [{ login: [read, read] }]', {
        more: `security: [{ login: [read, read] }]
components:
  securitySchemes:
    login:
      type: oauth2
      flows: { authorizationCode: { authorizationUrl: 'https://l.example', tokenUrl: 'https://l.example/t', scopes: { read: 5 } } }
`,
      }),
    );
    expect(definition).toMatchObject({
      security: [{ login: ['read'] }],
      securityDefinitions: { login: { scopes: { read: '5' } } },
      paths: { '/pets': { get: { tags: ['a'], security: [{ login: ['read'] }] } } },
    });
    expect(rules).toContain('kept text-twice');
  });

  test('invalid media types', async () => {
    const body = `requestBody: { content: { 'bad type!!': { schema: { type: string } }, text/plain: { schema: { type: string } } } }`;
    const { definition, rules, errors } = await converted(withOperation(body, { method: 'post' }));
    expect(definition).toMatchObject({ paths: { '/pets': { post: { consumes: ['text/plain'] } } } });
    expect(rules).toContain('dropped media-type-invalid');
    expect(errors).toEqual([]);
  });
});

describe('the way to a value that leads through the reference itself', () => {
  test.each([
    ["{ $ref: '#/paths/~1pets/get/responses/200/content/application~1json/schema/properties/x' }"],
    ["{ $ref: '#/components/schemas/A/x' }"],
  ])('is a reference to nothing: %s', async (schema) => {
    const text = withOperation(
      `responses: { '200': { description: Fine, content: { application/json: { schema: ${schema} } } } }`,
      {
        more: "components: { schemas: { A: { $ref: '#/components/schemas/B/x' }, B: { $ref: '#/components/schemas/A/x' } } }",
      },
    );
    const { definition, entries } = await converted(text);
    expect(definition).toBeUndefined();
    expect(entries.map(({ rule }) => rule)).toContain('ref-missing');
  });

  test('ends also where each step of many has two more', async () => {
    const schemas = Array.from({ length: 60 }, (_, index) => [
      `S${index}`,
      { $ref: `#/components/schemas/S${index + 1}/a/a` },
    ]);
    const document = {
      openapi: '3.0.3',
      info: { title: 'Pets', version: '1', description: 'Pets.' },
      servers: [{ url: 'https://api.example' }],
      paths: {
        '/pets': {
          get: {
            operationId: 'list',
            responses: {
              200: {
                description: 'Fine',
                content: { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } },
              },
            },
          },
        },
      },
      components: { schemas: Object.fromEntries(schemas) },
    };
    const { entries } = await converted(JSON.stringify(document));
    expect(entries.map(({ rule }) => rule)).toContain('ref-missing');
  });
});

test('what a parameter or a schema that is cut refers to is repaired as well', async () => {
  const properties = Array.from({ length: 600 }, (_, index) => `p${index}: { type: string }`).join(', ');
  const { errors, definition, rules } = await converted(
    withOperation(
      `parameters: [{ name: page, in: query, schema: { $ref: '#/components/schemas/Page' } }]
requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pets' } } } }`,
      {
        method: 'post',
        more: `components:
  schemas:
    Page: { type: integer, minimum: 5, maximum: 1 }
    Pets: { type: object, properties: { pet: { $ref: '#/components/schemas/Pet' } } }
    Pet: { type: object, required: [id, name], properties: { id: { type: string, readOnly: true }, name: { type: string }, all: { type: object, properties: { ${properties} } } } }`,
      },
    ),
  );
  expect(errors).toEqual([]);
  expect(rules).toEqual(expect.arrayContaining(['narrowed schema-cut', 'narrowed schema-read-only-required']));
  expect(definition).toHaveProperty('paths./pets.post.parameters.0', {
    name: 'page',
    in: 'query',
    'x-ms-summary': 'Page',
    type: 'integer',
    maximum: 1,
  });
  expect(definition).toHaveProperty('paths./pets.post.parameters.1.schema.properties.pet.required', ['name']);
});
