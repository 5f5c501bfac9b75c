import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const file = 'apiDefinition.swagger.json';

function answering(cloud: FakeCloud, body: string): void {
  cloud.validator = () => ({ status: 200, headers: { 'content-type': 'application/json' }, body });
}

test('validate posts the definition as it is, with the certification rules, and says that it is valid', async () => {
  await using cloud = await FakeCloud.start();
  const apiDefinition = petStore().replace('"swagger"', '"x-ten": 1.0, "10": 9007199254740993, "9": "ü", "swagger"');
  await using workspace = await signedIn(cloud, { apiDefinition });

  expect(await workspace.paconn('validate', '--api-def', file, '--pau', cloud.url)).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `${file} validated successfully.\n`,
  });
  expect(cloud.requests).toMatchObject([
    {
      method: 'POST',
      path: `/providers/Microsoft.PowerApps/objectIds/${cloud.signIn.user.objectId}/validateApiSwagger`,
      query: { 'api-version': '2016-11-01', enableConnectorCertificationRules: 'true' },
      headers: { 'x-ms-origin': 'paconn-cli', 'content-type': 'application/json' },
      body: apiDefinition,
    },
  ]);
  expect(Object.keys(cloud.requests[0]?.query ?? {})).toHaveLength(2);
});

test('validate with a settings file needs neither environment nor connector', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, {
    apiDefinition: petStore(),
    apiProperties: null,
    settings: { environment: null, connectorId: null },
  });
  expect((await workspace.paconn('validate', '-s', 'settings.json')).exitCode).toBe(0);
});

test('a byte order mark of the definition is not sent, and line ends stay', async () => {
  await using cloud = await FakeCloud.start();
  const text = petStore().replaceAll('\n', '\r\n');
  await using workspace = await signedIn(cloud, { apiDefinition: `\uFEFF${text}` });
  expect((await workspace.paconn('validate', '-s', 'settings.json')).exitCode).toBe(0);
  expect(cloud.requests[0]?.body).toBe(text);
});

test('errors among the findings are shown, a line each, and the definition is not valid', async () => {
  await using cloud = await FakeCloud.start();
  answering(cloud, String.raw`"Warning : info : Too short.\r\nError : paths/~1pets : No \"ID\"."`);
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  expect(await workspace.paconn('validate', '-s', 'settings.json')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `Warning : info : Too short.\nError : paths/~1pets : No "ID".\nError: ${file} has errors.\n`,
  });
});

test.each([
  ['a JSON string', String.raw`"Warning : info : Too short.\r\nWarning : paths : Too few."`],
  ['text', 'Warning : info : Too short.\r\nWarning : paths : Too few.\r\n'],
])('warnings alone, as %s, do not make it fail', async (_form, body) => {
  await using cloud = await FakeCloud.start();
  answering(cloud, body);
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  expect(await workspace.paconn('validate', '-s', 'settings.json')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'Warning : info : Too short.\nWarning : paths : Too few.\n',
  });
});

test.each(['""', ' \r\n', '"\\r\\n"'])('an answer of %j is none: the definition is valid', async (body) => {
  await using cloud = await FakeCloud.start();
  answering(cloud, body);
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  expect((await workspace.paconn('validate', '-s', 'settings.json')).stderr).toBe(`${file} validated successfully.\n`);
});

test('a definition that is no Swagger is refused with the innermost of what the service says', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: '{"openapi": "3.0.0"}' });
  const { exitCode, stdout, stderr } = await workspace.paconn('validate', '-s', 'settings.json');
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr.split('\n')[0]).toMatch(
    /^Error: Could not have the API definition validated: Specified swagger has the following errors: .+The version has to be 2\.0\.''\. \(ApiDefinitionInvalid, correlation ID [\da-f-]{36}\)$/u,
  );
});

test('the refusal of newer services that is a list of findings is shown as one', async () => {
  await using cloud = await FakeCloud.start();
  const message = 'Error : info/title : Bad.\r\nWarning : info : Too short.';
  cloud.validator = () => ({
    status: 400,
    body: JSON.stringify({ error: { code: 'SwaggerCertificationFailedWithErrors', message } }),
  });
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  expect(await workspace.paconn('validate', '-s', 'settings.json')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `Error : info/title : Bad.\nWarning : info : Too short.\nError: ${file} has errors.\n`,
  });
});

describe('what is missing or broken on this side', () => {
  const hint = 'Pass --api-def FILE, or "apiDefinition" in the settings file.';
  test.each([
    [['validate'], 2, `API Definition must be specified.\n${hint}`],
    [
      ['validate', '-s', 'empty.json', '-d', 'definition.json'],
      2,
      `API Definition must be specified.\n${hint}`,
      'Not used, because empty.json replaces it: --api-def\n',
    ],
    [['validate', '-d', 'none.json'], 1, 'File does not exist: none.json'],
    [['validate', '-d', 'definition.json/none.json'], 1, 'File does not exist: definition.json/none.json'],
    [['validate', '-d', '.'], 1, '. cannot be read: it is a directory.'],
    [['validate', '-d', 'blank.json'], 1, 'blank.json is empty; it should hold JSON.'],
    [['validate', '-d', 'latin.json'], 1, 'latin.json is not UTF-8 text.\nSave it as UTF-8 and try again.'],
    [
      ['validate', '-d', 'list.json'],
      1,
      'list.json is not as expected:\n✖ Invalid input: expected object, received array',
    ],
    [
      ['validate', '-d', 'number.json'],
      1,
      'number.json is not as expected:\n✖ Invalid input: expected string, received number\n  → at info.title',
    ],
    [['validate', '-s', 'none.json'], 1, 'File does not exist: none.json'],
  ])('%j', async (args, exitCode, message, before = '') => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, {
      files: {
        'definition.json': petStore(),
        'empty.json': '{}',
        'blank.json': ' \n',
        'latin.json': Buffer.from('{"a":"\xFC"}', 'latin1'),
        'list.json': '[]',
        'number.json': '{"info":{"title":1}}',
      },
    });
    expect(await workspace.paconn(...args)).toEqual({ exitCode, stdout: '', stderr: `${before}Error: ${message}\n` });
    expect(cloud.requests).toEqual([]);
  });

  test.each(['-d', '-s'])('JSON that is broken, in the file of %s: line and column are told', async (flag) => {
    const broken = '{\n  "a": "ü",\r\n  "bc": 1 "d": 2\n}';
    await using workspace = await Workspace.create(undefined, { files: { 'broken.json': broken } });
    const { exitCode, stderr } = await workspace.paconn('validate', flag, 'broken.json');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error: broken\.json:3:11: invalid JSON: .+\.\n$/u);
  });

  test('nobody signed in', async () => {
    await using workspace = await Workspace.create(undefined, { apiDefinition: petStore() });
    expect(await workspace.paconn('validate', '-d', file)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'Error: Nobody is signed in.\nSign in with: paconn login\n',
    });
  });
});

test('a script and a definition exclude each other', async () => {
  await using workspace = await Workspace.create(undefined, { script: 'class Script {}', apiDefinition: petStore() });
  expect(await workspace.paconn('validate', '-x', 'script.csx', '-d', file)).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'Error: --script and --api-def exclude each other.\n',
  });
});
