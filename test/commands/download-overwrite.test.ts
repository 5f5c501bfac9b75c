import { chmod, mkdir, stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

const hint = 'Pass --overwrite to overwrite them, or --dest with another directory.';

describe('without a terminal, files that exist', () => {
  test('make download fail, which names them and --overwrite and writes nothing', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    const files = { 'out/icon.png': 'mine', 'out/apiProperties.json': 'mine, too', 'out/notes.txt': 'notes' };
    await using workspace = await signedIn(cloud, { connector, files });
    expect(await workspace.paconn('download', '-s', 'settings.json', '-d', 'out')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: apiProperties.json, icon.png file(s) exist in ${workspace.path('out')}; nothing is written.\n${hint}\n`,
    });
    expect(await workspace.list('out')).toEqual(['apiProperties.json', 'icon.png', 'notes.txt']);
    expect(await workspace.read('out/icon.png')).toBe('mine');
  });

  test('count when they are the settings file alone, and in the directory of the connector', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector });
    expect((await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.')).stderr).toBe(
      `Error: settings.json file(s) exist in ${workspace.directory}; nothing is written.\n${hint}\n`,
    );
    expect((await runInProcess(workspace, 'download', '-s', 'settings.json')).exitCode).toBe(0);
    expect((await runInProcess(workspace, 'download', '-s', 'settings.json')).exitCode).toBe(2);
  });

  test('do not count when the connector has no such part', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, files: { 'out/script.csx': 'mine' } });
    expect((await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'out')).exitCode).toBe(0);
    expect(await workspace.read('out/script.csx')).toBe('mine');
  });

  test('stay where they are with --overwrite false', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, files: { 'out/icon.png': 'mine' } });
    const download = ['download', '-s', 'settings.json', '-d', 'out', '--overwrite', 'false'];
    expect((await runInProcess(workspace, ...download)).exitCode).toBe(2);
    expect(await workspace.list('out')).toEqual(['icon.png']);
  });
});

test('a directory that is there and empty is no reason to ask', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  await mkdir(workspace.path('out'));
  expect((await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'out')).exitCode).toBe(0);
});

test('--overwrite replaces the files, keeps their permissions, and leaves others alone', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ icon: Buffer.from('new') });
  await using workspace = await signedIn(cloud, {
    connector,
    files: { 'out/icon.png': 'old', 'out/settings.json': '{"tenant": "x"}', 'out/notes.txt': 'mine' },
  });
  await chmod(workspace.path('out/icon.png'), 0o640);
  const result = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'out', '-w');
  expect(result).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `The connector is downloaded to ${workspace.path('out')}.\n`,
  });
  expect(await workspace.read('out/icon.png')).toBe('new');
  expect((await stat(workspace.path('out/icon.png'))).mode & 0o777).toBe(0o640);
  expect(await workspace.readJson('out/settings.json')).toMatchObject({ connectorId: connector.id });
  expect(await workspace.list('out')).toEqual([
    'apiDefinition.swagger.json',
    'apiProperties.json',
    'icon.png',
    'notes.txt',
    'settings.json',
  ]);
});
