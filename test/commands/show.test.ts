import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandWord } from '../../src/io/terminal/command-word.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const oAuthSettings = {
  identityProvider: 'aad',
  redirectUrl: 'https://global.consent.azure-apim.net/redirect/entra',
};

const apiProperties = JSON.stringify({
  properties: {
    connectionParameterSets: {
      values: [
        { name: 'entra', parameters: { token: { type: 'oauthSetting', oAuthSettings } } },
        { name: 'key', parameters: { api_key: { type: 'securestring' } } },
      ],
    },
    iconBrandColor: '#112233',
    scriptOperations: ['GetPet'],
    policyTemplateInstances: [{ templateId: 'setheader', title: 'Header', parameters: {} }],
    publisher: 'Contoso',
  },
});

test('show lists the parts of a connector', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ apiProperties, script: petScript() });
  const { id, environment, createdTime } = connector;
  await using workspace = await signedIn(cloud, { connector });
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'show', '-s', 'settings.json', '-o', 'json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    version: 2,
    connectorId: id,
    name: 'Pet Store',
    environment: { id: environment, name: null },
    url: null,
    description: 'Sells pets.',
    isCustom: true,
    host: 'pets.contoso.example',
    serviceUrl: 'https://pets.contoso.example/v1',
    authentication: [
      {
        set: 'entra',
        kind: 'oauth2',
        identityProvider: 'aad',
        redirectUrl: 'https://global.consent.azure-apim.net/redirect/entra',
      },
      { set: 'key', kind: 'apiKey', identityProvider: null, redirectUrl: null },
    ],
    operations: [{ operationId: 'GetPet', summary: 'Get a pet', method: 'get', path: '/pets/{id}', isTrigger: false }],
    hasIcon: true,
    iconBrandColor: '#112233',
    hasScript: true,
    scriptOperations: ['GetPet'],
    policies: [{ templateId: 'setheader', title: 'Header' }],
    publisher: 'Contoso',
    stackOwner: null,
    createdBy: { name: 'Adele Vance', id: expect.any(String) },
    createdTime,
    changedBy: { name: 'Adele Vance', id: expect.any(String) },
    changedTime: connector.changedTime,
  });
  expect(stdout).not.toMatch(/sig=/u);
  expect(cloud.requests).toHaveLength(2);
});

test('show lists every operation of the definition, and ignores other members', async () => {
  await using cloud = await FakeCloud.start();
  const apiDefinition = JSON.stringify({
    ...JSON.parse(petStore()),
    paths: {
      '/b': { POST: { operationId: 'Add', summary: '' }, parameters: [], 'x-ms-notification-content': {} },
      '/a': { get: { operationId: 'Watch', 'x-ms-trigger': 'batch' }, head: 'odd', delete: { operationId: 1 } },
      '/c': [],
    },
  });
  const connector = cloud.addConnector({ apiDefinition });
  await using workspace = await signedIn(cloud, { connector });
  const { stdout } = await runInProcess(workspace, 'show', '--query', 'operations', '-o', 'json');
  expect(JSON.parse(stdout)).toEqual([
    { operationId: 'Add', summary: null, method: 'post', path: '/b', isTrigger: false },
    { operationId: 'Watch', summary: null, method: 'get', path: '/a', isTrigger: true },
    { operationId: null, summary: null, method: 'delete', path: '/a', isTrigger: false },
  ]);
});

test('show uses the connector in the current folder by default', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  const other = cloud.addConnector({ displayName: 'Other' });
  await using workspace = await signedIn(cloud, { connector });
  const name = ['--query', 'name', '-o', 'tsv'];
  expect(await runInProcess(workspace, 'show', ...name)).toMatchObject({ stdout: 'Pet Store\n' });
  expect(await runInProcess(workspace, 'show', '--cid', other.id, ...name)).toMatchObject({ stdout: 'Other\n' });
  const { id: environment } = cloud.addEnvironment();
  const { id } = cloud.addConnector({ environment, displayName: 'Elsewhere' });
  const address = `https://make.powerapps.com/environments/${environment}/connections/available?apiName=${id}`;
  expect(await runInProcess(workspace, 'show', '--cid', address, ...name)).toMatchObject({ stdout: 'Elsewhere\n' });
});

test('show is readable for people', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ apiProperties, script: petScript() });
  await using workspace = await signedIn(cloud, { connector });
  const { stdout } = await runInProcess(workspace, 'show', '-s', 'settings.json');
  const lines = stdout.split('\n').filter((line) => !/UTC/u.test(line));
  expect(lines).toEqual([
    'Property       Value',
    'Name           Pet Store',
    `ID             ${connector.id}`,
    `Environment    ${connector.environment}`,
    'Description    Sells pets.',
    'Service        https://pets.contoso.example/v1',
    'Sign-in        entra: OAuth 2.0 (aad), key: API key',
    'Redirect URL   entra: https://global.consent.azure-apim.net/redirect/entra',
    'Icon           #112233',
    'Script         for GetPet',
    'Policies       Header',
    'Publisher      Contoso',
    'Operations     1',
    '               GetPet: GET /pets/{id} (Get a pet)',
    '',
  ]);
});

test('show works with incomplete and unusual connectors', async () => {
  await using cloud = await FakeCloud.start();
  const bare = cloud.addConnector({
    apiDefinition: null,
    createdBy: null,
    overrides: {
      policyTemplateInstances: '{"a":1}',
      iconUri: undefined,
      connectionParameters: '[]',
      scriptOperations: 'null',
    },
  });
  await using workspace = await signedIn(cloud, { connector: bare });
  const { exitCode, stdout } = await runInProcess(workspace, 'show', '-s', 'settings.json', '-o', 'json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    host: null,
    operations: [],
    policies: [],
    hasIcon: false,
    hasScript: false,
    authentication: [{ set: null, kind: 'none' }],
    createdBy: null,
  });
  const missing = await runInProcess(
    workspace,
    'show',
    '-e',
    cloud.environment.id,
    '-c',
    'shared_none',
    '-u',
    cloud.url,
  );
  expect(missing).toMatchObject({ exitCode: 1, stdout: '' });
  expect(missing.stderr).toContain('ApiResourceNotFound');
});

test.each(['show', 'delete', 'restore', 'share', 'create'])(
  '%s of a folder of several connectors names them',
  async (command) => {
    await using workspace = await Workspace.create(undefined, {
      settings: null,
      files: Object.fromEntries(
        ['pets', 'toys'].flatMap((name) => [
          [`all/${name}/apiDefinition.swagger.json`, petStore()],
          [`all/${name}/apiProperties.json`, petStoreProperties],
        ]),
      ),
    });
    const more = command === 'delete' ? ['--yes'] : [];
    expect(await runInProcess(workspace, command, 'all', ...more)).toMatchObject({
      exitCode: 2,
      stderr: `Error: all isn't the folder of a connector, but has folders of connectors in it: ${join('all', 'pets')}, ${join('all', 'toys')}.\nPass one of them, such as ${commandWord(join('all', 'pets'))}.\n`,
    });
  },
);
