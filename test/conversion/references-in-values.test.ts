import SwaggerParser from '@apidevtools/swagger-parser';
import { expect, test } from 'vitest';
import { isObject, member } from '../../src/json/value.ts';
import { type Converted, converted, withSchema } from '../support/converted.ts';
import { forgotten } from '../support/source-coverage.ts';

/** A document of OpenAPI 2.0 with this schema, and these members of its response and its root. */
function openApi2(schema: object, { response = {}, root = {} } = {}): string {
  return JSON.stringify({
    swagger: '2.0',
    info: { title: 'Pets', version: '1' },
    host: 'api.contoso.com',
    paths: { '/pets': { get: { responses: { 200: { description: 'Fine', schema, ...response } } } } },
    definitions: { Known: { type: 'object', properties: { id: { type: 'string' } } } },
    ...root,
  });
}

async function expectWhole({ conversion, definition, errors }: Converted): Promise<void> {
  expect(errors).toEqual([]);
  expect(forgotten(conversion)).toEqual([]);
  await expect(SwaggerParser.validate(JSON.parse(JSON.stringify(definition)))).resolves.toBeDefined();
}

function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => (isObject(at) ? member(at, name) : undefined), value);
}

const nowhere = { $ref: '#/definitions/Nowhere' };

test.each([
  ['default', { type: 'object', default: nowhere }, {}],
  ['enum', { enum: [{ a: 1 }, nowhere] }, {}],
  ['example', { type: 'object', example: { inside: [nowhere, { deep: nowhere }] } }, {}],
  ['examples of a response', { type: 'object' }, { examples: { 'application/json': nowhere } }],
])('OpenAPI 2.0: a reference in %s that leads nowhere is left out and reported', async (_, schema, response) => {
  const result = await converted(openApi2(schema, { response }));
  expect(result.rules).toContain('dropped value-reference');
  expect(result.text).not.toContain('Nowhere');
  await expectWhole(result);
});

test.each([
  ['default', '{ type: object, default: { $ref: "#/nowhere" } }'],
  ['enum', '{ type: object, enum: [{ $ref: "#/nowhere" }] }'],
  ['const', '{ const: { $ref: "#/nowhere" } }'],
  ['example', '{ type: object, example: { $ref: "https://127.0.0.1:1/" } }'],
  ['examples', '{ type: object, examples: [{ $ref: "#/nowhere" }] }'],
])('OpenAPI 3.1: a reference in %s that leads nowhere is left out and reported', async (_, schema) => {
  const result = await converted(withSchema(schema));
  expect(result.rules).toContain('dropped value-reference');
  expect(result.text).not.toMatch(/nowhere|127/u);
  await expectWhole(result);
});

test('a reference in an example is replaced by what it refers to, with an entry', async () => {
  const result = await converted(
    openApi2({ type: 'object', example: { $ref: '#/x-pets/0' } }, { root: { 'x-pets': [{ id: 'Rex' }] } }),
  );
  expect(result.rules).toContain('kept value-reference');
  expect(valueAt(result.definition, 'paths', '/pets', 'get', 'responses', '200', 'schema', 'example')).toEqual({
    id: 'Rex',
  });
  await expectWhole(result);
});

test.each(['2.0', '3.0'])('OpenAPI %s: a reference in an extension that leads nowhere is left out', async (version) => {
  const extension = { deep: [nowhere], kept: 1 };
  const text =
    version === '2.0'
      ? openApi2({ type: 'string' }, { root: { 'x-more': extension } })
      : withSchema(`{ type: string }`, '3.0.3') + `x-more: ${JSON.stringify(extension)}\n`;
  const result = await converted(text);
  expect(valueAt(result.definition, 'x-more')).toEqual({ deep: [{}], kept: 1 });
  expect(result.entries.filter(({ rule }) => rule === 'value-reference').map(({ pointer }) => pointer)).toEqual([
    '/x-more/deep/0/$ref',
  ]);
  await expectWhole(result);
});

test('an operation whose examples are in files that are not there is converted without them', async () => {
  const text = openApi2({ type: 'string' }).replace(
    '"get":{',
    '"get":{"x-ms-examples":{"Get a pet":{"$ref":"./examples/get.json"}},',
  );
  const result = await converted(text);
  expect(valueAt(result.definition, 'paths', '/pets', 'get', 'x-ms-examples')).toEqual({ 'Get a pet': {} });
  expect(result.rules).toContain('dropped value-reference');
  await expectWhole(result);
});

test('a scope called like an extension is text, too', async () => {
  const oauth = {
    type: 'oauth2',
    flow: 'accessCode',
    authorizationUrl: 'https://login.contoso.com/authorize',
    tokenUrl: 'https://login.contoso.com/token',
    scopes: { 'x-read': 'Read', 'x-write': { b: 1 } },
  };
  const result = await converted(openApi2({ type: 'string' }, { root: { securityDefinitions: { oauth } } }));
  expect(valueAt(result.definition, 'securityDefinitions', 'oauth', 'scopes')).toEqual({ 'x-read': 'Read' });
  expect(result.rules).toContain('dropped type-wrong');
  await expectWhole(result);
});
