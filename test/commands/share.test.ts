import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { adele, diego } from '../support/fake-cloud/users.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { Workspace } from '../support/workspace.ts';
import { signedIn } from '../support/signed-in.ts';

const group = '0c5a1f4e-7d1b-4a52-9c9d-1b2f3a4c5d6e';

async function shop() {
  const cloud = await FakeCloud.start();
  cloud.sharing.addGroup('Makers', group);
  const connector = cloud.addConnector({ displayName: 'Pets' });
  const workspace = await signedIn(cloud, { connector, apiDefinition: petStore({ title: 'Pets' }) });
  return { cloud, workspace, connector };
}

describe('share', () => {
  test('adds users and groups, lists them, and removes them', async () => {
    const { cloud, workspace, connector } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const added = await runInProcess(workspace, 'share', 'add', '--user', diego.objectId, '--can-edit', '-o', 'json');
    expect(added).toMatchObject({ exitCode: 0, stderr: `Shared with ${diego.objectId}: can edit\n` });
    expect(JSON.parse(added.stdout)).toEqual({
      version: 2,
      connectorId: connector.id,
      environment: { id: cloud.environment.id, name: null },
      url: null,
      permissions: [
        {
          principal: { id: adele.objectId, name: adele.displayName },
          principalType: 'User',
          email: adele.userPrincipalName,
          role: 'Owner',
        },
        {
          principal: { id: diego.objectId, name: diego.displayName },
          principalType: 'User',
          email: diego.userPrincipalName,
          role: 'CanEdit',
        },
      ],
    });
    expect(await runInProcess(workspace, 'share', 'add', '--group', group)).toMatchObject({ exitCode: 0 });
    // Both are known by their names now.
    await runInProcess(workspace, 'share', 'add', '--group', 'makers', '--can-edit');
    await runInProcess(workspace, 'share', 'remove', '--user', diego.userPrincipalName);
    expect(cloud.sharing.of(connector.id)).toMatchObject([{ principal: { id: group }, roleName: 'CanEdit' }]);
    const listed = await runInProcess(workspace, 'share', 'list', '.');
    expect(listed.stdout).toMatch(/Makers\s+can edit\s+Group/u);
  });

  test('is requested as an administrator if makers are refused', async () => {
    const { cloud, workspace } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.sharing.answersMakers = false;
    expect(await runInProcess(workspace, 'share')).toMatchObject({ exitCode: 1, stdout: '' });
    cloud.sharing.administrators.add(adele.objectId);
    expect((await runInProcess(workspace, 'share')).stdout).toContain(adele.displayName);
  });

  test.each<[argv: readonly string[], exitCode: number, message: string]>([
    [['add'], 2, "'share add' requires --user or --group."],
    [['list', '--user', 'x'], 2, "--user and --group can't be used with 'share list'."],
    [['remove', '--user', 'x', '--can-edit'], 2, "--can-edit can only be used with 'share add'."],
    [['add', '--user', 'nina@contoso.example'], 2, 'az ad user show --id nina@contoso.example --query id -o tsv'],
    [['add', '--group', 'Nobody'], 2, 'az ad group show --group Nobody --query id -o tsv'],
    [['remove', '--group', group], 2, `isn't shared with '${group}'`],
    [['remove', '--user', adele.userPrincipalName], 2, "The owner's access can't be removed."],
    [['add', '--user', group], 1, 'was not found'],
  ])('%s', async (argv, exitCode, message) => {
    const { cloud, workspace, connector } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const result = await runInProcess(workspace, 'share', ...argv);
    expect(result).toMatchObject({ exitCode, stderr: expect.stringContaining(message) });
    expect(cloud.sharing.of(connector.id)).toEqual([]);
  });

  test('is a part of deploy', async () => {
    const { cloud, workspace, connector } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const bad = await runInProcess(workspace, 'deploy', '--share', 'diego');
    expect(bad).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--share must start with user: or group:'),
    });
    const shares = ['--share', `group:${group}`, '--share', `user:${diego.objectId}:can-edit`];
    expect(await runInProcess(workspace, 'deploy', '--dry-run', ...shares)).toMatchObject({ exitCode: 0 });
    expect(cloud.sharing.of(connector.id)).toEqual([]);
    expect(await runInProcess(workspace, 'deploy', ...shares)).toMatchObject({ exitCode: 0 });
    expect(cloud.sharing.of(connector.id)).toMatchObject([
      { principal: { id: group }, roleName: 'CanView' },
      { principal: { id: diego.objectId }, roleName: 'CanEdit' },
    ]);
  });

  test.each([
    ['deploy'],
    ['deploy', '--dry-run'],
    ['deploy', '-e', 'Contoso Test'],
    ['create', '-s', 'settings.json', '-w'],
  ])('with somebody who is not found stops before anything is sent: %s', async (...argv) => {
    const { cloud, workspace, connector } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const testing = cloud.addEnvironment({ displayName: 'Contoso Test' });
    await workspace.write('apiDefinition.swagger.json', petStore({ description: 'Changed.' }));
    const result = await runInProcess(workspace, ...argv, '--share', 'user:Adelle Vance');
    expect(result).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("Error: No user 'Adelle Vance' found."),
    });
    expect(connector.lastBody).toBeUndefined();
    expect([cloud.connectors().length, cloud.connectors(testing.id).length]).toEqual([1, 0]);
  });

  test('that fails after a connector was created shows the next step', async () => {
    const { cloud, workspace, connector } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const other = '0c5a1f4e-7d1b-4a52-9c9d-000000000000';
    const { exitCode, stderr } = await runInProcess(workspace, 'deploy', '--share', `user:${other}:can-edit`);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining(
        `  paconn share add --user ${other} --can-edit --environment ${connector.environment} --connector ${connector.id}\n`,
      ),
    });
  });

  test('is a part of create', async () => {
    const { cloud, workspace } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const argv = ['create', '-s', 'settings.json', '-w', '--share', `group:${group}:can-use`];
    expect(await runInProcess(workspace, ...argv)).toMatchObject({ exitCode: 0 });
    const { connectorId } = z.object({ connectorId: z.string() }).parse(await workspace.readJson('settings.json'));
    expect(cloud.sharing.of(connectorId)).toMatchObject([{ principal: { id: group }, roleName: 'CanView' }]);
  });

  const change = /modifyPermissions$/u;
  const argv = ['share', 'add', '--user', diego.objectId, '--can-edit'] as const;
  const check = /\nCheck with:\n {2}paconn share list --environment \S+ --connector \S+\n$/u;

  test.each([
    ['add', argv, `The connector isn't shared with ${diego.objectId} as requested.`],
    ['remove', ['share', 'remove', '--group', group], `The connector is still shared with ${group}.`],
    ['add as can-edit', ['share', 'add', '--group', group, '--can-edit'], `isn't shared with ${group} as requested.`],
  ])('a change that the service accepts without making it is an error: %s', async (_what, words, message) => {
    const { cloud, workspace } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    await runInProcess(workspace, 'share', 'add', '--group', group);
    cloud.fault({ method: 'POST', path: change, status: 200, json: {} });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain("Error: The service accepted the change, but it isn't in effect. ");
    expect(stderr).toContain(message);
    expect(stderr).toMatch(check);
  });

  test('a change that shows late is made', async () => {
    const { cloud, workspace, connector } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.fault({ method: 'GET', path: /permissions$/u, status: 200, json: { value: [] }, times: 3 });
    expect(await runInProcess(workspace, ...argv)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(diego.displayName),
      stderr: `Reading permissions…\nShared with ${diego.objectId}: can edit\n`,
    });
    expect(cloud.sharing.of(connector.id)).toHaveLength(1);
  });

  test('a change whose answer is lost is found out', async () => {
    const { cloud, workspace, connector } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.fault({ method: 'POST', path: change, action: 'resetAfter', times: 9 });
    const { exitCode, stderr } = await runInProcess(workspace, ...argv);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringMatching(
        /^Note: POST \S+ failed: the connection broke\. The change was made anyway\.\nShared /u,
      ),
    });
    expect(cloud.sharing.of(connector.id)).toHaveLength(1);
  });

  test('a change whose request is lost is an error that says so', async () => {
    const { cloud, workspace } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.fault({ method: 'POST', path: change, action: 'reset', times: 9 });
    const { exitCode, stderr } = await runInProcess(workspace, ...argv);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(
        / failed: the connection broke\. The connector isn't shared with \S+ as requested\. The service may /u,
      ),
    });
    expect(stderr).toMatch(check);
  });

  test('a change may have been made where nothing can be found out', async () => {
    const { cloud, workspace, connector } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.fault({ method: 'POST', path: change, action: 'resetAfter', times: 9 });
    cloud.fault({ method: 'GET', path: /permissions$/u, status: 403, json: {}, times: 9 });
    const { exitCode, stderr } = await runInProcess(workspace, ...argv);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining(' The change may have been made anyway.\n'),
    });
    expect(stderr).toMatch(check);
    expect(cloud.sharing.of(connector.id)).toHaveLength(1);
  });
});

test.each([
  [['pets', 'add', '--user', 'ada@contoso.com'], 'add', 'Run:\n  paconn share add pets --user ada@contoso.com\n'],
  [['pets', 'add'], 'add', 'Run:\n  paconn share add pets\n'],
  [['pets', 'other'], 'other', "Run 'paconn share --help' for usage.\n"],
])('share %j: a word behind the folder is no action', async (words, word, hint) => {
  await using workspace = await Workspace.create();
  const { exitCode, stderr } = await runInProcess(workspace, 'share', ...words);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: `Error: Unexpected argument: ${word}\n${hint}` });
});

test.each([
  [['add', 'pets', '-e', 'Test'], 'paconn share add pets --environment Test --user ada@contoso.com'],
  [['list', '-s', 'a.json', '--user', 'x'], 'paconn share add -s a.json --user ada@contoso.com'],
])('share %j: the example is about the same connector', async (words, example) => {
  await using workspace = await Workspace.create(undefined, { settings: null });
  const { exitCode, stderr } = await runInProcess(workspace, 'share', ...words);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(`\n  ${example}\n`) });
});
