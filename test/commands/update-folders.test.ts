import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';

const definition = 'apiDefinition.swagger.json';

/** Two downloaded connectors, in which descriptions have been changed. */
async function twoFolders() {
  const cloud = await FakeCloud.start();
  for (const displayName of ['Cats', 'Dogs']) cloud.addConnector({ displayName });
  const workspace = await signedIn(cloud, { settings: null });
  await workspace.write('../cloud.json', JSON.stringify({ ...cloud.settings, environment: cloud.environment.id }));
  await runInProcess(workspace, 'download', '--all', '-s', '../cloud.json', '-d', 'all');
  const folders = ['Cats', 'Dogs'].map((title) => `all/${cloud.environment.displayName}/${title}`);
  for (const [index, title] of ['Cats', 'Dogs'].entries()) {
    await workspace.write(`${folders[index]}/${definition}`, petStore({ title, description: 'Edited here' }));
  }
  return { cloud, workspace, folders };
}

describe.concurrent('update of folders', () => {
  test('updates each by its own settings, in order', async () => {
    const { cloud, workspace, folders } = await twoFolders();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const { exitCode, stderr } = await runInProcess(workspace, 'update', 'all');
    expect(exitCode).toBe(0);
    const ids = cloud.connectors().map(({ id }) => id);
    const lines = stderr
      .trimEnd()
      .replaceAll(/backup [\d-]+/gu, 'backup ID')
      .split('\n');
    expect(lines).toEqual([
      ...folders.map((folder, index) => `${folder}: ${ids[index]} updated successfully. 1 change, backup ID.`),
      '2 connectors: 2 updated.',
    ]);
    expect(cloud.connectors().map(({ description }) => description)).toEqual(['Edited here', 'Edited here']);
    const again = await runInProcess(workspace, 'update', 'all');
    expect(again.stderr).toContain(`${ids[0]} updated successfully. No changes, backup `);
  });

  test('of one folder works as in that folder', async () => {
    const { cloud, workspace, folders } = await twoFolders();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const [cats] = cloud.connectors();
    const result = await runInProcess(workspace, 'update', folders[0] ?? '');
    expect(result).toEqual({ exitCode: 0, stdout: '', stderr: `${cats?.id} updated successfully.\n` });
  });

  test('updates the others if one has a conflict, and ends with exit code 4', async () => {
    const { cloud, workspace, folders } = await twoFolders();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const [cats, dogs] = cloud.connectors();
    cloud.edit(cats?.id ?? '', { apiDefinition: petStore({ title: 'Cats', description: 'Edited there' }) });
    const { exitCode, stderr } = await runInProcess(workspace, 'update', ...folders);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('2 connectors: 1 conflict, 1 updated.');
    expect(stderr).toContain(`  ${folders[0]}: `);
    expect([cats?.apiDefinition, dogs?.description]).toEqual([expect.stringContaining('Edited there'), 'Edited here']);
  });

  test('as a dry run sends nothing, and shows the requests of each', async () => {
    const { cloud, workspace, folders } = await twoFolders();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const { exitCode, stdout } = await runInProcess(workspace, 'update', 'all', '--dry-run');
    expect(exitCode).toBe(0);
    for (const folder of folders) expect(stdout).toMatch(new RegExp(`^${folder.replaceAll(/[()]/gu, '\\$&')}:$`, 'mu'));
    expect(cloud.connectors().map(({ description }) => description)).not.toContain('Edited here');
    const deployed = await runInProcess(workspace, 'deploy', 'all', '--dry-run', '-o', 'json');
    expect(deployed.exitCode).toBe(0);
    expect(JSON.parse(deployed.stdout)).toMatchObject({ connectors: [{ requests: [{}, { method: 'PATCH' }] }, {}] });
    expect(cloud.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  test("can't be used with options for their settings", async () => {
    const { cloud, workspace } = await twoFolders();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const { exitCode, stderr } = await runInProcess(workspace, 'update', 'all', '-c', 'shared_cats');
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--connector can't be used with 2 connectors.");
  });
});

describe.concurrent('diff of folders', () => {
  test('compares the files of each with its environment', async () => {
    const { cloud, workspace, folders } = await twoFolders();
    await using _cloud = cloud;
    await using _workspace = workspace;
    await runInProcess(workspace, 'update', folders[0] ?? '');
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'diff', 'all');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')[0]).toBe(`${folders[1]}:`);
    expect(stdout).toContain('Edited here');
    expect(stderr).toContain(`${folders[0]}: No differences.`);
    expect(stderr).toContain('2 connectors: 1 equal, 1 different.');
    const asked = await runInProcess(workspace, 'diff', 'all', '--exit-code', '-o', 'json');
    expect(asked.exitCode).toBe(1);
    expect(JSON.parse(asked.stdout)).toMatchObject({
      connectors: [
        { folder: folders[0], result: 'equal', changes: [] },
        { folder: folders[1], result: 'different', differences: 1 },
      ],
    });
  });
});

test.each([
  ['-d', 'v2.json', definition],
  ['-p', 'v2.json', 'apiProperties.json'],
])('update %s names one file, and its settings.json the rest', async (option, name, replaced) => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  const apiDefinition = petStore({ description: 'Edited here' });
  await using workspace = await signedIn(cloud, { connector, apiDefinition });
  await workspace.write(name, await workspace.read(replaced));
  await workspace.write(replaced, '{');
  expect(await runInProcess(workspace, 'update', option, name, '--force')).toMatchObject({ exitCode: 0 });
  expect(cloud.connector(connector.id).description).toBe('Edited here');
});

test('update with both files is as with the Python tool: settings.json is not read', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { connector: cloud.addConnector(), apiDefinition: petStore() });
  const { exitCode, stderr } = await runInProcess(workspace, 'update', '-d', definition, '-p', 'apiProperties.json');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining('The environment and the connector must be specified.'),
  });
});

describe.runIf(TerminalSession.isSupported)('at a terminal the prompt before many names their environment', () => {
  test('once if it is the same, else for each folder', async () => {
    const { cloud, workspace, folders } = await twoFolders();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const other = cloud.addEnvironment({ displayName: 'Contoso Test' });
    await runInProcess(workspace, 'environments', '-u', cloud.url);
    const [cats = '', dogs = ''] = folders;
    await using same = TerminalSession.start(workspace, ['update', 'all']);
    await same.waitFor(/Update 2 connectors in Contoso \(default\)\? \(y\/N\): /u);
    same.type(`n${keys.enter}`);
    expect((await same.end()).exitCode).toBe(1);
    const to = ['--from-environment', cloud.environment.id, '--to-environment', other.id];
    await using promoted = TerminalSession.start(workspace, ['deploy', 'all', ...to]);
    await promoted.waitFor(/Deploy 2 connectors to Contoso Test\? \(y\/N\): /u);
    promoted.type(keys.interrupt);
    await promoted.end();
    const settings = z.looseObject({}).parse(await workspace.readJson(`${cats}/settings.json`));
    await workspace.write(`${cats}/settings.json`, JSON.stringify({ ...settings, environment: other.id }));
    await using mixed = TerminalSession.start(workspace, ['deploy', 'all']);
    const [shown] = await mixed.waitFor(/^[^]+Deploy 2 connectors\? \(y\/N\): /u);
    mixed.type(keys.interrupt);
    await mixed.end();
    expect(shown).toContain(`  ${cats} → Contoso Test\n  ${dogs} → Contoso (default)\n`);
  });
});
