import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { noBaseNote } from '../support/notes.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { slashed } from '../support/system.ts';
import { Workspace } from '../support/workspace.ts';

const apiDefinition = petStore();

test('options that a settings file replaces are named in one line, whether the file has them or not, with both values', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector, apiDefinition });
  const ignored = [
    '-e',
    'other',
    '-c',
    'other',
    '-p',
    'a',
    '-d',
    'b',
    '-i',
    'c',
    '-x',
    'd',
    '-u',
    'http://e',
    '-v',
    'f',
  ];
  expect(await workspace.paconn('update', '-s', 'settings.json', ...ignored)).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `Warning: --connector, --environment, --api-properties, --api-definition, --icon, --script, --power-apps-url, --power-apps-api-version are ignored because settings.json is used (-s). Its connectorId is '${connector.id}', not 'other'. Its environment is '${connector.environment}', not 'other'. Its apiProperties is 'apiProperties.json', not 'a'. Its apiDefinition is 'apiDefinition.swagger.json', not 'b'. Its powerAppsUrl is '${cloud.url}', not 'http://e'.\n${noBaseNote}${connector.id} updated successfully.\n`,
  });
});

test('options beside a settings file that it does not replace are used', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  const download = ['download', '-s', 'settings.json', '-d', 'here'];
  const downloaded = { exitCode: 0, stdout: '', stderr: `The connector is downloaded to ${workspace.path('here')}.\n` };
  expect(await runInProcess(workspace, ...download)).toEqual(downloaded);
  expect(await runInProcess(workspace, ...download, '--overwrite')).toEqual(downloaded);
});

test('the sign-in settings of a file are for login alone', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, {
    apiDefinition,
    settings: { authorityUrl: 'https://nowhere.example/', tenant: 'x', clientId: 'y', resource: 'z' },
  });
  expect((await runInProcess(workspace, 'validate', '-s', 'settings.json')).exitCode).toBe(0);
});

test('a settings file can start with a byte order mark and have Windows line ends', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition });
  await workspace.write('settings.json', `\uFEFF${(await workspace.read('settings.json')).replaceAll('\n', '\r\n')}`);
  expect((await workspace.paconn('validate', '-s', 'settings.json')).exitCode).toBe(0);
});

test('paths in a settings file elsewhere start at the current directory, or at the file where only there the files are', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition, files: { 'elsewhere/file': 'x' } });
  await workspace.write('elsewhere/settings.json', await workspace.read('settings.json'));
  expect((await runInProcess(workspace, 'validate', '-s', 'elsewhere/settings.json')).exitCode).toBe(0);
  const result = await runInProcessWith(workspace, ['validate', '-s', '../settings.json'], { directory: 'elsewhere' });
  expect(slashed(result.stderr)).toContain('\n../apiDefinition.swagger.json validated successfully.\n');
});

test.each([
  ['apiDefinition.swagger.json', petStore(), 'an API definition'],
  ['api.json', '{"openapi": "3.0.0", "info": {}}', 'an API definition'],
  ['apiProperties.json', petStoreProperties, 'a file with API properties'],
])('%s in place of a settings file is named, with the folder that is meant', async (name, content, kind) => {
  await using workspace = await Workspace.create();
  await workspace.write(`pets/${name}`, content);
  for (const command of ['deploy', 'update', 'validate', 'login']) {
    expect(await runInProcess(workspace, command, '-s', `pets/${name}`)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: pets/${name} is ${kind}, not a settings file.\nTo work on the connector in its folder, pass the folder instead of --settings: pets\n`,
    });
  }
});

test('unknown keys are named with the key that was probably meant; $schema is known', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, {
    apiDefinition,
    settings: { $schema: 'https://x', apiDefintion: 'x', enviroment: 'y', colour: 'z' },
  });
  expect((await runInProcess(workspace, 'login', '-s', 'settings.json')).stderr).toContain(
    [
      "Warning: settings.json: unknown key 'apiDefintion' is ignored; did you mean 'apiDefinition'?",
      "Warning: settings.json: unknown key 'enviroment' is ignored; did you mean 'environment'?",
      "Warning: settings.json: unknown key 'colour' is ignored.",
      '',
    ].join('\n'),
  );
});

test('null and empty text in a settings file count as missing', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, {
    apiDefinition,
    settings: { environment: null, script: '', powerAppsApiVersion: null, icon: null },
  });
  expect((await runInProcess(workspace, 'validate', '-s', 'settings.json')).exitCode).toBe(0);
  expect(cloud.requests[0]?.query['api-version']).toBe('2016-11-01');
});

test('an empty name for a settings file is ignored, as in the Python tool', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition });
  const result = await runInProcess(
    workspace,
    'validate',
    '-s',
    '',
    '-d',
    'apiDefinition.swagger.json',
    '-u',
    cloud.url,
  );
  expect(result.exitCode).toBe(0);
});

test.each([
  ['{"connectorId": 5}', 1, "settings.json: 'connectorId' must be a string, not a number."],
  ['[]', 1, 'settings.json: the content must be an object, not an array.'],
  [
    '{"powerAppsUrl": "api.powerapps.com"}',
    2,
    "settings.json: 'powerAppsUrl' must be a URL such as https://example.com.",
  ],
])('a settings file that holds %s is refused', async (content, exitCode, message) => {
  await using workspace = await Workspace.create(undefined, { files: { 'settings.json': content } });
  expect(await runInProcess(workspace, 'validate', '-s', 'settings.json')).toEqual({
    exitCode,
    stdout: '',
    stderr: `Error: ${message}\n`,
  });
});

describe('the host that a settings file or an option names', () => {
  test.each([
    ['https://evil.example', 'evil.example'],
    ['https://powerapps.com.evil.example', 'powerapps.com.evil.example'],
    ['https://evilpowerapps.com', 'evilpowerapps.com'],
    ['https://api.powerapps.com@evil.example', 'evil.example'],
    ['https://localhost.evil.example', 'localhost.evil.example'],
  ])('%s does not get the token', async (powerAppsUrl, host) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition, settings: { powerAppsUrl } });
    const refused = {
      exitCode: 2,
      stdout: '',
      stderr: `Error: ${host} isn't a Power Platform host, so paconn didn't send your access token.\nTo trust the host, set PACONN_TRUSTED_HOSTS=${host}.\n`,
    };
    expect(await runInProcess(workspace, 'validate', '-s', 'settings.json')).toEqual(refused);
    expect(await runInProcess(workspace, 'validate', '-d', 'apiDefinition.swagger.json', '-u', powerAppsUrl)).toEqual(
      refused,
    );
    expect(cloud.requests).toEqual([]);
  });

  test('does not get the token without https', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition });
    const result = await runInProcess(
      workspace,
      'validate',
      '-d',
      'apiDefinition.swagger.json',
      '-u',
      'http://api.powerapps.com',
    );
    expect(result).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'Error: http://api.powerapps.com uses http. paconn sends access tokens only over https.\n',
    });
  });

  test('gets the token when the user trusts it', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, {
      apiDefinition,
      settings: { powerAppsUrl: 'https://paconn-test.invalid' },
    });
    const { exitCode, stderr } = await runInProcessWith(workspace, ['validate', '-s', 'settings.json'], {
      variables: { PACONN_TRUSTED_HOSTS: 'other.example, paconn-test.invalid' },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error: POST https:\/\/paconn-test\.invalid\/\S+ failed: the host name /u);
  });

  test('is used without its path, and http is allowed on this computer', async () => {
    await using cloud = await FakeCloud.start({ http: true });
    await using workspace = await signedIn(cloud, { apiDefinition });
    for (const url of [`${cloud.url}/some/path?x=1#y`, `${cloud.httpUrl}/`]) {
      const result = await runInProcess(workspace, 'validate', '-d', 'apiDefinition.swagger.json', '--pau', url);
      expect(result.exitCode).toBe(0);
    }
    expect(cloud.requests.map(({ path }) => path.split('/')[1])).toEqual(['providers', 'providers']);
  });
});

describe('paths that were written on Windows', () => {
  const definition = petStore({ description: 'New' });
  const windowsPaths = { apiDefinition: '.\\files\\definition.json', apiProperties: 'files\\properties.json' };
  const files = { 'files/definition.json': definition, 'files/properties.json': petStoreProperties };

  test.each([
    ['validate', '-s', 'settings.json', '--offline'],
    ['validate', '.', '--offline'],
    ['update', '-s', 'settings.json'],
    ['deploy'],
    ['diff'],
  ])('lead to the same files: %s %s', async (...args) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ apiDefinition: definition, apiProperties: petStoreProperties });
    await using workspace = await signedIn(cloud, { connector, settings: windowsPaths, files });
    expect(await runInProcess(workspace, ...args)).toMatchObject({ exitCode: 0 });
  });

  test('are where a pull writes', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, settings: windowsPaths, files });
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
    cloud.edit(connector.id, { apiDefinition: petStore({ description: 'Newer' }) });
    expect(await runInProcess(workspace, 'pull')).toMatchObject({ exitCode: 0 });
    expect(await workspace.readJson('files/definition.json')).toMatchObject({ info: { description: 'Newer' } });
    expect(await workspace.list()).toEqual(['files/definition.json', 'files/properties.json', 'settings.json']);
  });

  test('are those of another folder, too, and are written with slashes', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: { ...cloud.settings, ...windowsPaths }, files });
    expect(await runInProcess(workspace, 'create', '-s', 'settings.json', '-w')).toMatchObject({ exitCode: 0 });
    expect(await workspace.readJson('settings.json')).toMatchObject({ apiDefinition: './files/definition.json' });
    await workspace.write('pets/settings.json', JSON.stringify(windowsPaths));
    await workspace.write('pets/definition.json', definition);
    await workspace.write('pets/files/definition.json', petStore().replace('"2.0"', '"2"'));
    await workspace.write('pets/files/properties.json', petStoreProperties);
    const { exitCode, stdout } = await runInProcess(workspace, 'validate', 'pets', '--offline');
    expect({ exitCode, stdout: slashed(stdout) }).toEqual({
      exitCode: 1,
      stdout: expect.stringMatching(/^pets\/files\/definition\.json\n/u),
    });
  });

  test.skipIf(process.platform === 'win32')('are used unchanged if a file has that exact name', async () => {
    await using cloud = await FakeCloud.start();
    const name = String.raw`files\definition.json`;
    await using workspace = await signedIn(cloud, {
      settings: { apiDefinition: name, apiProperties: 'files/properties.json' },
      files: { ...files, [name]: petStore().replace('"2.0"', '"2"') },
    });
    const { exitCode, stdout } = await runInProcess(workspace, 'validate', '-s', 'settings.json', '--offline');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining(name) });
  });
});
