import { expect, test } from 'vitest';
import { converted } from '../support/converted.ts';

const source = `swagger: '2.0'
info: { title: Pets, version: 1.0, description: Pets. }
host: api.pets.example
basePath: /v1
schemes: [https]
securityDefinitions: { key: { type: apiKey, in: header, name: X-Key } }
security: [{ key: [] }]
paths:
  /pets/{pet-id}:
    get:
      description: Gets a pet. It may be gone.
      x-ms-visibility: important
      parameters:
        - { name: pet-id, in: path, required: true, type: string, x-ms-url-encoding: double }
        - { name: take, in: query, type: integer, x-ms-summary: Most }
      responses:
        200: { description: Fine, schema: { $ref: '#/definitions/Pet' } }
        404: { description: Gone }
definitions:
  Pet: { type: object, properties: { name: { type: string, enum: [on, off] }, born: { type: string, default: 2020-01-01 } } }
`;

test('stays what it is, with what makers see added', async () => {
  const { definition, conversion, rules, errors } = await converted(source);
  expect(conversion.kind).toBe('openapi-2.0');
  expect(definition).toMatchObject({
    swagger: '2.0',
    info: { version: '1.0' },
    host: 'api.pets.example',
    basePath: '/v1',
    definitions: { Pet: { properties: { name: { enum: ['on', 'off'] }, born: { default: '2020-01-01' } } } },
  });
  expect(definition).toHaveProperty('paths./pets/{pet-id}.get', {
    operationId: 'GetPetsByPetId',
    summary: 'Gets a pet',
    description: 'Gets a pet. It may be gone.',
    'x-ms-visibility': 'important',
    parameters: [
      {
        name: 'pet-id',
        in: 'path',
        required: true,
        type: 'string',
        'x-ms-url-encoding': 'double',
        'x-ms-summary': 'Pet ID',
      },
      { name: 'take', in: 'query', type: 'integer', 'x-ms-summary': 'Most' },
    ],
    responses: { 200: { description: 'Fine', schema: { $ref: '#/definitions/Pet' } }, 404: { description: 'Gone' } },
  });
  expect(conversion.properties).toMatchObject({ connectionParameters: { api_key: { type: 'securestring' } } });
  expect(rules).toEqual(['made operation-id-made', 'made parameter-summary-made', 'made summary-made']);
  expect(errors).toEqual([]);
});

test('without a host asks for one', async () => {
  const bare = source.replace('host: api.pets.example\n', '');
  await expect(converted(bare)).rejects.toThrow('Missing host');
  const { definition, errors } = await converted(bare, { host: 'https://other.example' });
  expect(definition).toMatchObject({ host: 'other.example', basePath: '/v1', schemes: ['https'] });
  expect(errors).toEqual([]);
});

test('a selection takes what it reaches', async () => {
  const more = source.replace(
    'paths:\n',
    "paths:\n  /toys: { get: { operationId: listToys, summary: Toys, responses: { '200': { description: Fine } } } }\n",
  );
  const { definition } = await converted(more, { operations: ['listToys'] });
  expect(definition).toHaveProperty('paths', { '/toys': expect.anything() as unknown });
  expect(definition).toMatchObject({ definitions: {} });
});

test('a schema in another file becomes a definition', async () => {
  const { definition, errors } = await converted(source.replace("'#/definitions/Pet'", "'pet.yaml#/Pet'"), {
    files: { 'file:///source/pet.yaml': 'Pet: { type: object, properties: { age: { type: integer } } }' },
  });
  expect(definition).toMatchObject({
    paths: { '/pets/{pet-id}': { get: { responses: { 200: { schema: { $ref: '#/definitions/Pet_2' } } } } } },
    definitions: { Pet_2: { properties: { age: { type: 'integer' } } } },
  });
  expect(errors).toEqual([]);
});

test('what YAML takes for a number or nothing is text where a text belongs', async () => {
  const text = source
    .replace("swagger: '2.0'", 'swagger: 2.0')
    .replace('description: Pets.', 'description:')
    .replace('basePath: /v1', 'basePath: /v1\ntags: [{ name: 1.10 }]')
    .replace('description: Fine', 'description: 200')
    .replace('default: 2020-01-01', 'default: 2020, example: 1.10, x-ms-summary: 5');
  const { definition, errors } = await converted(text);
  expect(definition).toMatchObject({ swagger: '2.0', tags: [{ name: '1.10' }] });
  expect(definition).toHaveProperty('paths./pets/{pet-id}.get.responses.200.description', '200');
  // Values of the API stay what they are.
  expect(definition).toHaveProperty('definitions.Pet.properties.born', {
    type: 'string',
    default: 2020,
    example: 1.1,
    'x-ms-summary': 5,
  });
  expect(errors.map(({ rule }) => rule)).not.toContain('json-type');
});
