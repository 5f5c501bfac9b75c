import { expect, test } from 'vitest';
import { isObject, member } from '../../src/json/value.ts';
import { converted, withOperation, withServers } from '../support/converted.ts';

const described = `description: The file., title: File, x-ms-summary: File content, x-ms-media-kind: image`;
const inSchema = {
  description: 'The file.',
  title: 'File',
  'x-ms-summary': 'File content',
  'x-ms-media-kind': 'image',
};

async function operationOf(text: string): Promise<Readonly<Record<string, unknown>>> {
  const { definition } = await converted(text);
  const item = member(member(definition, 'paths'), '/pets');
  const operation = member(item, 'post');
  if (!isObject(operation)) throw new Error('The operation is missing.');
  return operation;
}

const body = (mediaType: string, schema: string): string =>
  withOperation(`requestBody: { content: { '${mediaType}': { schema: ${schema} } } }`, { method: 'post' });

const answer = (mediaType: string, schema: string): string =>
  withOperation(`responses: { '200': { description: Fine, content: { '${mediaType}': { schema: ${schema} } } } }`, {
    method: 'post',
  });

test('the description of a file stays', async () => {
  const file = `{ type: string, format: binary, ${described} }`;
  expect(await operationOf(answer('application/octet-stream', file))).toMatchObject({
    responses: { 200: { schema: { type: 'string', format: 'binary', ...inSchema } } },
  });
  expect(await operationOf(body('application/octet-stream', file))).toMatchObject({
    parameters: [{ schema: { type: 'string', format: 'binary', ...inSchema } }],
  });
  expect(
    await operationOf(body('multipart/form-data', `{ type: object, properties: { file: ${file} } }`)),
  ).toMatchObject({
    parameters: [
      { type: 'file', 'x-ms-summary': 'File content', 'x-ms-media-kind': 'image', description: 'The file.' },
    ],
  });
});

test.each([
  ['application/json; charset=utf-8', undefined],
  ['application/json; version=2', ['application/json; version=2']],
  ['text/plain; charset=utf-8', ['text/plain; charset=utf-8']],
  ['Application/JSON;CHARSET="UTF-8"', undefined],
])('parameters of a media type stay unless they say nothing: %s', async (mediaType, list) => {
  expect((await operationOf(body(mediaType, '{ type: string }')))['consumes']).toEqual(list);
  expect((await operationOf(answer(mediaType, '{ type: string }')))['produces']).toEqual(list);
});

test.each([
  ['integer', "'1'", 1, 'kept'],
  ['number', "'-1.50'", -1.5, 'kept'],
  ['boolean', "'false'", false, 'kept'],
  ['integer', "'1.5'", undefined, 'dropped'],
  ['integer', "'one'", undefined, 'dropped'],
  ['boolean', "'0'", undefined, 'dropped'],
])('a default of %s that is the text %s', async (type, written, expected, lossClass) => {
  const text = withOperation(`parameters: [{ name: n, in: query, schema: { type: ${type}, default: ${written} } }]`);
  const { definition, entries } = await converted(text);
  const [parameter] = JSON.parse(JSON.stringify(definition)).paths['/pets'].get.parameters;
  const entry = entries.find(({ rule }) => rule === 'schema-default');
  expect(parameter.default).toBe(expected);
  expect(entry?.class).toBe(lossClass);
});

test('an object that a body among the components has in place is a definition', async () => {
  const text = withOperation(`requestBody: { $ref: '#/components/requestBodies/Mixed' }`, {
    method: 'post',
    more: `components:
  requestBodies:
    Mixed: { content: { application/json: { schema: { type: object, properties: { id: { type: integer } } } } } }
`,
  });
  const { definition, errors } = await converted(text);
  expect(definition).toMatchObject({
    paths: { '/pets': { post: { parameters: [{ name: 'body', schema: { $ref: '#/definitions/MixedBody' } }] } } },
    definitions: { MixedBody: { type: 'object', properties: { id: { type: 'integer' } } } },
  });
  expect(errors).toEqual([]);
});

test('no user, password, or query of a server is shown', async () => {
  const servers = ['https://a.contoso.com', 'https://bob:hunter2@b.contoso.com/v1?key=hunter2'].map((url) => ({ url }));
  const source = withServers(...servers);
  expect(JSON.stringify((await converted(source)).entries)).not.toContain('hunter2');
  await expect(converted(source, { server: '9' })).rejects.toMatchObject({
    hint: 'The servers are: 1 https://a.contoso.com, 2 https://b.contoso.com/v1',
  });
  for (const host of ['bob:hunter2@a.contoso.com', 'bob:hunter/2@a.contoso.com']) {
    const basePath = 'v1?key=hunter2';
    const written = JSON.stringify({ swagger: '2.0', info: {}, host, basePath, paths: {} });
    const { entries } = await converted(written, { host: 'b.contoso.com' });
    expect(JSON.stringify(entries)).toContain('a.contoso.com');
    expect(JSON.stringify(entries)).not.toContain('hunter');
  }
});

test.each([
  'https://bob:hunter/22@a.contoso.com/v1',
  'https://bob:hunter?22@a.contoso.com/v1',
  'https:bob:hunter/22@a.contoso.com/v1',
  'https:\\\\bob:hunter22@a.contoso.com/v1',
  ' https:/bob:hunter22@a.contoso.com/v1',
  'ht\ttps://bob:hunter22@a.contoso.com/v1',
])('the password in %j is shown neither as a server that is not used nor as a suggestion', async (url) => {
  const source = withServers({ url: 'https://b.contoso.com' }, { url });
  const { entries } = await converted(source);
  expect(entries.find(({ pointer }) => pointer === '/servers/1')?.message).toContain('https://a.contoso.com/v1');
  const other = await converted(source, { server: 'https://a.contoso.com/v2' }).catch(String);
  expect(other).toContain('Did you mean https://a.contoso.com/v1?');
});

test.each([
  ['https://a.contoso.com/@me/v1?mail=a@b.c', 'https://a.contoso.com/@me/v1'],
  ['https://a.contoso.com:{port}/@me', 'https://a.contoso.com:{port}/@me'],
])('a path of %s with @ is no user', async (url, shown) => {
  const source = withServers({ url: 'https://b.contoso.com' }, { url });
  const { entries } = await converted(source);
  expect(entries.find(({ pointer }) => pointer === '/servers/1')?.message).toContain(shown);
});

test('a policy for a server has neither user nor query, and nobody is asked for variables of these', async () => {
  const url = 'https://bob:{password}@{tenant}.contoso.com/v1?sig={sig}';
  const variables = { tenant: { default: 't1' }, password: { default: 'hunter2' }, sig: { default: 'hunter2' } };
  const source = withServers({ url, variables });
  const { conversion, entries, text } = await converted(source, { serverVariables: 'connection' });
  const all = JSON.stringify([conversion.properties, entries, text]);
  expect(all).not.toContain('hunter2');
  expect(all).not.toContain('bob');
  expect(all).toContain("https://@connectionParameters('tenant','t1').contoso.com/v1");
});
