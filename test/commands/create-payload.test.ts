import { expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

interface Created {
  readonly body: string;
  readonly environment: string;
}

async function createdFrom(apiProperties: string, apiDefinition: string, ...args: string[]): Promise<Created> {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiProperties, apiDefinition });
  const result = await runInProcess(workspace, 'create', '-s', 'settings.json', '-w', '--skip-validation', ...args);
  expect(result).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/ created successfully\.\n$/u) });
  return { body: cloud.connectors()[0]?.lastBody ?? '', environment: cloud.environment.id };
}

/** A text with all that JavaScript would change: numbers, names that look like numbers, and odd writing. */
const odd = '{"10" : 9007199254740993,"9":1.0, "b":1e3,"a":-0 , "c":"\\u00e9\\/é", "a":[1.50,{ "2":{}, "1":[] }]}';

const definition = `{"swagger":"2.0","info":{"title":"Odd \\"one\\"","version":"1.0","description":"First\\nsecond"},"paths":{},"x-odd":${odd}}`;

test('the definition and the API properties reach the service to the letter, and what is added follows in order', async () => {
  const { body, environment } = await createdFrom(
    `{"$schema":"x","properties":{"capabilities":${odd}},"rest":${odd}}`,
    definition,
  );
  const added = [
    `"openApiDefinition": ${definition}`,
    '"backendService": {"serviceUrl":""}',
    `"environment": {"name":"${environment}"}`,
    '"displayName": "Odd \\"one\\""',
    '"description": "First\\nsecond"',
    '"scriptDefinitionUrl": ""',
  ].join(', ');
  expect(body).toBe(`{"$schema":"x","properties":{"capabilities":${odd}, ${added}},"rest":${odd}}`);
});

test('byte order marks are removed, and Windows line ends stay', async () => {
  const windows = definition.replace(',"paths"', ',\r\n\t"paths"');
  const { body } = await createdFrom('\uFEFF{\r\n"properties": {\r\n}\r\n}\r\n', `\uFEFF${windows}\r\n`);
  expect(body).not.toContain('\uFEFF');
  expect(body.startsWith('{\r\n"properties": {"openApiDefinition": {"swagger"')).toBe(true);
  expect(body).toContain(windows);
});

test('a key that the file has keeps its place and gets the new value; an icon URL stays when no icon is given', async () => {
  const { body, environment } = await createdFrom(
    '{"properties":{"description":"old","iconUri":"https://icons.example/i.png","environment":{"name":"other"},"scriptDefinitionUrl":"old","displayName":"old","backendService":{"x":1}}}',
    definition,
  );
  expect(body).toBe(
    `{"properties":{"description":"First\\nsecond","iconUri":"https://icons.example/i.png","environment":{"name":"${environment}"},"scriptDefinitionUrl":"","displayName":"Odd \\"one\\"","backendService":{"serviceUrl":""}, "openApiDefinition": ${definition}}}`,
  );
});

test('a definition without a description gets an empty one', async () => {
  const { body } = await createdFrom('{"properties":{}}', '{"swagger":"2.0","info":{"title":"T"},"paths":{}}');
  expect(body).toContain('"displayName": "T", "description": "", ');
});

test.each([
  ['connectionParameters that are null', '{"properties":{"connectionParameters":null}}'],
  ['sets that are null', '{"properties":{"connectionParameterSets":null}}'],
  [
    'a set without parameters',
    '{"properties":{"connectionParameterSets":{"values":[{"name":"none"},{"parameters":null}]}}}',
  ],
  ['sets without values', '{"properties":{"connectionParameterSets":{}}}'],
  ['empty OAuth2 settings', '{"properties":{"connectionParameters":{"token":{"oAuthSettings":{}}}}}'],
])('API properties with %s are taken as they are', async (_what, apiProperties) => {
  const { body } = await createdFrom(apiProperties, definition);
  expect(body.startsWith(apiProperties.replace(/\}\}$/u, ''))).toBe(true);
});
