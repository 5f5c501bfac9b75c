import { mkdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const icon = Buffer.from(petIcon());
const script = `\uFEFF${petScript().replaceAll('\n', '\r\n')}`;
const bodySchema = z.object({ properties: z.record(z.string(), z.unknown()) });

test('create makes a connector of the files, and writes its ID into settings.json', async () => {
  await using cloud = await FakeCloud.start();
  const files = { 'props.json': petStoreProperties, 'def.json': petStore(), 'logo.svg': icon, 'code.csx': script };
  await using workspace = await signedIn(cloud, { settings: null, files });
  const flags = ['-e', cloud.environment.id, '-p', 'props.json', '-d', 'def.json', '-i', 'logo.svg', '-x', 'code.csx'];

  const result = await workspace.paconn(
    'create',
    ...flags,
    '-u',
    `${cloud.url}/`,
    '-v',
    '2016-11-01',
    '--skip-validation',
  );
  const [connector] = cloud.connectors();
  expect(result).toEqual({ exitCode: 0, stdout: '', stderr: `${connector?.id} created successfully.\n` });
  expect(connector).toMatchObject({
    displayName: 'Pet Store',
    description: 'Sells pets.',
    serviceUrl: 'https://pets.contoso.example/v1',
    script,
    iconContentType: 'image/svg+xml',
  });
  expect(Buffer.from(connector?.icon ?? '')).toEqual(icon);
  expect(await workspace.read('settings.json')).toBe(`{
  "connectorId": "${connector?.id}",
  "environment": "${cloud.environment.id}",
  "apiProperties": "props.json",
  "apiDefinition": "def.json",
  "icon": "logo.svg",
  "powerAppsUrl": "${cloud.url}/",
  "powerAppsApiVersion": "2016-11-01",
  "script": "code.csx"
}`);
});

test('create asks in this order: validation and storage, icon and script, then the connector', async () => {
  await using cloud = await FakeCloud.start();
  cloud.latency = 1000;
  await using workspace = await signedIn(cloud, { apiDefinition: petStore(), icon, script });
  expect((await workspace.paconn('create', '-s', 'settings.json', '-w')).exitCode).toBe(0);

  const path = `/providers/Microsoft.PowerApps/objectIds/${cloud.signIn.user.objectId}`;
  const inEnvironment = { $filter: `environment eq '${cloud.environment.id}'` };
  const sorted = cloud.requests.toSorted((a, b) => a.path.localeCompare(b.path) || a.startedAt - b.startedAt);
  const named = (pattern: RegExp) => sorted.filter((request) => pattern.test(request.path));
  const [validation] = named(/validateApiSwagger$/u);
  const [storage] = named(/generateResourceStorage$/u);
  const uploads = named(/^\/resourcestorage/u);
  const [listing, listingAgain, created] = named(/apis$/u);
  // So that the new one can be told from those that were there, and is made once: this cloud is slow.
  expect([listing?.method, listingAgain?.method]).toEqual(['GET', 'GET']);
  // What was created is read back.
  const readBack = cloud.requests.slice(7);
  expect(readBack.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
  expect(validation).toMatchObject({ method: 'POST', path: `${path}/validateApiSwagger`, body: petStore() });
  expect(validation?.query).toEqual({ 'api-version': '2016-11-01' });
  expect(storage).toMatchObject({
    method: 'POST',
    path: `${path}/generateResourceStorage`,
    body: `{"environment":{"name":"${cloud.environment.id}"}}`,
    query: { 'api-version': '2016-11-01' },
  });
  expect(storage?.headers).not.toHaveProperty('x-ms-origin');
  expect(uploads.map(({ method, authorized, headers }) => [method, authorized, headers['x-ms-blob-type']])).toEqual([
    ['PUT', false, 'BlockBlob'],
    ['PUT', false, 'BlockBlob'],
  ]);
  expect(uploads.map(({ headers }) => headers['x-ms-blob-content-type'])).toEqual(['image/png', undefined]);
  for (const { headers } of uploads) expect(headers['x-ms-version']).toMatch(/^\d{4}-\d\d-\d\d$/u);
  expect(created).toMatchObject({ method: 'POST', query: inEnvironment, headers: { 'x-ms-origin': 'paconn-cli' } });
  const lastUpload = Math.max(...uploads.map(({ endedAt = 0 }) => endedAt));
  expect(created?.startedAt).toBeGreaterThanOrEqual(lastUpload);
  for (const { startedAt } of uploads) {
    expect(startedAt).toBeGreaterThanOrEqual(Math.max(validation?.endedAt ?? 0, storage?.endedAt ?? 0));
  }
  expect(uploads[1]?.startedAt).toBeLessThan(uploads[0]?.endedAt ?? 0);
  expect(storage?.startedAt).toBeLessThan(validation?.endedAt ?? 0);
});

test('the connector gets the URLs of icon and script with their signatures', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: petStore(), icon, script });
  expect((await runInProcess(workspace, 'create', '-s', 'settings.json', '-w')).exitCode).toBe(0);
  const { properties } = bodySchema.parse(JSON.parse(cloud.connectors()[0]?.lastBody ?? ''));
  const uploads = cloud.requests.filter(({ method }) => method === 'PUT');
  for (const [name, key] of [
    ['icon.png', 'iconUri'],
    ['script.csx', 'scriptDefinitionUrl'],
  ] as const) {
    const upload = uploads.find(({ path }) => path.endsWith(`/${name}`));
    const url = new URL(z.string().parse(properties[key]));
    expect(url.origin + url.pathname).toBe(cloud.url + upload?.path);
    expect(Object.fromEntries(url.searchParams)).toEqual(upload?.query);
    expect(url.search).toContain('sig=');
  }
});

test('without icon and script no storage is requested, and the script URL is empty', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  expect((await runInProcess(workspace, 'create', '-s', 'settings.json', '-w')).exitCode).toBe(0);
  const paths = cloud.requests.map(({ path }) => path.split('/').at(-1));
  // Side by side: either can come first.
  expect(new Set(paths.slice(0, 2))).toEqual(new Set(['apis', 'validateApiSwagger']));
  expect(paths.slice(2)).toEqual(['apis', 'apiDefinition.swagger.json', 'api-dedicated.png']);
  const { properties } = bodySchema.parse(JSON.parse(cloud.connectors()[0]?.lastBody ?? ''));
  expect(properties).toMatchObject({ scriptDefinitionUrl: '' });
  expect(properties).not.toHaveProperty('iconUri');
  expect(await workspace.readJson('settings.json')).toMatchObject({ icon: null });
  expect(await workspace.readJson('settings.json')).not.toHaveProperty('script');
});

test('warnings of a successful validation are shown', async () => {
  await using cloud = await FakeCloud.start();
  cloud.validator = () => ({ status: 200, body: '"Warning : info : Too short.\\r\\nWarning : paths : None."' });
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  const { exitCode, stderr } = await runInProcess(workspace, 'create', '-s', 'settings.json', '-w');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: `Warning : info : Too short.\nWarning : paths : None.\n${cloud.connectors()[0]?.id} created successfully.\n`,
  });
});

test('with a settings file of another name the ID is still saved in settings.json', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  const settings = await workspace.read('settings.json');
  await workspace.launch(['mv', 'settings.json', 'test environment.json']).finished;
  expect((await runInProcess(workspace, 'create', '-s', 'test environment.json')).exitCode).toBe(0);
  expect(await workspace.read('test environment.json')).toBe(settings);
  expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: cloud.connectors()[0]?.id });
});

describe('settings.json that exists', () => {
  test('without a terminal stops create before any request', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    const before = await workspace.read('settings.json');
    for (const more of [[], ['--overwrite-settings', 'false']]) {
      expect(await workspace.paconn('create', '-s', 'settings.json', ...more)).toEqual({
        exitCode: 2,
        stdout: '',
        stderr:
          'Error: settings.json already exists and would be overwritten.\nPass --overwrite-settings to overwrite it, or run create in another folder.\n',
      });
    }
    expect(cloud.requests).toEqual([]);
    expect(await workspace.read('settings.json')).toBe(before);
  });

  test.each(['-w', '--overwrite-settings', '--overwrite-settings=true', '--over'])(
    'is overwritten with %s',
    async (flag) => {
      await using cloud = await FakeCloud.start();
      await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
      expect((await runInProcess(workspace, 'create', '-s', 'settings.json', flag)).exitCode).toBe(0);
      expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: cloud.connectors()[0]?.id });
    },
  );

  test('that cannot be written leads to an error with the ID', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: null, apiDefinition: petStore() });
    const meanwhile = (): void => mkdirSync(workspace.path('settings.json'));
    cloud.fault({ method: 'POST', path: /\/apis$/u, latency: 1, meanwhile });
    const flags = ['-e', cloud.environment.id, '-p', 'apiProperties.json', '-d', 'apiDefinition.swagger.json', '-w'];
    const { exitCode, stderr } = await workspace.paconn('create', ...flags, '-u', cloud.url);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `Error: The connector ${cloud.connectors()[0]?.id} was created, but its ID couldn't be saved in settings.json.\n${workspace.path('settings.json')} can't be written: it's a folder.\nWrite the ID into the settings file as "connectorId".\n`,
    });
  });
});

describe('missing and broken local files stop create before any request', () => {
  const both = ['-p', 'apiProperties.json', '-d', 'apiDefinition.swagger.json'];
  test.each([
    [
      ['empty'],
      2,
      'API Properties must be specified.\nAdd empty/apiProperties.json, or "apiProperties" in empty/settings.json.',
    ],
    [
      ['-d', 'apiDefinition.swagger.json'],
      2,
      'API Properties must be specified.\nPass --api-properties <file>, or "apiProperties" in the settings file.',
    ],
    [
      ['-p', 'apiProperties.json'],
      2,
      'API Definition must be specified.\nPass --api-definition <file>, or "apiDefinition" in the settings file.',
    ],
    [['-p', 'none.json', '-d', 'none.json'], 1, 'File does not exist: none.json\nSearched in <folder>.'],
    [[...both, '-i', 'none.png'], 1, 'File does not exist: none.png\nSearched in <folder>.'],
    [[...both, '-x', 'none.csx'], 1, 'File does not exist: none.csx\nSearched in <folder>.'],
    [[...both, '-i', '.'], 1, ". can't be read: it's a folder."],
    [
      ['-p', 'bare.json', '-d', 'apiDefinition.swagger.json'],
      1,
      "bare.json: 'properties' must be an object, but it's missing.",
    ],
    [
      ['-p', 'list.json', '-d', 'apiDefinition.swagger.json'],
      1,
      "list.json: 'properties.connectionParameters' must be an object, not an array.",
    ],
    [
      ['-p', 'apiProperties.json', '-d', 'bare.json'],
      1,
      "bare.json isn't an API definition: it's an empty JSON object.\nSpecify the correct file with --api-definition or in settings.json.",
    ],
    [
      ['-p', 'apiProperties.json', '-d', 'blank.json'],
      1,
      'blank.json has no title. Add "title" to "info": the service requires it as the name of the connector.',
    ],
    [
      both,
      2,
      'The environment must be specified.\nPass --environment <environment>, or "environment" in the settings file.',
    ],
  ])('%j', async (args, exitCode, message) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, {
      settings: null,
      apiDefinition: petStore(),
      files: {
        'empty/readme.md': '',
        'list.json': '{"properties":{"connectionParameters":[]}}',
        'bare.json': '{}',
        'blank.json': '{"info":{"title":""}}',
      },
    });
    expect(await runInProcess(workspace, 'create', ...args, '-u', cloud.url, '--skip-validation')).toEqual({
      exitCode,
      stdout: '',
      stderr: `Error: ${message.replace('<folder>', workspace.directory)}\n`,
    });
    expect(cloud.requests).toEqual([]);
  });

  test('no sign-in', async () => {
    await using workspace = await Workspace.create(undefined, { apiDefinition: petStore() });
    expect((await workspace.paconn('create', '-e', 'x', ...both)).exitCode).toBe(3);
    expect(await workspace.exists('settings.json')).toBe(false);
  });
});
