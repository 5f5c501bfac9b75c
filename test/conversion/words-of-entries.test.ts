import { expect, test } from 'vitest';
import { converted, withOperation } from '../support/converted.ts';

const paths = "paths: { /pets: { get: { operationId: ListPets, responses: { '204': { description: Done } } } } }";
const head = "openapi: 3.0.3\ninfo: { title: Pets, version: '1', description: Pets. }\n";

test('a server without a URL is said to have none', async () => {
  const source = `${head}servers: [{ url: 'https://api.example' }, { description: none }]\n${paths}\n`;
  const { entries } = await converted(source);
  expect(entries.filter(({ rule }) => rule.startsWith('server')).map(({ message }) => message)).toEqual([
    "Server 2 isn't used because it has no URL.",
  ]);
  await expect(converted(source, { server: '2' })).rejects.toThrow('--server 2: server 2 has no URL.');
});

test('a URL that is too long for a sentence is cut in it', async () => {
  const source = `${head}servers: [{ url: 'https://{${'a'.repeat(100_000)}}' }]\n${paths}\n`;
  await expect(converted(source)).rejects.toThrow(/^Missing host: .{100,200}…'\.$/u);
});

test('the example that has a value is converted, and what is next to that has words of its own', async () => {
  const body = `requestBody: { content: { application/json: { schema: { type: object }, examples: {
    one: { externalValue: 'https://api.example/1' }, two: { summary: Second, value: { a: 1 } } } } } }`;
  const { definition, entries } = await converted(withOperation(body, { method: 'post' }));
  expect(JSON.stringify(definition)).toContain('"x-example":{"a":1}');
  expect(entries.filter(({ pointer }) => pointer.includes('/examples/')).map(({ message }) => message)).toEqual([
    "The result has at most one example of the body. 'one' isn't converted.",
    "'summary' isn't part of OpenAPI 3.0.3, or has no counterpart in 2.0.",
    "The example of the body is in x-example, which makers don't see.",
  ]);
});

test('the description of a scheme goes before one in its flow, which has an entry', async () => {
  const flow =
    'authorizationUrl: https://a.example/a, tokenUrl: https://a.example/t, scopes: {}, description: Of the flow';
  const source = `${head}servers: [{ url: 'https://api.example' }]\n${paths}\nsecurity: [{ O: [] }]\ncomponents:
  securitySchemes: { O: { type: oauth2, description: Of the scheme, flows: { authorizationCode: { ${flow} } } } }\n`;
  const { definition, entries } = await converted(source);
  expect(definition).toMatchObject({ securityDefinitions: { O: { description: 'Of the scheme' } } });
  expect(entries).toContainEqual(
    expect.objectContaining({
      rule: 'member-unknown',
      pointer: '/components/securitySchemes/O/flows/authorizationCode/description',
    }),
  );
});
