import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { shortTime } from '../../src/output/short-time.ts';
import { runInProcess } from '../support/run-in-process.ts';
import type { ToolResult } from '../support/running-tool.ts';
import { signedIn } from '../support/signed-in.ts';

const environments = '/providers/Microsoft.PowerApps/environments';
const connectors = '/providers/Microsoft.PowerApps/apis';

interface Download extends ToolResult {
  /** What was asked of the cloud, without what comes after the connector is known. */
  readonly asked: readonly string[];
  /** The target in the settings file that was written. */
  readonly written: unknown;
}

/** Downloads with this environment and this connector in a settings file. */
async function download(cloud: FakeCloud, environment: string | null, connectorId: string): Promise<Download> {
  await using workspace = await signedIn(cloud, { settings: { environment, connectorId } });
  cloud.forgetRequests();
  const result = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'out');
  const asked = cloud.requests.filter(({ path }) => path.startsWith('/providers/')).map(({ path }) => path);
  const written = (await workspace.exists('out/settings.json')) ? await workspace.readJson('out/settings.json') : null;
  return { ...result, asked, written };
}

describe('the environment and the connector', () => {
  test('passed by ID need no list', async () => {
    await using cloud = await FakeCloud.start();
    const { id, environment } = cloud.addConnector();
    const { exitCode, asked } = await download(cloud, environment, id);
    expect(exitCode).toBe(0);
    expect(asked).toEqual([`/providers/Microsoft.PowerApps/apis/${id}`]);
  });

  test.each([
    ['names', 'Sales, West', 'Pet Store', 2],
    ['names in another case', 'sales, west', 'PET STORE', 2],
    [
      'addresses',
      'https://make.powerapps.com/environments/ENV/home',
      'https://make.powerautomate.com/environments/ENV/connections/available/custom/ID/edit/general',
      0,
    ],
    [
      'the address of the connector alone',
      null,
      'https://make.powerapps.com/environments/ENV/connections/available?apiName=ID',
      0,
    ],
    ['an address without an environment', 'ENV', 'https://make.powerapps.com/connections/available?apiName=ID', 0],
  ])('can be given by %s, and files hold IDs', async (_by, environmentName, connectorName, listings) => {
    await using cloud = await FakeCloud.start();
    const { id: environment } = cloud.addEnvironment({ displayName: 'Sales, West' });
    const { id } = cloud.addConnector({ environment });
    cloud.addConnector({ displayName: 'Pet Store' });
    const filled = (text: string): string => text.replace('ENV', environment).replace('ID', id);
    const given = environmentName === null ? null : filled(environmentName);
    const { stderr, asked, written } = await download(cloud, given, filled(connectorName));
    expect(stderr).toContain('The connector is downloaded to');
    expect(written).toMatchObject({ environment, connectorId: id });
    expect(asked).toHaveLength(listings + 1);
  });

  test.each(['~default', '~Default', 'default', 'https://make.powerapps.com/environments/~default/home'])(
    '%s is the default one, however others are called',
    async (name) => {
      await using cloud = await FakeCloud.start();
      for (const displayName of ['Sales', 'default', '~default']) cloud.addEnvironment({ displayName });
      const { id } = cloud.addConnector();
      const { written } = await download(cloud, name, id);
      expect(written).toMatchObject({ environment: cloud.environment.id });
    },
  );

  test('with an unusual ID are found in the lists', async () => {
    await using cloud = await FakeCloud.start();
    const { id: environment } = cloud.addEnvironment({ id: 'dev.env_1', displayName: 'Development' });
    const { id } = cloud.addConnector({ environment, id: 'my-connector' });
    expect(await download(cloud, environment, id)).toMatchObject({
      exitCode: 0,
      written: { environment, connectorId: id },
    });
  });

  test("are never sent if they aren't IDs and not listed", async () => {
    await using cloud = await FakeCloud.start();
    cloud.addEnvironment({ id: 'hidden', accessible: false });
    const { id } = cloud.addEnvironment({ displayName: 'Hiddon' });
    expect(await download(cloud, 'hidden', 'shared_x')).toMatchObject({
      exitCode: 2,
      stderr: `Error: No environment 'hidden' found.\nDid you mean 'Hiddon' (${id})?\n`,
      asked: [environments],
    });
    const { environment } = cloud.addConnector({ id: 'odd', isCustomApi: false });
    expect(await download(cloud, environment, 'odd')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`Can't find the connector 'odd' in the environment ${environment}.`),
      asked: [connectors],
    });
  });

  test.each([403, 409])('that cannot be listed (%i) are not taken for IDs: the failure is said', async (status) => {
    await using cloud = await FakeCloud.start();
    const json = { error: { code: 'NotNow', message: 'Not now.' } };
    cloud.fault({ path: 'environments', status, json, times: 9 });
    expect(await download(cloud, 'Production', 'shared_x')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^(?:.*\n)*Error: Can't list the environments: Not now\. \(NotNow\b/u),
      asked: expect.not.arrayContaining([expect.stringContaining(connectors)]),
    });
    cloud.clearFaults();
    cloud.fault({ path: connectors, status, json, times: 9 });
    expect(await download(cloud, cloud.environment.id, 'Pets')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^(?:.*\n)*Error: Can't list the connectors of .*: Not now\. \(NotNow\b/u),
      asked: expect.not.arrayContaining([`${connectors}/Pets`]),
    });
  });

  test('that other tools write are understood', async () => {
    await using cloud = await FakeCloud.start();
    const { id, environment, xrmConnectorId } = cloud.addConnector();
    cloud.addConnector({ displayName: 'Pets' });
    const resource = `/providers/Microsoft.PowerApps/apis/${id}`;
    const scoped = `/providers/Microsoft.PowerApps/scopes/admin/environments/${environment}/apis/${id}`;
    const page = `https://make.powerapps.com/environments/${environment}/x?customConnectorId=${id}`;
    for (const [from, name, listings] of [
      [environment, xrmConnectorId, 1],
      [environment, xrmConnectorId.toUpperCase(), 1],
      [environment, `{${xrmConnectorId}}`, 1],
      [environment, resource, 0],
      [`/providers/Microsoft.PowerApps/environments/${environment}`, resource, 0],
      [null, scoped, 0],
      [null, page, 0],
    ] as const) {
      const { exitCode, asked, written } = await download(cloud, from, name);
      expect({ name, exitCode, asked: asked.length, written }).toMatchObject({
        name,
        exitCode: 0,
        asked: listings + 1,
        written: { environment, connectorId: id },
      });
    }
    const unknown = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    expect(await download(cloud, environment, unknown)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`Can't find the connector '${unknown}'`),
    });
  });

  test('are not guessed from an ambiguous name', async () => {
    await using cloud = await FakeCloud.start();
    const [first, second] = [
      cloud.addEnvironment({ displayName: 'Sales' }),
      cloud.addEnvironment({ displayName: 'Sales' }),
    ];
    expect(await download(cloud, 'sales', 'shared_x')).toMatchObject({
      exitCode: 2,
      stderr: [
        "Error: 2 environments have the name 'sales'.",
        `  ${first.id}  Sales`,
        `  ${second.id}  Sales`,
        'Specify one by its ID:',
        '  --environment <environment>\n',
      ].join('\n'),
      written: null,
    });
    const pets = [cloud.addConnector(), cloud.addConnector()];
    expect(await download(cloud, cloud.environment.id, 'pet store')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(
        pets
          .map(({ id, changedTime }) => `  ${id}  Pet Store  Adele Vance, changed ${shortTime(changedTime)}`)
          .join('\n'),
      ),
    });
  });

  test('that are unknown are reported with the nearest names', async () => {
    await using cloud = await FakeCloud.start();
    const { id: environment } = cloud.addEnvironment({ displayName: 'Sales West' });
    const { id } = cloud.addConnector({ environment });
    expect(await download(cloud, 'Salse West', id)).toMatchObject({
      exitCode: 2,
      stderr: `Error: No environment 'Salse West' found.\nDid you mean 'Sales West' (${environment})?\n`,
    });
    const { id: east } = cloud.addEnvironment({ displayName: 'Sales East (test)' });
    expect(await download(cloud, 'Sales', id)).toMatchObject({
      exitCode: 2,
      stderr: `Error: No environment 'Sales' found.\nDid you mean 'Sales West' (${environment}) or 'Sales East (test)' (${east})?\n`,
    });
    expect(await download(cloud, 'a b', id)).toMatchObject({
      stderr:
        "Error: No environment 'a b' found.\nList your environments with:\n  paconn environments -s settings.json\n",
    });
    expect(await download(cloud, environment, 'Pet Stoer')).toMatchObject({
      exitCode: 2,
      stderr: `Error: Can't find the connector 'Pet Stoer' in the environment ${environment}.\nDid you mean 'Pet Store' (${id})?\n`,
    });
  });

  test('of two URLs are not mixed', async () => {
    await using cloud = await FakeCloud.start();
    const { id: other } = cloud.addEnvironment();
    const { id, environment } = cloud.addConnector();
    const address = `https://make.powerapps.com/environments/${environment}/connections/available?apiName=${id}`;
    expect(await download(cloud, environment, address.replace(environment, environment.toUpperCase()))).toMatchObject({
      exitCode: 0,
    });
    expect(await download(cloud, other, address)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`is in the environment ${environment}, not ${other}.`),
      asked: [],
    });
    const home = `https://make.powerapps.com/environments/${environment}/home`;
    expect(await download(cloud, environment, home)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`${home} isn't the URL of a connector.`),
    });
    expect(await download(cloud, 'https://make.powerapps.com/home', id)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("isn't the URL of an environment."),
    });
  });
});

test('create and update also accept names, and create writes the ID', async () => {
  await using cloud = await FakeCloud.start();
  const { id: environment } = cloud.addEnvironment({ displayName: 'Sales West' });
  const apiDefinition = petStore({ title: 'Pets of Basel' });
  await using workspace = await signedIn(cloud, { apiDefinition, settings: { environment: 'Sales West' } });
  expect(await runInProcess(workspace, 'create', '-s', 'settings.json', '-w')).toMatchObject({ exitCode: 0 });
  const [connector] = cloud.connectors(environment);
  expect(await workspace.readJson('settings.json')).toMatchObject({ environment, connectorId: connector?.id });

  const settings = { environment: 'sales west', connectorId: 'pets of basel' };
  const changed = petStore({ title: 'Pets of Basel', description: 'New' });
  await using other = await signedIn(cloud, { apiDefinition: changed, settings });
  expect(await runInProcess(other, 'update', '-s', 'settings.json')).toMatchObject({ exitCode: 0 });
  expect(connector?.description).toBe('New');
});
