import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { noBaseNote } from '../support/notes.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const update = ['update', '-s', 'settings.json'];

test('update replaces the connector with the local files, and writes no settings', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ displayName: 'Its own name', description: 'Old', script: petScript('old') });
  const apiProperties = '{"properties":{"iconBrandColor":"#123456"}}';
  await using workspace = await signedIn(cloud, {
    connector,
    apiDefinition: petStore({ title: 'Other name', description: 'New' }),
    apiProperties,
    icon: petIcon('new'),
    script: petScript('new'),
  });
  const settings = await workspace.read('settings.json');

  expect(await workspace.paconn(...update)).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: expect.stringContaining(
      `${noBaseNote}Warning: The connector's name is 'Its own name', but the title in the API definition is 'Other name'. To rename the connector, pass --rename.\n${connector.id} updated successfully.\n`,
    ),
  });
  expect(connector).toMatchObject({ displayName: 'Its own name', description: 'New', script: petScript('new') });
  expect(connector.properties.get('iconBrandColor')).toBe('"#123456"');
  expect(Buffer.from(connector.icon)).toEqual(petIcon('new'));
  expect(connector.iconContentType).toBe('image/png');
  expect(await workspace.read('settings.json')).toBe(settings);
  expect(await workspace.list()).toHaveLength(5);
});

test('update by options alone', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ environment: cloud.addEnvironment().id });
  await using workspace = await signedIn(cloud, {
    settings: null,
    files: {
      'p.json': '{"properties":{}}',
      'd.json': petStore({ description: 'New' }),
      'i.jpeg': 'icon',
      's.csx': 'code',
    },
  });
  const target = ['-e', connector.environment, '-c', connector.id, '-u', cloud.url, '-v', '2016-11-01'];
  const files = ['-p', 'p.json', '-d', 'd.json', '-i', 'i.jpeg', '-x', 's.csx'];
  const { exitCode, stderr } = await runInProcess(workspace, 'update', ...target, ...files, '--skip-validation');
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`${noBaseNote}${connector.id} updated successfully.\n`);
  expect(connector).toMatchObject({ description: 'New', script: 'code', iconContentType: 'image/jpeg' });
  expect(await workspace.exists('settings.json')).toBe(false);
});

test('update sends the API properties unchanged, then its own members in order, without a name', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ apiProperties: '{"properties":{}}' });
  const odd = '{"10" : 9007199254740993,"9":1.0, "b":1e3,"a":-0}';
  const apiDefinition = `{"swagger":"2.0","info":{"title":"T","version":"1"},"host":"Api.Contoso.example:8443","basePath":"v2/x","schemes":["http","https"],"paths":{},"x":${odd}}`;
  await using workspace = await signedIn(cloud, {
    connector,
    apiDefinition: `\uFEFF${apiDefinition}\r\n`,
    apiProperties: `{"properties":{"capabilities":${odd}},"10":${odd}}`,
  });
  expect((await runInProcess(workspace, ...update, '--skip-validation')).exitCode).toBe(0);
  expect(connector.lastBody).toBe(
    `{"properties":{"capabilities":${odd}, "openApiDefinition": ${apiDefinition}\r\n, "backendService": {"serviceUrl":"http://Api.Contoso.example:8443/v2/x"}, "environment": {"name":"${connector.environment}"}, "description": "", "scriptDefinitionUrl": ""},"10":${odd}}`,
  );
  const patch = cloud.requests.find(({ method }) => method === 'PATCH');
  expect(patch).toMatchObject({
    method: 'PATCH',
    path: `/providers/Microsoft.PowerApps/apis/${connector.id}`,
    query: { 'api-version': '2016-11-01', $filter: `environment eq '${connector.environment}'` },
    headers: { 'x-ms-origin': 'paconn-cli', 'content-type': 'application/json' },
    authorized: true,
  });
});

test('an update looks for conflicts during validation and uploads, and again right before it is sent if they took longer', async () => {
  await using cloud = await FakeCloud.start();
  cloud.latency = 1000;
  const connector = cloud.addConnector({ script: petScript() });
  await using workspace = await signedIn(cloud, {
    connector,
    apiDefinition: petStore(),
    icon: petIcon(),
    script: petScript(),
  });
  expect((await workspace.paconn(...update)).exitCode).toBe(0);

  const rounds = [
    [0, 3],
    [3, 8],
    [8, 9],
    [9, 10],
  ].map(([from, to]) => cloud.requests.slice(from, to));
  const names = rounds.map((round) => new Set(round.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)));
  expect(names).toEqual([
    new Set(['POST validateApiSwagger', 'POST generateResourceStorage', `GET ${connector.id}`]),
    new Set([
      ...['PUT icon.png', 'PUT script.csx'],
      ...['GET apiDefinition.swagger.json', 'GET api-dedicated.png', 'GET script.csx'],
    ]),
    new Set([`GET ${connector.id}`]),
    new Set([`PATCH ${connector.id}`]),
  ]);
  const starts = rounds.map((round) => round.map(({ startedAt }) => startedAt));
  const ends = rounds.map((round) => round.map(({ endedAt = Number.POSITIVE_INFINITY }) => endedAt));
  for (const [index, started] of starts.entries()) {
    // Side by side: all of a round have begun before the first of it has ended, and after the round before it.
    expect(Math.max(...started)).toBeLessThan(Math.min(...(ends[index] ?? [])));
    expect(Math.min(...started)).toBeGreaterThanOrEqual(Math.max(0, ...(ends[index - 1] ?? [])));
  }
});

describe('the secret', () => {
  const unchecked = [...update, '--skip-validation'];
  const apiProperties = '{"properties":{"connectionParameters":{"token":{"oAuthSettings":{"clientId":"x"}}}}}';

  test('may be left out: the connector keeps the one it has', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ apiProperties: apiProperties.replace('"x"', '"x","clientSecret":"kept"') });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore(), apiProperties });
    expect((await runInProcess(workspace, ...unchecked)).exitCode).toBe(0);
    expect(connector.clientSecrets).toEqual({ 'connectionParameters/token': 'kept' });
    expect(connector.lastBody).not.toContain('clientSecret');
  });

  test.each([
    [['--secret', 'new=1'], undefined, 'new=1'],
    [['--secret', '-'], 'from stdin\n', 'from stdin'],
  ])('given by %j is sent', async (args, stdin, expected) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ apiProperties });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore(), apiProperties });
    const { exitCode } = await workspace.run([...unchecked, ...args], stdin === undefined ? {} : { stdin });
    expect(exitCode).toBe(0);
    expect(connector.clientSecrets).toEqual({ 'connectionParameters/token': expected });
  });

  test('in PACONN_CLIENT_SECRET is sent', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ apiProperties });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore(), apiProperties });
    await runInProcessWith(workspace, unchecked, { variables: { PACONN_CLIENT_SECRET: 'from the variable' } });
    expect(connector.clientSecrets).toEqual({ 'connectionParameters/token': 'from the variable' });
  });
});

describe('custom code that the connector has', () => {
  const before = 'public class Script {}';

  test('would be lost without a script: update stops, and changes nothing', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: before });
    await using workspace = await signedIn(cloud, {
      connector,
      apiDefinition: petStore({ description: 'New' }),
      icon: petIcon(),
    });
    for (const more of [[], ['--remove-script=false']]) {
      expect(await workspace.paconn(...update, ...more)).toEqual({
        exitCode: 4,
        stdout: '',
        stderr: `Error: The connector ${connector.id} has a script, but no script was provided: this update would remove it.\nPass --script <file>, or --remove-script to remove it; paconn download gets the code it has.\n`,
      });
    }
    expect(connector).toMatchObject({ script: before, description: 'Sells pets.', lastBody: undefined });
    expect(cloud.requests.filter(({ method }) => method === 'PUT' || method === 'PATCH')).toEqual([]);
  });

  test('is removed with --remove-script', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: before });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore() });
    expect((await runInProcess(workspace, ...update, '--remove-script')).exitCode).toBe(0);
    expect(connector.script).toBeUndefined();
  });

  test("can't be both replaced and removed", async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: before });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore(), script: petScript() });
    expect(await workspace.paconn(...update, '--remove-script')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "Error: --remove-script and the script script.csx can't be used together.\n",
    });
    expect(cloud.requests).toEqual([]);
  });

  test("that doesn't exist doesn't stop an update", async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ overrides: { scriptDefinitionUrl: '""' } });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore() });
    expect((await runInProcess(workspace, ...update)).exitCode).toBe(0);
  });
});

describe('missing local files stop update before any request', () => {
  const both = ['-p', 'apiProperties.json', '-d', 'apiDefinition.swagger.json'];
  const environment = 'Default-72a1f6c4-9d0e-4f3b-8c57-1f0be3a4d2c8';
  test.each([
    [['-d', 'apiDefinition.swagger.json'], 2, 'API Properties must be specified.'],
    [['-p', 'apiProperties.json'], 2, 'API Definition must be specified.'],
    [[...both, '-i', 'none.png'], 1, 'File does not exist: none.png'],
    [[...both, '-x', 'none.csx'], 1, 'File does not exist: none.csx'],
    [both, 2, 'The environment and the connector must be specified.'],
    [[...both, '-c', 'shared_x'], 2, 'The environment must be specified.'],
    [[...both, '-e', 'x'], 2, 'The connector must be specified.'],
    [
      [...both, '-e', environment, '-c', 'shared_../x'],
      2,
      "'shared_../x' isn't a connector ID (letters, digits, _ . -).",
    ],
  ])('%j', async (args, exitCode, message) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: null, apiDefinition: petStore() });
    const result = await runInProcess(workspace, 'update', ...args, '-u', cloud.url);
    expect(result).toMatchObject({ exitCode, stdout: '' });
    expect(result.stderr.split('\n')[0]).toBe(`Error: ${message}`);
    expect(cloud.requests).toEqual([]);
  });

  test('no sign-in', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, {
      connector: cloud.addConnector(),
      apiDefinition: petStore(),
    });
    expect((await workspace.paconn(...update)).exitCode).toBe(3);
  });
});
