import { describe, expect, test } from 'vitest';
import { member } from '../../src/json/value.ts';
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

test('a YAML number or null becomes text where text is required', async () => {
  const text = source
    .replace("swagger: '2.0'", 'swagger: 2.0')
    .replace('description: Pets.', 'description:')
    .replace('basePath: /v1', 'basePath: /v1\ntags: [{ name: 1.10 }]')
    .replace('description: Fine', 'description: 200')
    .replace('default: 2020-01-01', 'default: 2020, example: 1.10, x-ms-summary: 5');
  const { definition, errors } = await converted(text);
  expect(definition).toMatchObject({ swagger: '2.0', tags: [{ name: '1.10' }] });
  expect(definition).toHaveProperty('paths./pets/{pet-id}.get.responses.200.description', '200');
  // Values of the API stay what they are, and the service wants a summary that is text.
  expect(definition).toHaveProperty('definitions.Pet.properties.born', {
    type: 'string',
    default: 2020,
    example: 1.1,
    'x-ms-summary': '5',
  });
  expect(errors.map(({ rule }) => rule)).not.toContain('json-type');
});

describe('what is said of a sign-in', () => {
  const schemes = `securityDefinitions:
  oa: { type: oauth2, flow: implicit, authorizationUrl: 'https://id.example', scopes: { r: Read } }
  app: { type: oauth2, flow: application, tokenUrl: 'https://id.example/t', scopes: {} }
  b: { type: basic }
security: [{ oa: [r] }, { b: [] }]
`;
  const text = source
    .replace(/securityDefinitions:.*\nsecurity:.*\n/u, schemes)
    .replace('description: Gets', 'security: [{ oa: [r] }]\n      description: Gets');

  test('is that it stays in the definition', async () => {
    const { definition, entries } = await converted(text);
    expect(definition).toMatchObject({
      security: [{ oa: ['r'] }, { b: [] }],
      securityDefinitions: { app: {}, oa: {} },
    });
    const said = entries.filter(({ rule }) => rule.startsWith('security-'));
    expect(said.map(({ rule, class: lossClass }) => `${lossClass} ${rule}`)).toEqual([
      'narrowed security-implicit-kept',
    ]);
  });

  test('is true of a choice as well', async () => {
    const { definition, rules } = await converted(text, { security: ['b'] });
    expect(definition).toMatchObject({ security: [{ b: [] }], securityDefinitions: { b: { type: 'basic' } } });
    expect(member(definition, 'securityDefinitions')).toEqual({ b: { type: 'basic' } });
    expect(definition).not.toHaveProperty('paths./pets/{pet-id}.get.security');
    expect(rules).toContain('dropped security-not-chosen');
  });
});

test('a method that connectors lack is left out', async () => {
  const { definition, errors, rules } = await converted(
    source.replace(/^( *)get:/mu, "$1trace: { responses: { '200': { description: Fine } } }\n$1get:"),
  );
  expect(JSON.stringify(definition)).not.toContain('"trace"');
  expect(rules).toContain('refused method');
  expect(errors).toEqual([]);
});

test('what makes a document invalid is repaired, with an entry each', async () => {
  const { definition, entries, errors } = await converted(`swagger: '2.0'
info: { title: Pets, version: '1', description: Pets. }
host: api.pets.example
schemes: [https, https]
securityDefinitions: { oa: { type: oauth2, flow: accessCode, authorizationUrl: 'https://id.example', tokenUrl: 'https://id.example/t' } }
security: [{ oa: [r, r] }]
parameters:
  session: { name: sid, in: cookie, type: string }
  page: { name: page, in: query, type: string }
paths:
  /pets/{id}/{part}:
    parameters: [{ name: part, in: path, type: string }, { name: other, in: path, required: true, type: string }]
    get:
      operationId: getPart
      tags: [a, a]
      parameters:
        - $ref: '#/parameters/session'
        - $ref: '#/parameters/page'
        - { name: page, in: query, type: integer }
        - { name: where, in: nowhere, type: string }
        - { name: gone, in: path, required: true, type: string }
        - { name: kind, in: query, type: string, enum: [a, b, a], default: { enum: [1, 1] } }
      responses: { '200': { description: Fine, schema: { $ref: '#/definitions/Pet' } } }
    delete: { operationId: deletePart, summary: Delete, responses: { '200': { description: File, schema: { type: file } } } }
definitions:
  Pet: { type: object, required: [scan, scan], properties: { scan: { type: file }, required: { type: array, items: { type: string } } } }
`);
  expect(errors).toEqual([]);
  expect(definition).toMatchObject({
    schemes: ['https'],
    parameters: { page: {} },
    paths: { '/pets/{id}/{part}': { parameters: [{ name: 'part', required: true }] } },
    definitions: { Pet: { required: ['scan'], properties: { scan: { type: 'string', format: 'binary' } } } },
  });
  expect(definition).toHaveProperty('paths./pets/{id}/{part}.delete.parameters', [
    expect.objectContaining({ name: 'id', in: 'path', type: 'string', required: true }),
  ]);
  expect(definition).toHaveProperty('paths./pets/{id}/{part}.delete.responses.200.schema', { type: 'file' });
  const pets = '/paths/~1pets~1{id}~1{part}';
  const get = `${pets}/get`;
  expect(entries.map(({ rule, pointer }) => `${rule} ${pointer}`)).toEqual(
    expect.arrayContaining([
      'text-twice /schemes/1',
      'security-scopes-made /securityDefinitions/oa',
      'text-twice /security/0/oa/1',
      'parameter-cookie /parameters/session',
      `path-parameter-made ${pets}`,
      `path-parameter-required ${pets}/parameters/0`,
      `path-parameter-stray ${pets}/parameters/1`,
      `text-twice ${get}/tags/1`,
      `parameter-cookie ${get}/parameters/0`,
      `parameter-twice ${get}/parameters/2`,
      `parameter-unusable ${get}/parameters/3`,
      `path-parameter-stray ${get}/parameters/4`,
      `schema-enum ${get}/parameters/5/enum/2`,
      'schema-required-twice /definitions/Pet/required/1',
      'schema-file /definitions/Pet/properties/scan/type',
    ]),
  );
});
