import { chmod, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Connector } from '../support/fake-cloud/connector.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import type { Workspace } from '../support/workspace.ts';

const hint = 'Pass --overwrite to overwrite them, or specify another folder with --output-dir.';

describe('without a terminal, files that exist', () => {
  test('make download fail, which names them and --overwrite and writes nothing', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    const files = { 'out/icon.png': 'mine', 'out/apiProperties.json': 'mine, too', 'out/notes.txt': 'notes' };
    await using workspace = await signedIn(cloud, { connector, files });
    expect(await workspace.paconn('download', '-s', 'settings.json', '-d', 'out')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: apiProperties.json, icon.png file(s) exist in ${workspace.path('out')}. Nothing was written.\n${hint}\n`,
    });
    expect(await workspace.list('out')).toEqual(['apiProperties.json', 'icon.png', 'notes.txt']);
    expect(await workspace.read('out/icon.png')).toBe('mine');
  });

  test('count when they are the settings file alone, and in the directory of the connector', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector });
    expect((await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.')).stderr).toBe(
      `Error: settings.json file(s) exist in ${workspace.directory}. Nothing was written.\n${hint}\n`,
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
  const connector = cloud.addConnector({ icon: petIcon() });
  await using workspace = await signedIn(cloud, {
    connector,
    files: { 'out/icon.png': 'old', 'out/settings.json': '{"tenant": "x"}', 'out/notes.txt': 'mine' },
  });
  await chmod(workspace.path('out/icon.png'), 0o640);
  const result = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'out', '-w');
  expect(result).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: expect.stringMatching(
      /^Backup of your local files saved: .+\nThe connector is downloaded to .+\/out\.\n$/u,
    ),
  });
  expect(await workspace.readBytes('out/icon.png')).toEqual(Buffer.from(petIcon()));
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

describe('files that were edited since they were downloaded', () => {
  const definition = 'apiDefinition.swagger.json';
  const backupSaved = /Backup of your local files saved: ([\d-]+) \((.+)\)\n/u;
  const download = ['download', '-s', 'pets/settings.json', '-d', 'pets'];

  interface Edited {
    readonly workspace: Workspace;
    readonly connector: Connector;
  }

  /** A connector in a folder, an edited definition there, and another change in the environment. */
  async function edited(cloud: FakeCloud): Promise<Edited> {
    const connector = cloud.addConnector({ script: petScript() });
    const workspace = await signedIn(cloud, { connector });
    const first = ['download', '-s', 'settings.json', '-d', 'pets'];
    expect(await runInProcess(workspace, ...first)).toMatchObject({ exitCode: 0 });
    await workspace.write(`pets/${definition}`, petStore({ description: 'Mine' }));
    cloud.edit(connector.id, { script: petScript('theirs') });
    return { workspace, connector };
  }

  test('are named, with the command that merges, and stay where nobody can be asked', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace: created } = await edited(cloud);
    await using workspace = created;
    const { exitCode, stderr } = await runInProcess(workspace, ...download);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      `Warning: ${definition} has local changes. To merge instead, run 'paconn pull pets'.\nError: apiProperties.json,`,
    );
    expect(await workspace.read(`pets/${definition}`)).toBe(petStore({ description: 'Mine' }));
  });

  test('are backed up before they are overwritten; what nobody edited is not', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace: created, connector } = await edited(cloud);
    await using workspace = created;
    const { exitCode, stderr } = await runInProcess(workspace, ...download, '-w');
    expect(exitCode).toBe(0);
    const [, id = '', directory = ''] = backupSaved.exec(stderr) ?? [];
    expect(await readFile(join(directory, definition), 'utf8')).toBe(petStore({ description: 'Mine' }));
    expect(await workspace.read('pets/script.csx')).toBe(petScript('theirs'));
    const list = await runInProcess(workspace, 'restore', '--list', '-o', 'json');
    expect(JSON.parse(list.stdout)).toMatchObject({
      backups: [{ backupId: id, reason: 'download', connectorId: connector.id }],
    });

    cloud.edit(connector.id, { script: petScript('again') });
    const again = await runInProcess(workspace, ...download, '-w');
    expect(again).toMatchObject({ exitCode: 0, stderr: expect.not.stringMatching(backupSaved) });
  });

  test.runIf(TerminalSession.isSupported).each([
    ['n', 1],
    ['y', 0],
  ])('are named before the question at a terminal: %s', async (answer, exitCode) => {
    await using cloud = await FakeCloud.start();
    const { workspace: created } = await edited(cloud);
    await using workspace = created;
    await using session = TerminalSession.start(workspace, download, { columns: 300 });
    await session.waitFor(
      /has local changes\. To merge instead, answer n and run 'paconn pull pets'\.[^]+Do you want to overwrite\?/u,
    );
    session.type(`${answer}${keys.enter}`);
    const ended = await session.end();
    expect(ended.exitCode).toBe(exitCode);
    expect(/Backup of your local files saved/u.test(ended.output)).toBe(exitCode === 0);
    const isMine = (await workspace.read(`pets/${definition}`)) === petStore({ description: 'Mine' });
    expect(isMine).toBe(exitCode !== 0);
  });

  test('are backed up without their client secret, also where they are no JSON any more', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace: created } = await edited(cloud);
    await using workspace = created;
    const secret = '"clientSecret": "hunter2hunter2"';
    for (const text of [
      `{"properties":{"connectionParameters":{"token":{"oAuthSettings":{"clientId":"mine", ${secret}}}}}}`,
      `{"clientId":"mine", ${secret},,}`,
    ]) {
      await workspace.write('pets/apiProperties.json', text);
      const { exitCode, stderr } = await runInProcess(workspace, ...download, '-w');
      expect(exitCode).toBe(0);
      const [, , directory = ''] = backupSaved.exec(stderr) ?? [];
      const saved = await readFile(join(directory, 'apiProperties.json'), 'utf8');
      expect(saved).toContain('mine');
      expect(saved).not.toContain('hunter2hunter2');
    }
  });

  test('are backed up where no base tells what was edited, if they are not what comes', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace: created } = await edited(cloud);
    await using workspace = created;
    await rm(workspace.path('pets/paconn.base.json'));
    const { stderr } = await runInProcess(workspace, ...download, '-w');
    const [, , directory = ''] = backupSaved.exec(stderr) ?? [];
    expect(await readFile(join(directory, definition), 'utf8')).toBe(petStore({ description: 'Mine' }));
    await rm(workspace.path('pets/paconn.base.json'));
    expect((await runInProcess(workspace, ...download, '-w')).stderr).not.toMatch(backupSaved);
  });

  test('are backed up by a download of all connectors, too', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace: created, connector } = await edited(cloud);
    await using workspace = created;
    const all = ['download', '--all', '-e', connector.environment, '-u', cloud.url, '-d', '.', '-w'];
    await rm(workspace.path('settings.json'));
    expect(await runInProcess(workspace, ...all)).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(backupSaved),
    });
  });

  test('can be put into the environment by a restore', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace: created, connector } = await edited(cloud);
    await using workspace = created;
    const { stderr } = await runInProcess(workspace, ...download, '-w');
    const [, backup = ''] = backupSaved.exec(stderr) ?? [];
    expect(await runInProcess(workspace, 'restore', backup, '-s', 'pets/settings.json')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/ restored: the local files of Pet Store on /u),
    });
    expect(connector.apiDefinition).toBe(petStore({ description: 'Mine' }).trimEnd());
  });
});

test('only what was edited is named: what the service wrote itself after a deploy is no edit', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: petStore({ title: 'Pets' }) });
  expect(await runInProcess(workspace, 'deploy')).toMatchObject({ exitCode: 0 });
  await workspace.write('apiDefinition.swagger.json', petStore({ title: 'Pets', description: 'Mine.' }));

  const { stderr } = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.');

  expect(stderr).toMatch(/^Warning: apiDefinition\.swagger\.json has local changes\./u);
});

describe('--dry-run', () => {
  test('shows which files would be new, changed, or lost, and writes nothing', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript() });
    await using workspace = await signedIn(cloud, { connector });
    const dryRun = ['download', '-s', 'settings.json', '-d', 'out', '--dry-run'];
    expect(await runInProcess(workspace, ...dryRun)).toEqual({
      exitCode: 0,
      stdout: [
        `Would download Pet Store from ${cloud.environment.id} to out: 5 new files`,
        '',
        '  + apiProperties.json',
        '  + apiDefinition.swagger.json',
        '  + icon.png',
        '  + script.csx',
        '  + settings.json',
        '',
        'Dry run: nothing was written.',
        '',
      ].join('\n'),
      stderr: '',
    });
    expect(await workspace.exists('out')).toBe(false);
    expect((await runInProcess(workspace, ...dryRun.slice(0, -1))).exitCode).toBe(0);
    await workspace.write('out/script.csx', petScript('mine'));
    const before = await workspace.listAll('..');
    const refused = await runInProcess(workspace, ...dryRun);
    expect(refused).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`file(s) exist in ${workspace.path('out')}. Nothing was written.\n${hint}\n`),
    });
    const { exitCode, stdout } = await runInProcess(workspace, ...dryRun, '--overwrite', '-o', 'json');
    expect({ exitCode, data: JSON.parse(stdout) }).toMatchObject({
      exitCode: 0,
      data: { result: 'downloaded', isDryRun: true, folder: 'out', backupId: null },
    });
    expect((await runInProcess(workspace, ...dryRun, '--overwrite')).stdout).toContain(
      ': 1 changed file\n\n  ~ script.csx\n\nDry run',
    );
    expect(await workspace.listAll('..')).toEqual(before);
    expect(await workspace.read('out/script.csx')).toBe(petScript('mine'));
  });

  test('of all connectors says what would become of each', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addConnector({ displayName: 'Pets' });
    const toys = cloud.addConnector({ displayName: 'Toys' });
    await using workspace = await signedIn(cloud);
    const all = ['download', 'all', '--all', '-s', 'settings.json'];
    const before = await workspace.listAll('..');
    const planned = await runInProcess(workspace, ...all, '--dry-run');
    expect(planned).toMatchObject({ exitCode: 0, stdout: '' });
    expect(planned.stderr).toMatch(/2 connectors: 2 would be downloaded\.\nDry run: nothing was written\.\n$/u);
    expect(await workspace.exists('all')).toBe(false);
    expect(await workspace.listAll('..')).toEqual(expect.arrayContaining(before));
    await runInProcess(workspace, ...all);
    cloud.edit(toys.id, { description: 'New' });
    const { stdout } = await runInProcess(workspace, ...all, '--dry-run', '-o', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      connectors: [
        { result: 'unchanged', isDryRun: true },
        { result: 'downloaded', isDryRun: true },
      ],
    });
  });
});
