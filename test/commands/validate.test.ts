import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petScript, petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn, signedInByDeviceCode } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const file = 'apiDefinition.swagger.json';

function answering(cloud: FakeCloud, body: string): void {
  cloud.validator = () => ({ status: 200, headers: { 'content-type': 'application/json' }, body });
}

test('validate posts the definition unchanged, with the certification rules, and reports that it is valid', async () => {
  await using cloud = await FakeCloud.start();
  const apiDefinition = petStore().replace(
    '"swagger"',
    '"x-odd": { "n": 1.0, "10": 9007199254740993, "9": "ü" }, "swagger"',
  );
  await using workspace = await signedIn(cloud, { apiDefinition });

  expect(await workspace.paconn('validate', '--api-def', file, '--pau', cloud.url)).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `Swagger certification succeeded.\n${file} validated successfully.\n`,
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
  expect((await runInProcess(workspace, 'validate', '-s', 'settings.json')).exitCode).toBe(0);
});

test('the byte order mark of the definition is not sent, and line ends stay', async () => {
  await using cloud = await FakeCloud.start();
  const text = petStore().replaceAll('\n', '\r\n');
  await using workspace = await signedIn(cloud, { apiDefinition: `\uFEFF${text}` });
  expect((await runInProcess(workspace, 'validate', '-s', 'settings.json')).exitCode).toBe(0);
  expect(cloud.requests[0]?.body).toBe(text);
});

test('findings of the service are shown with their lines, and its errors make the definition invalid', async () => {
  await using cloud = await FakeCloud.start();
  answering(
    cloud,
    String.raw`"Warning : info : Too short.\r\nError : paths/~1pets~1{id}/get/operationId : Bad \"ID\"."`,
  );
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  expect(await workspace.paconn('validate', '-s', 'settings.json')).toEqual({
    exitCode: 1,
    stdout: `${file}
   3:11  warning  Too short.  service
     3 |   "info": {
       |           ^
  22:24  error    Bad "ID".  service
    22 |         "operationId": "GetPet",
       |                        ^^^^^^^^

2 problems (1 error, 1 warning) in 1 file.
`,
    stderr: `Error: ${file} has errors.\n`,
  });
});

test.each([
  ['a JSON string', String.raw`"Warning : info : Too short.\r\nWarning : paths : Too few."`],
  ['text', 'Warning : info : Too short.\r\nWarning : paths : Too few.\r\n'],
])('warnings alone, as %s, do not make it fail', async (_form, body) => {
  await using cloud = await FakeCloud.start();
  answering(cloud, body);
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'validate', '-s', 'settings.json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('   3:11  warning  Too short.  service\n');
  expect(stdout).toContain('  19:12  warning  Too few.  service\n');
});

test('a response of unknown form is shown unchanged, and is an error if one of its words is', async () => {
  await using cloud = await FakeCloud.start();
  answering(cloud, String.raw`"This is invalid.\r\n  See \"above\"."`);
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  expect(await runInProcess(workspace, 'validate', '-s', 'settings.json')).toEqual({
    exitCode: 1,
    stdout: `${file}\n  the service reports: This is invalid.\n  See "above".\n\n1 error in 1 file.\n`,
    stderr: `Error: ${file} has errors.\n`,
  });
  answering(cloud, String.raw`"Something is odd.\r\n  See \"above\"."`);
  expect(await runInProcess(workspace, 'validate', '-s', 'settings.json', '--max-warnings', '0')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `Something is odd.\n  See "above".\n${file} validated successfully.\n`,
  });
});

test('a response that the certification succeeded is shown, and the definition is valid', async () => {
  await using cloud = await FakeCloud.start();
  answering(cloud, '"Swagger certification succeeded."');
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  expect(await workspace.paconn('validate', '-d', file, '--pau', cloud.url)).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `Swagger certification succeeded.\n${file} validated successfully.\n`,
  });
});

test('each warning of a section is one, and the definition is valid', async () => {
  await using cloud = await FakeCloud.start();
  answering(
    cloud,
    String.raw`"Swagger certification succeeded with warnings.\r\n\r\nWarnings:\r\n  Too short. ValuePath: /info\r\n  No license.\r\n"`,
  );
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'validate', '-s', 'settings.json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'Swagger certification succeeded with warnings.\n' });
  expect(stdout).toContain('  1:1   warning  No license.  service\n');
  expect(stdout).toContain('  3:11  warning  Too short.  service\n');
  expect(stdout).toMatch(/^2 warnings in 1 file\.$/mu);
});

test('certification can be skipped', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  const { exitCode } = await runInProcess(workspace, 'validate', '-s', 'settings.json', '--skip-certification');
  expect(exitCode).toBe(0);
  expect(cloud.requests.map(({ query }) => query)).toEqual([{ 'api-version': '2016-11-01' }]);
  expect(await runInProcess(workspace, 'validate', '--certification', '--skip-certification')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: "Error: --certification and --skip-certification can't be used together.\n",
  });
});

test('a problem of the service and of a rule is reported once, at the higher level', async () => {
  await using cloud = await FakeCloud.start();
  answering(
    cloud,
    '"Error : paths/~1pets~1{id}/get/responses : The operation must have at least one response defined."',
  );
  const apiDefinition = petStore().replace(/"responses": \{.*?\n {8}\}/su, '"responses": {}');
  await using workspace = await signedIn(cloud, { apiDefinition });
  const { exitCode, stdout } = await runInProcess(workspace, 'validate', '-s', 'settings.json', '--format', 'json');
  const { findings } = JSON.parse(stdout);
  expect(exitCode).toBe(1);
  expect(findings).toMatchObject([
    { rule: 'responses-missing', level: 'error', pointer: '/paths/~1pets~1{id}/get/responses' },
  ]);
});

test.each(['""', ' \r\n', '"\\r\\n"'])('an answer of %j is none: the definition is valid', async (body) => {
  await using cloud = await FakeCloud.start();
  answering(cloud, body);
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  expect((await runInProcess(workspace, 'validate', '-s', 'settings.json')).stderr).toBe(
    `${file} validated successfully.\n`,
  );
});

test('the refusal of a definition is also a problem', async () => {
  await using cloud = await FakeCloud.start();
  const inner = 'Error : swagger : The version has to be 2.0.\r\nCritical, Error : info : The object is not like that.';
  const message = `Specified swagger has the following errors: 'Definition is not valid. Error: '${inner}''.`;
  cloud.validator = () => ({ status: 400, body: JSON.stringify({ error: { code: 'Invalid', message } }) });
  await using workspace = await signedIn(cloud, { apiDefinition: petStore().replace('"2.0"', '"2"') });
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'validate', '-s', 'settings.json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: `Error: ${file} has errors.\n` });
  expect(stdout).toContain(`  2:14  error  'swagger' must be the string "2.0".  swagger-version\n`);
  expect(stdout).toContain('  3:11  error  The object is not like that.  service\n');
});

test('a refusal for another reason is reported after the problems', async () => {
  await using cloud = await FakeCloud.start();
  cloud.validator = () => ({ status: 400, body: '{"error":{"code":"Odd","message":"No."}}' });
  await using workspace = await signedIn(cloud, { apiDefinition: petStore().replace('"2.0"', '"2"') });
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'validate', '-s', 'settings.json');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('swagger-version');
  expect(stderr).toMatch(/^Error: Can't validate the API definition: No\. \(Odd, HTTP \d+\)\nCorrelation ID: /u);
});

const listed = 'Error : info/title : Bad.\r\nWarning : info : Too short.';
const introduced = `Swagger certification failed with errors. Please validate again after fixing following errors: ${listed}`;
const jsonError = (code: string, message: string): string => JSON.stringify({ error: { code, message } });
test.each([
  ['under its code', jsonError('SwaggerCertificationFailedWithErrors', listed)],
  ['under another code', jsonError('Other', introduced)],
  ['as bare text', introduced],
  ['as a JSON string', JSON.stringify(introduced)],
])('a refusal that is a list of findings is shown as one: %s', async (_form, body) => {
  await using cloud = await FakeCloud.start();
  cloud.validator = () => ({ status: 400, body });
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'validate', '-s', 'settings.json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: `Error: ${file} has errors.\n` });
  expect(stdout).toMatch(
    /^ {2}3:11 {2}warning {2}Too short\. {2}service$[^]*^ {2}4:14 {2}error {4}Bad\. {2}service$/mu,
  );
});

describe('missing and broken local files', () => {
  const hint = 'Pass --api-definition <file>, or "apiDefinition" in the settings file';
  test.each([
    [
      ['validate', '-s', 'empty.json', '-d', 'definition.json'],
      2,
      `API Definition must be specified.\n${hint}.`,
      'Warning: --api-definition is ignored because empty.json is used (-s).\n',
    ],
    [['validate', '-d', 'none.json'], 1, 'File does not exist: none.json\nSearched in <folder>.'],
    [
      ['validate', '-d', 'definition.json/none.json'],
      1,
      `File does not exist: definition.json/none.json\nSearched in ${join('<folder>', 'definition.json')}.`,
    ],
    [['validate', '-d', '.'], 1, ". can't be read: it's a folder."],
    [['validate', '-s', 'none.json'], 1, 'File does not exist: none.json\nSearched in <folder>.'],
  ])('%j', async (args, exitCode, message, before = '') => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, {
      files: { 'definition.json': petStore(), 'empty.json': '{}' },
    });
    expect(await runInProcess(workspace, ...args)).toEqual({
      exitCode,
      stdout: '',
      stderr: `${before}Error: ${message.replace('<folder>', workspace.directory)}\n`,
    });
    expect(cloud.requests).toEqual([]);
  });

  test('no connector in the folder', async () => {
    await using workspace = await Workspace.create();
    expect(await workspace.paconn('validate')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: API Definition must be specified.\n${hint.replace(', or', ',')}, or the folder of a connector.\n`,
    });
  });

  test.each([
    ['blank.json', ' \n', '2:1  error  Invalid JSON: expected a value but found the end of the file.  json-syntax'],
    [
      'latin.json',
      Buffer.from('{"a":"\xFC"}', 'latin1'),
      "1:7  error  The file isn't valid UTF-8 at byte 6.  json-encoding",
    ],
    ['list.json', '[]', '1:1  error  This is a JSON array, not an API definition.  file-wrong-kind'],
    [
      'broken.json',
      '{\n  "a": "ü",\r\n  "bc": 1 "d": 2\n}',
      "3:11  error  Invalid JSON: expected ',' or '}' but found a string.  json-syntax",
    ],
  ])('%s cannot be sent, so nobody needs to be signed in', async (name, content, expected) => {
    await using workspace = await Workspace.create(undefined, { files: { [name]: content } });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'validate', '-d', name);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: `Error: ${name} has errors.\n` });
    expect(stdout).toContain(`\n  ${expected}\n`);
  });

  test('a broken settings file: the error has line and column', async () => {
    const broken = '{\n  "a": "ü",\r\n  "bc": 1 "d": 2\n}';
    await using workspace = await Workspace.create(undefined, { files: { 'broken.json': broken } });
    const { exitCode, stderr } = await runInProcess(workspace, 'validate', '-s', 'broken.json');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error: broken\.json:3:11: invalid JSON: .+\.\n$/u);
  });

  test('without a sign-in: local problems are shown, then the hint to use --offline', async () => {
    await using workspace = await Workspace.create(undefined, { apiDefinition: petStore().replace('"2.0"', '"2"') });
    const { exitCode, stdout, stderr } = await workspace.paconn('validate', '-d', file);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr:
        "Error: Access token invalid. Please login again.\nYou aren't signed in. Sign in with:\n  paconn login\nTo check only the local files, pass --offline.\n",
    });
    expect(stdout).toContain('swagger-version');
  });
});

test.each([
  [petStore(), 0],
  [petStore().replace('"2.0"', '"2"'), 1],
])(
  'signed in, but the service is not reached: the files decide, and a note says so',
  async (apiDefinition, expected) => {
    const cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition });
    await cloud[Symbol.asyncDispose]();
    const plain = await workspace.paconn('validate', file);
    expect(plain.exitCode).toBe(expected);
    expect(
      plain.stderr.match(/^Note: Not checked by the service because it can't be reached: .+ Pass --online .+$/gmu),
    ).toHaveLength(1);
    expect((await workspace.paconn('validate', file, '--online')).exitCode).toBe(1);
  },
);

describe('without a sign-in', () => {
  const note = "Note: Not checked by the service because you aren't signed in.\n";

  test('folders and files are checked, and a note says that the service was not asked', async () => {
    await using workspace = await Workspace.create(undefined, { apiDefinition: petStore() });
    const valid = { exitCode: 0, stdout: '', stderr: `${note}${file} validated successfully.\n` };
    expect(await workspace.paconn('validate')).toEqual(valid);
    for (const path of ['.', file]) {
      expect(await runInProcess(workspace, 'validate', path)).toEqual(valid);
    }
  });

  test('an error in the files fails, also with a format for programs, and the note is on stderr', async () => {
    await using workspace = await Workspace.create(undefined, { apiDefinition: petStore().replace('"2.0"', '"2"') });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'validate', '.', '--format', 'json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ rule: 'swagger-version' }] });
    const error = {
      message: `${file} has errors.`,
      detail: null,
      hint: null,
      exitCode: 1,
      correlationId: null,
      code: null,
    };
    expect(stderr).toBe(
      `1 error in 1 file. Fix 1 with: paconn validate . --fix\n${note}${JSON.stringify({ error })}\n`,
    );
  });

  test.each([
    ['--online', {}],
    ['--account=ada@contoso.example', {}],
    ['--offline=false', { PACONN_ACCOUNT: 'ada@contoso.example' }],
    ['--offline=false', { PACONN_ACCESS_TOKEN: 'no-token' }],
  ])('the service is demanded by %s %j', async (option, variables) => {
    await using workspace = await Workspace.create(undefined, { apiDefinition: petStore().replace('"2.0"', '"2"') });
    const { exitCode, stdout } = await runInProcessWith(workspace, ['validate', option], { variables });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('swagger-version');
  });

  test.each([
    ['--offline', "--online and --offline can't be used together."],
    ['--dry-run', "--online and --dry-run can't be used together."],
  ])('--online contradicts %s', async (option, message) => {
    await using workspace = await Workspace.create(undefined, { apiDefinition: petStore() });
    const { exitCode, stderr } = await runInProcess(workspace, 'validate', '--online', option);
    expect({ exitCode, first: stderr.split('\n')[0] }).toEqual({ exitCode: 2, first: `Error: ${message}` });
  });

  test('an expired one is reported', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.accessTokenLifetime = 200;
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore(), settings: null });
    cloud.signIn.revokeRefreshTokens();
    const { exitCode, stderr } = await runInProcess(workspace, 'validate', '.', '--pau', cloud.url);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      "Note: Not checked by the service because you aren't signed in. The sign-in has expired because it wasn't used for a long time (AADSTS700082). Sign in again with:\n  paconn login --force --account adele@contoso.example\n",
    );
  });
});

describe('a script', () => {
  test('is checked without the service', async () => {
    await using workspace = await Workspace.create(undefined, { script: petScript() });
    expect(await runInProcess(workspace, 'validate', '--script', 'script.csx')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'script.csx validated successfully.\n',
    });
    await workspace.write('script.csx', 'class Other {}');
    const { exitCode, stdout } = await runInProcess(workspace, 'validate', '-x', 'script.csx');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('script-class-missing');
  });

  test('and a definition from pipes have no paths for another command', async () => {
    await using workspace = await Workspace.create();
    const line = ['validate', '-d', '/dev/fd/63', '-x', '/dev/fd/61'];
    expect(await runInProcess(workspace, ...line)).toMatchObject({
      exitCode: 2,
      stderr: "Error: --script and --api-definition can't be used together.\nCheck one after the other.\n",
    });
    expect(await runInProcess(workspace, 'diff', '.', '/dev/fd/63')).toMatchObject({
      exitCode: 2,
      stderr: 'Error: /dev/fd/63 is a pipe or a device, not the folder of a connector.\n',
    });
  });

  test("and a definition can't be used together as options, as in the Python tool", async () => {
    await using workspace = await Workspace.create(undefined, { script: petScript(), apiDefinition: petStore() });
    expect(await runInProcess(workspace, 'validate', '-x', 'script.csx', '-d', file)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: --script and --api-definition can't be used together.\nTo check both:\n  paconn validate ${file} script.csx\n`,
    });
  });
});
