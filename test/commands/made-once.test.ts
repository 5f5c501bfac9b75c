import { chmod, mkdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type Scene, together } from '../support/downloaded.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { hasModes } from '../support/system.ts';
import type { Workspace } from '../support/workspace.ts';

const posts = { method: 'POST', path: /\/apis$/u };

async function petShop(): Promise<Scene> {
  const cloud = await FakeCloud.start();
  return together({ cloud, workspace: await signedIn(cloud, { apiDefinition: petStore({ title: 'Pets' }) }) });
}

function creations({ requests }: FakeCloud): number {
  return requests.filter(({ method, path }) => method === 'POST' && posts.path.test(path)).length;
}

describe('a new connector', () => {
  test.each([['deploy'], ['deploy', '-s', 'settings.json']])(
    'is made once by several runs at once: %s',
    { timeout: 60_000 },
    async (...line) => {
      await using shop = await petShop();
      const { cloud, workspace } = shop;
      cloud.fault({ ...posts, times: 9, latency: 500 });
      const runs = [1, 2, 3].map(async () => await workspace.paconn(...line, '--skip-validation'));
      const results = await Promise.all(runs);
      expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
      expect(cloud.connectors()).toHaveLength(1);
      expect(creations(cloud)).toBe(1);
      expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: cloud.connectors()[0]?.id });
    },
  );

  test('is also created once by create: the second run reports it', { timeout: 60_000 }, async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    cloud.fault({ ...posts, times: 9, latency: 2000 });
    const create = ['create', '-s', 'settings.json', '-w', '--skip-validation'];
    const results = await Promise.all([workspace.paconn(...create), workspace.paconn(...create)]);
    expect(results.map(({ exitCode }) => exitCode).toSorted((one, other) => one - other)).toEqual([0, 4]);
    expect(results.map(({ stderr }) => stderr).join('')).toContain(
      "Error: Another run of paconn created 'Pets' (shared_",
    );
    expect(cloud.connectors()).toHaveLength(1);
  });

  test('is created once from a backup: the second run reports it', { timeout: 60_000 }, async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    for (const more of [[], ['--force']]) {
      const { exitCode, stderr } = await runInProcess(workspace, 'deploy', '--skip-validation', ...more);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    }
    await runInProcess(workspace, 'delete', '--yes');
    const { stdout } = await runInProcess(
      workspace,
      'restore',
      '--list',
      '--query',
      'backups[0].backupId',
      '-o',
      'tsv',
    );
    cloud.fault({ ...posts, times: 9, latency: 2000 });
    const create = ['create', '-s', 'settings.json', '--from-backup', stdout.trim()];
    const results = await Promise.all([workspace.paconn(...create), workspace.paconn(...create)]);
    expect(results.map(({ exitCode }) => exitCode).toSorted((one, other) => one - other)).toEqual([0, 4]);
    const [made, ...others] = cloud.connectors();
    expect(results.map(({ stderr }) => stderr).join('')).toContain(
      `Error: Another run of paconn created 'Pets' (${made?.id}) in the last few minutes. Nothing was created.\n` +
        `To show that connector:\n  paconn show --connector ${made?.id} --environment ${cloud.environment.id}\n` +
        'To use it with the local files, write its ID into settings.json as "connectorId".\n',
    );
    expect(others).toEqual([]);
  });

  test('is created again by a later run, as in the Python tool', async () => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    const create = ['create', '-s', 'settings.json', '-w', '--skip-validation'];
    for (let run = 0; run < 2; run += 1) expect((await runInProcess(workspace, ...create)).exitCode).toBe(0);
    expect(cloud.connectors()).toHaveLength(2);
  });
});

describe("no connector is created if its ID can't be saved", () => {
  const inTheWay: readonly (readonly [what: string, prepare: (workspace: Workspace) => Promise<unknown>])[] = [
    ['a directory in the way', async (workspace) => await mkdir(workspace.path('new/settings.json'))],
    ['a folder without rights', async (workspace) => await chmod(workspace.path('new'), 0o500)],
  ];
  // Not for the superuser, nor on Windows, where folders have none.
  const hasRights = hasModes && process.getuid?.() !== 0;

  test.each(inTheWay.filter(([what]) => hasRights || !what.includes('rights')))('%s', async (_what, prepare) => {
    await using shop = await petShop();
    const { cloud, workspace } = shop;
    await workspace.write('new/apiDefinition.swagger.json', petStore({ title: 'Pets' }));
    await workspace.write('new/apiProperties.json', '{"properties":{"connectionParameters":{}}}');
    await prepare(workspace);
    const files = ['-d', 'apiDefinition.swagger.json', '-p', 'apiProperties.json', '-w', '--skip-validation'];
    const service = ['-e', cloud.environment.id, '-u', cloud.url];
    const { exitCode, stderr } = await workspace.run(['create', ...files, ...service], { directory: 'new' });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
    expect(stderr).toContain(
      "Error: The ID of the connector couldn't be saved in settings.json. Nothing was created.\n",
    );
    expect(creations(cloud)).toBe(0);
    await chmod(workspace.path('new'), 0o700);
  });
});

test('several downloads of all connectors into one folder all succeed', { timeout: 60_000 }, async () => {
  await using cloud = await FakeCloud.start();
  for (const displayName of ['Cats', 'Dogs', 'Fish']) cloud.addConnector({ displayName });
  await using workspace = await signedIn(cloud, { settings: null });
  await workspace.write('../cloud.json', JSON.stringify({ ...cloud.settings, environment: cloud.environment.id }));
  const runs = [1, 2, 3].map(async () => await workspace.paconn('download', '--all', '-s', '../cloud.json'));
  const results = await Promise.all(runs);
  expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  const files = await workspace.list();
  expect(files.filter((file) => file.endsWith('settings.json')).map((file) => file.split('/')[1])).toEqual([
    'Cats',
    'Dogs',
    'Fish',
  ]);
  expect(files.filter((file) => file.includes('.paconn-'))).toEqual([]);
});
