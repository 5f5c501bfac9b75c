import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

const icon = petIcon();
const script = '\uFEFFpublic class Script : ScriptBase\r\n{\r\n}\r\n';

test('download writes all files of a connector into a directory of its name', async () => {
  await using cloud = await FakeCloud.start();
  const { id, environment } = cloud.addConnector({ apiDefinition: petStore(), icon, script });
  await using workspace = await signedIn(cloud, { settings: null });

  expect(await workspace.paconn('download', '-e', environment, '-c', id, '-u', cloud.url)).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `The connector is downloaded to ${workspace.path(id)}.\n`,
  });
  expect(await workspace.list()).toEqual([
    `${id}/apiDefinition.swagger.json`,
    `${id}/apiProperties.json`,
    `${id}/icon.png`,
    `${id}/script.csx`,
    `${id}/settings.json`,
  ]);
  expect(await workspace.read(`${id}/apiDefinition.swagger.json`)).toBe(petStore().trimEnd());
  expect(await workspace.readBytes(`${id}/icon.png`)).toEqual(icon);
  expect(await workspace.readBytes(`${id}/script.csx`)).toEqual(Buffer.from(script));
  expect(await workspace.read(`${id}/settings.json`)).toBe(`{
  "connectorId": "${id}",
  "environment": "${environment}",
  "apiProperties": "apiProperties.json",
  "apiDefinition": "apiDefinition.swagger.json",
  "icon": "icon.png",
  "powerAppsUrl": "${cloud.url}",
  "powerAppsApiVersion": "2016-11-01",
  "script": "script.csx"
}`);
});

test('download asks for the connector once, and for its files side by side without the token', async () => {
  await using cloud = await FakeCloud.start();
  cloud.latency = 1000;
  const connector = cloud.addConnector({ script });
  await using workspace = await signedIn(cloud, { connector });
  expect((await workspace.paconn('download', '-s', 'settings.json')).exitCode).toBe(0);

  const [first, ...files] = cloud.requests;
  expect(first).toMatchObject({
    method: 'GET',
    path: `/providers/Microsoft.PowerApps/apis/${connector.id}`,
    query: { 'api-version': '2016-11-01', $filter: `environment eq '${connector.environment}'` },
    headers: { 'x-ms-origin': 'paconn-cli' },
    authorized: true,
  });
  expect(files).toHaveLength(3);
  for (const file of files) {
    expect(file.authorized).toBe(false);
    expect(file.startedAt).toBeGreaterThanOrEqual(first?.endedAt ?? Number.POSITIVE_INFINITY);
    for (const other of files) expect(file.startedAt).toBeLessThan(other.endedAt ?? 0);
  }
});

test('the API version is the one asked for, and is kept in the settings', async () => {
  await using cloud = await FakeCloud.start();
  const { id, environment } = cloud.addConnector();
  await using workspace = await signedIn(cloud, { settings: null });
  const flags = ['-e', environment, '-c', id, '-u', `${cloud.url}/path?x`, '--pav', '2020-06-01', '-d', 'here'];
  expect((await runInProcess(workspace, 'download', ...flags)).exitCode).toBe(0);
  expect(cloud.requests[0]?.query['api-version']).toBe('2020-06-01');
  expect(await workspace.readJson('here/settings.json')).toMatchObject({ powerAppsApiVersion: '2020-06-01' });
});

describe('the API properties', () => {
  test('are the ones that the Python tool keeps, in its order, unchanged', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({
      apiProperties: `{"properties": {
        "stackOwner": "Contoso", "publisher": "Müller \\u0026 S\\u00f6hne", "policyTemplateInstances": [],
        "capabilities": ["actions"], "scriptOperations": ["b", "a"], "iconBrandColor": "#007ee5", "custom": true,
        "connectionParameterSets": {"values": [], "10": 1, "9": 2},
        "connectionParameters": {"10": {"type": "string"}, "9": {"max": 12345678901234567890, "min": 1.0, "e": 1e3}, "token": {}}
      }}`,
    });
    await using workspace = await signedIn(cloud, { connector });
    expect((await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'here')).exitCode).toBe(0);
    expect(await workspace.read('here/apiProperties.json')).toBe(`{
  "properties": {
    "connectionParameters": {
      "10": {
        "type": "string"
      },
      "9": {
        "max": 12345678901234567890,
        "min": 1.0,
        "e": 1e3
      },
      "token": {}
    },
    "connectionParameterSets": {
      "values": [],
      "10": 1,
      "9": 2
    },
    "iconBrandColor": "#007ee5",
    "scriptOperations": [
      "b",
      "a"
    ],
    "capabilities": [
      "actions"
    ],
    "policyTemplateInstances": [],
    "publisher": "Müller & Söhne",
    "stackOwner": "Contoso"
  }
}`);
  });

  test('of a connector without any are an empty object; null stays', async () => {
    await using cloud = await FakeCloud.start();
    const bare = cloud.addConnector({ apiProperties: '{"properties":{}}' });
    const odd = cloud.addConnector({ apiProperties: '{"properties":{"connectionParameters":null}}' });
    await using workspace = await signedIn(cloud);
    for (const { id, environment } of [bare, odd]) {
      await runInProcess(workspace, 'download', '-e', environment, '-c', id, '-u', cloud.url);
    }
    expect(await workspace.read(`${bare.id}/apiProperties.json`)).toBe('{\n  "properties": {}\n}');
    expect(await workspace.readJson(`${odd.id}/apiProperties.json`)).toEqual({
      properties: { connectionParameters: null },
    });
  });
});

describe('the API definition', () => {
  test('is indented by two spaces; order, numbers and letters stay, a byte order mark goes', async () => {
    await using cloud = await FakeCloud.start();
    const apiDefinition =
      '\uFEFF{"swagger":"2.0","info":{"title":"Gr\\u00fc\\u00dfe \\"\\ud83d\\ude00\\"","version":"1.0"},\r\n' +
      '\t"paths":{"/10":{},"10":{"x":9007199254740993},"9":{"y":1.0,"z":-0,"e":1E400}},"x-empty":[{}, [], ""],"x-null":null,"x-tab":"\\t\\/"}';
    const connector = cloud.addConnector({ displayName: 'Odd', apiDefinition });
    await using workspace = await signedIn(cloud, { connector });
    expect((await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'here')).exitCode).toBe(0);
    expect(await workspace.read('here/apiDefinition.swagger.json')).toBe(`{
  "swagger": "2.0",
  "info": {
    "title": "Grüße \\"😀\\"",
    "version": "1.0"
  },
  "paths": {
    "/10": {},
    "10": {
      "x": 9007199254740993
    },
    "9": {
      "y": 1.0,
      "z": -0,
      "e": 1E400
    }
  },
  "x-empty": [
    {},
    [],
    ""
  ],
  "x-null": null,
  "x-tab": "\\t/"
}`);
  });

  test('of a connector without one is not written', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ apiDefinition: null, displayName: 'Old' });
    await using workspace = await signedIn(cloud, { connector });
    expect((await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'here')).exitCode).toBe(0);
    expect(await workspace.list('here')).toEqual(['apiProperties.json', 'icon.png', 'settings.json']);
  });
});

test.each([
  ['scriptDefinitionUrl', '""'],
  ['scriptDefinitionUrl', 'null'],
])('an empty %s (%s) means that there is no script', async (name, value) => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ overrides: { [name]: value } });
  await using workspace = await signedIn(cloud, { connector });
  expect((await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'here')).exitCode).toBe(0);
  expect(await workspace.list('here')).toEqual([
    'apiDefinition.swagger.json',
    'apiProperties.json',
    'icon.png',
    'settings.json',
  ]);
  expect(await workspace.readJson('here/settings.json')).not.toHaveProperty('script');
});

test('a connector without an icon has none in its settings', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ overrides: { iconUri: undefined } });
  await using workspace = await signedIn(cloud, { connector });
  expect((await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'here')).exitCode).toBe(0);
  expect(await workspace.list('here')).toEqual(['apiDefinition.swagger.json', 'apiProperties.json', 'settings.json']);
  expect(await workspace.readJson('here/settings.json')).toMatchObject({ icon: null });
});

test("a connector that isn't custom can be downloaded by its ID", async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ isCustomApi: false, createdBy: null });
  await using workspace = await signedIn(cloud, { connector });
  expect((await runInProcess(workspace, 'download', '-s', 'settings.json')).exitCode).toBe(0);
});
