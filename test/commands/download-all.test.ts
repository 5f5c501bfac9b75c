import { rename, rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const folder = 'Contoso (default)';

function all(...flags: readonly string[]): readonly string[] {
  return ['download', '--all', '-s', '../cloud.json', ...flags];
}

function foldersIn(workspace: Workspace): Promise<string[]> {
  return workspace.list().then((names) => names.filter((name) => name.endsWith('settings.json')));
}

/** Requests for connectors, not for lists of them. */
function reads({ requests }: FakeCloud): number {
  return requests.filter(({ path }) => /\/apis\/./u.test(path)).length;
}

async function withConnectors(...names: readonly string[]) {
  const cloud = await FakeCloud.start();
  const connectors = names.map((displayName) => cloud.addConnector({ displayName }));
  const workspace = await signedIn(cloud, { settings: null });
  await workspace.write('../cloud.json', JSON.stringify({ ...cloud.settings, environment: cloud.environment.id }));
  return { cloud, connectors, workspace };
}

describe.concurrent('download --all', () => {
  test('downloads each connector of an environment to its own folder', async () => {
    const { cloud, workspace } = await withConnectors('Pets', 'Fabrikam');
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.addConnector({ environment: cloud.addEnvironment().id });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...all());
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([
      'Contoso (default)/Pets: downloaded',
      'Contoso (default)/Fabrikam: downloaded',
      '2 connectors: 2 downloaded.',
    ]);
    expect(await workspace.list()).toEqual(
      ['Fabrikam', 'Pets'].flatMap((name) =>
        ['apiDefinition.swagger.json', 'apiProperties.json', 'icon.png', 'settings.json'].map(
          (file) => `${folder}/${name}/${file}`,
        ),
      ),
    );
  });

  test('again asks only for the list when nothing has changed', async () => {
    const { cloud, workspace, connectors } = await withConnectors('Pets', 'Fabrikam');
    await using _cloud = cloud;
    await using _workspace = workspace;
    await runInProcess(workspace, ...all());
    cloud.forgetRequests();
    const { exitCode, stderr } = await runInProcess(workspace, ...all());
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^2 connectors: 2 unchanged\.$/mu);
    expect(reads(cloud)).toBe(0);

    cloud.edit(connectors[1]?.id ?? '', { apiDefinition: petStore({ description: 'New' }) });
    expect((await runInProcess(workspace, ...all())).stderr.trimEnd().split('\n')).toEqual([
      'Contoso (default)/Pets: unchanged',
      'Contoso (default)/Fabrikam: downloaded',
      '2 connectors: 1 unchanged, 1 downloaded.',
    ]);
    expect(await workspace.read(`${folder}/Fabrikam/apiDefinition.swagger.json`)).toContain('New');
  });

  test('finds a folder by its connector ID, after a rename of the folder or the connector', async () => {
    const { cloud, workspace, connectors } = await withConnectors('Pets');
    await using _cloud = cloud;
    await using _workspace = workspace;
    await runInProcess(workspace, ...all());
    await rename(workspace.path(folder), workspace.path('production'));
    await rename(workspace.path('production/Pets'), workspace.path('production/animals'));
    cloud.edit(connectors[0]?.id ?? '', { displayName: 'Beasts' });
    cloud.addConnector({ displayName: 'Pets' });
    await runInProcess(workspace, ...all());
    expect(await foldersIn(workspace)).toEqual(['production/Pets/settings.json', 'production/animals/settings.json']);
  });

  test('never overwrites edited files without --overwrite, and shows the next step', async () => {
    const { cloud, workspace, connectors } = await withConnectors('Pets', 'Fabrikam');
    await using _cloud = cloud;
    await using _workspace = workspace;
    await runInProcess(workspace, ...all());
    const edited = petStore({ title: 'Pets', description: 'Mine' });
    await workspace.write(`${folder}/Pets/apiDefinition.swagger.json`, edited);
    for (const { id } of connectors) cloud.edit(id, { apiDefinition: petStore({ description: 'Theirs' }) });
    const { exitCode, stderr } = await runInProcess(workspace, ...all());
    expect(exitCode).toBe(4);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'Contoso (default)/Pets: conflict',
      'Contoso (default)/Fabrikam: downloaded',
      '2 connectors: 1 conflict, 1 downloaded.',
      'Error: 1 of 2 connectors failed:',
      expect.stringMatching(/^ {2}Contoso \(default\)\/Pets: The connector has changed .+ has been edited \(apiDef/u),
      expect.stringMatching(/paconn pull "Contoso \(default\)\/Pets" .+--overwrite/u),
    ]);
    expect(await workspace.read(`${folder}/Pets/apiDefinition.swagger.json`)).toBe(edited);
    expect((await runInProcess(workspace, ...all('--overwrite'))).exitCode).toBe(0);
    expect(await workspace.read(`${folder}/Pets/apiDefinition.swagger.json`)).toContain('Theirs');
  });

  test('skips a folder if it cannot detect local changes', async () => {
    const { cloud, workspace, connectors } = await withConnectors('Pets');
    await using _cloud = cloud;
    await using _workspace = workspace;
    await runInProcess(workspace, ...all());
    await rm(workspace.path(`${folder}/Pets/paconn.base.json`));
    cloud.edit(connectors[0]?.id ?? '', { apiDefinition: petStore({ description: 'Theirs' }) });
    const { exitCode, stderr } = await runInProcess(workspace, ...all());
    expect(exitCode).toBe(4);
    expect(stderr).toContain('Pets has no last synced version');
  });

  test('skips a folder if a value for its environment is in a list with other elements there', async () => {
    const { cloud, workspace, connectors } = await withConnectors('Pets', 'Fabrikam');
    await using _cloud = cloud;
    await using _workspace = workspace;
    await runInProcess(workspace, ...all());
    const values = { '/paths/~1pets~1{id}/get/parameters/0/x-ms-summary': 'env:PETS_API_KEY' };
    await workspace.write(
      `${folder}/Pets/paconn.environments.json`,
      JSON.stringify({ [cloud.environment.id]: values }),
    );
    const more = '"parameters": [{ "name": "page", "in": "query", "type": "string" },';
    const apiDefinition = petStore({ title: 'Pets' }).replace('"parameters": [', more);
    for (const { id } of connectors) cloud.edit(id, { apiDefinition });
    const { exitCode, stderr } = await runInProcess(workspace, ...all('--overwrite'));
    expect(exitCode).toBe(4);
    expect(stderr).toContain('2 connectors: 1 conflict, 1 downloaded.');
    expect(stderr).toMatch(/^ {2}Contoso \(default\)\/Pets: A list has other elements .+ Nothing was downloaded/mu);
    expect(await workspace.read(`${folder}/Pets/apiDefinition.swagger.json`)).not.toContain('"page"');
    expect(await workspace.read(`${folder}/Fabrikam/apiDefinition.swagger.json`)).toContain('"page"');
  });

  test('continues after a failure, lists all failures at the end, and completes when run again', async () => {
    const { cloud, workspace, connectors } = await withConnectors('One', 'Two', 'Three');
    await using _cloud = cloud;
    await using _workspace = workspace;
    const [, second] = connectors;
    cloud.fault({ path: `/apis/${second?.id}`, status: 403, json: { error: { code: 'No', message: 'Not for you.' } } });
    const first = await runInProcess(workspace, ...all());
    expect(first.exitCode).toBe(1);
    expect(first.stderr).toContain('3 connectors: 2 downloaded, 1 failed.');
    expect(first.stderr).toMatch(/Error: 1 of 3 connectors failed:\n {2}.+\/Two: Can't read .+Not for you/u);
    expect(await foldersIn(workspace)).toEqual([`${folder}/One/settings.json`, `${folder}/Three/settings.json`]);
    const again = await runInProcess(workspace, ...all());
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toContain('3 connectors: 2 unchanged, 1 downloaded.');
  });

  test('returns data about each connector', async () => {
    const { cloud, workspace, connectors } = await withConnectors('One', 'Two');
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.fault({
      path: `/apis/${connectors[1]?.id}`,
      status: 404,
      json: { error: { code: 'Gone', message: 'Gone.' } },
    });
    const { stdout } = await runInProcess(workspace, ...all('-o', 'json'));
    const { id, displayName } = cloud.environment;
    const shared = { environment: { id, name: displayName }, url: null };
    expect(JSON.parse(stdout)).toMatchObject({
      version: 2,
      folder: '.',
      connectors: [
        {
          ...shared,
          result: 'downloaded',
          connectorId: connectors[0]?.id,
          name: 'One',
          folder: `${folder}/One`,
          files: expect.arrayContaining([{ path: 'settings.json', role: 'settings' }]),
          missing: [],
          backupId: null,
        },
        {
          ...shared,
          result: 'failed',
          connectorId: connectors[1]?.id,
          name: 'Two',
          folder: `${folder}/Two`,
          error: {
            message: expect.stringContaining('Gone.'),
            hint: null,
            exitCode: 1,
            code: 'Gone',
            correlationId: expect.any(String),
          },
        },
      ],
    });
  });

  test('of all environments continues after one without access', async () => {
    const { cloud, workspace } = await withConnectors('Pets');
    await using _cloud = cloud;
    await using _workspace = workspace;
    const other = cloud.addEnvironment({ displayName: 'Test' });
    cloud.addConnector({ environment: other.id, displayName: 'Pets' });
    cloud.addEnvironment({ displayName: 'Empty' });
    cloud.fault({ path: /apis$/u, skip: 2, status: 403, json: { error: { code: 'No', message: 'Not for you.' } } });
    const flags = ['-s', '../cloud.json', '-d', 'out', '--concurrency', '1'];
    const { exitCode, stderr } = await runInProcess(workspace, 'download', '--all-environments', ...flags);
    expect(exitCode).toBe(1);
    expect(await foldersIn(workspace)).toEqual([
      'out/Contoso (default)/Pets/settings.json',
      'out/Test/Pets/settings.json',
    ]);
    expect(stderr).toContain('3 connectors: 2 downloaded, 1 failed.');
    expect(stderr).toMatch(/Empty: Can't list the connectors .+Not for you/u);
  });

  test('slows down all together when the service asks one for a pause, and loses none', async () => {
    const { cloud, connectors, workspace } = await withConnectors(...Array.from({ length: 12 }, (_, n) => `Pets ${n}`));
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.fault({ path: `/apis/${connectors[2]?.id}`, status: 429, headers: { 'retry-after': '1' } });
    const { stderr } = await runInProcess(workspace, ...all());
    expect(stderr).toContain('12 connectors: 12 downloaded.');
    const pause = cloud.requests.find(({ status }) => status === 429)?.endedAt ?? Infinity;
    // What was on its way when the answer came is not called back.
    const during = cloud.requests.filter(({ startedAt }) => startedAt > pause + 300 && startedAt < pause + 990);
    expect(during).toEqual([]);
    expect(cloud.requests.at(-1)?.startedAt).toBeGreaterThan(pause + 990);
  });

  test('stops all requests if the service asks for a long pause', async () => {
    const { cloud, connectors, workspace } = await withConnectors('One', 'Two', 'Three');
    await using _cloud = cloud;
    await using _workspace = workspace;
    const path = `/apis/${connectors[1]?.id}`;
    cloud.fault({ path, status: 429, headers: { 'retry-after': '3600' } });
    const { exitCode, stderr } = await runInProcess(workspace, ...all('--concurrency', '1'));
    expect(exitCode).toBe(1);
    expect(stderr).toContain('3 connectors: 1 downloaded, 1 failed, 1 not tried.');
  });

  test('looks into hundreds of environments', async () => {
    const { cloud, workspace } = await withConnectors('Pets');
    await using _cloud = cloud;
    await using _workspace = workspace;
    for (let number = 0; number < 500; number += 1) cloud.addEnvironment();
    const { exitCode, stderr } = await runInProcess(workspace, 'download', '--all-environments', '-s', '../cloud.json');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('1 connector: 1 downloaded.');
  });

  test.each([
    [['-c', 'shared_pets'], "--all and --connector can't be used together."],
    [['--all-environments', '-e', 'there'], "--all-environments and --environment can't be used together."],
    [['--concurrency', '0'], '--concurrency must be a number from 1 to 64'],
    [['--concurrency', 'many'], '--concurrency must be a number'],
  ])('is not had with %j', async (flags, words) => {
    await using workspace = await Workspace.create();
    const { exitCode, stderr } = await runInProcess(workspace, 'download', '--all', ...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
  });
});
