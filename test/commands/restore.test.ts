import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import type { Workspace } from '../support/workspace.ts';

const update = ['update', '-s', 'settings.json', '--skip-validation'];
const restore = ['restore', '-s', 'settings.json'];

const describedSchema = z.looseObject({ hashes: z.record(z.string(), z.string()) });

/** A connector that was updated from files. */
async function updated(cloud: FakeCloud, more: readonly string[] = []) {
  const apiProperties = oAuthProperties();
  const before = { displayName: 'Before', description: 'Old', script: petScript('old'), icon: petIcon('old') };
  const connector = cloud.addConnector({ ...before, apiProperties });
  const files = { apiDefinition: petStore({ title: 'After' }), apiProperties, script: petScript('new') };
  const workspace = await signedIn(cloud, { connector, ...files });
  const { exitCode, stderr } = await runInProcess(workspace, ...update, ...more);
  if (exitCode !== 0) throw new Error(stderr);
  return { connector, workspace };
}

async function versions(workspace: Workspace): Promise<string[]> {
  const { stdout } = await runInProcess(workspace, 'restore', '--list', '--query', 'backups[].backupId', '-o', 'tsv');
  return stdout.split('\n').filter((line) => line !== '');
}

describe.concurrent('restore', () => {
  test('puts back what the last update replaced, name and all, and that can be undone again', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud, ['--rename', '--secret', 'hush']);
    await using _workspace = workspace;
    expect(connector).toMatchObject({ displayName: 'After', script: petScript('new') });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...restore, 'latest');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toMatch(
      /\nNote: The client secret wasn't changed\. paconn doesn't store secrets\.\nNote: The local files weren't changed\. To merge what was restored:\n {2}paconn pull -s settings\.json\n\S+ restored: Before, last changed by Adele Vance on .+ UTC\.\n/u,
    );
    expect(connector).toMatchObject({ displayName: 'Before', description: 'Old', script: petScript('old') });
    expect(Buffer.from(connector.icon)).toEqual(petIcon('old'));
    expect(connector.clientSecrets).toEqual({ 'connectionParameters/token': 'hush' });
    // Nobody else has changed it since.
    expect((await runInProcess(workspace, ...restore, 'latest')).exitCode).toBe(0);
    expect(connector).toMatchObject({ displayName: 'After', script: petScript('new') });
  });

  test.each<[what: string, hasHashes: boolean, reason: string]>([
    ['with hashes', true, 'The script of this backup is damaged: '],
    [
      'of an earlier version',
      false,
      "script.csx isn't a complete script with 'class Script : ScriptBase'. Nothing was ",
    ],
  ])('sends nothing of a damaged backup %s', async (_what, hasHashes, reason) => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const query = ['--list', '--query', 'backups[0].folder', '-o', 'tsv'];
    const folder = workspace.path((await runInProcess(workspace, 'restore', ...query)).stdout.trim());
    await writeFile(join(folder, 'script.csx'), '');
    const description = join(folder, 'kept.json');
    const { hashes, ...earlier } = describedSchema.parse(JSON.parse(await readFile(description, 'utf8')));
    expect(Object.keys(hashes)).toContain('script');
    if (!hasHashes) await writeFile(description, JSON.stringify(earlier));
    const { exitCode, stderr } = await runInProcess(workspace, ...restore, 'latest', '--yes');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(reason);
    expect(stderr).toMatch(/ Nothing was restored\.\n[^]*List other backups with:\n/u);
    const create = ['create', '-s', 'settings.json', '--from-backup', basename(folder)];
    const created = await runInProcess(workspace, ...create);
    expect(created.exitCode).toBe(1);
    expect(created.stderr).toContain(reason);
    expect(created.stderr).toMatch(/^Error: .+ Nothing was created\.\nList other backups with:\n/u);
    expect(cloud.connectors()).toEqual([connector]);
    expect(connector.script).toBe(petScript('new'));
  });

  test('latest is the newest backup of the environment, not of local files', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    await workspace.write('apiDefinition.swagger.json', petStore({ description: 'Rejected' }));
    const download = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '-w');
    expect(download.stderr).toContain('Backup of your local files saved: ');
    expect(await runInProcess(workspace, ...restore, 'latest')).toMatchObject({ exitCode: 0 });
    expect(connector).toMatchObject({ description: 'Old', script: petScript('old') });
  });

  test('latest of local files alone says so, and where they are', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector(), apiDefinition: petStore() });
    await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '-w');
    await workspace.write('apiDefinition.swagger.json', petStore({ description: 'Mine' }));
    await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '-w');
    const { exitCode, stderr } = await runInProcess(workspace, 'restore', 'latest');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^Error: The backups of this connector have only local files that a download or pull replaced\.\nThe newest files are in \S.*\. To upload them to the environment, pass the backup ID \S+\. List backups with:\n {2}paconn restore --list/u,
    );
  });

  test('latest undoes the last change that took effect, not one that the service refused', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    await workspace.write('script.csx', petScript('refused'));
    cloud.fault({ method: 'PATCH', path: connector.id, times: 1, status: 400, json: { error: { code: 'Bad' } } });
    expect((await runInProcess(workspace, ...update)).exitCode).toBe(1);
    cloud.fault({ method: 'DELETE', path: connector.id, times: 1, status: 403, json: { error: { code: 'No' } } });
    expect((await runInProcess(workspace, 'delete', '-s', 'settings.json', '--yes')).exitCode).toBe(1);
    expect(await versions(workspace)).toHaveLength(2);
    const readings = () =>
      cloud.requests.filter(({ method, path }) => method === 'GET' && path.includes(connector.id)).length;
    const before = readings();
    expect(await runInProcess(workspace, ...restore, 'latest')).toMatchObject({ exitCode: 0 });
    expect(connector).toMatchObject({ description: 'Old', script: petScript('old') });
    // Read once before, and once afterwards; a slow machine looks again before it sends.
    expect([2, 3]).toContain(readings() - before);
    // What the restore has replaced is the latest now, and someone else's change is found as before.
    expect(await runInProcess(workspace, ...restore, 'latest')).toMatchObject({ exitCode: 0 });
    expect(connector.script).toBe(petScript('new'));
  });

  test("a change that failed doesn't hide a change of someone else", async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    await workspace.write('script.csx', petScript('refused'));
    cloud.fault({ method: 'PATCH', path: connector.id, times: 1, status: 400, json: { error: { code: 'Bad' } } });
    expect((await runInProcess(workspace, ...update)).exitCode).toBe(1);
    cloud.edit(connector.id, { script: petScript('theirs') });
    await rm(workspace.path('settings.json'));
    expect(await runInProcess(workspace, 'restore', 'latest', '-u', cloud.url, '-c', 'before')).toMatchObject({
      exitCode: 4,
    });
    expect(connector.script).toBe(petScript('theirs'));
  });

  test('says so where no backup differs from what the environment has', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ displayName: 'Before' });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore({ title: 'After' }) });
    cloud.fault({ method: 'PATCH', path: connector.id, times: 1, status: 400, json: { error: { code: 'Bad' } } });
    expect((await runInProcess(workspace, ...update)).exitCode).toBe(1);
    expect(await versions(workspace)).toHaveLength(1);
    expect(await runInProcess(workspace, ...restore, 'latest')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(
        /^Note: No backup of Before differs from its current version in \S+, so nothing changes\.\n/u,
      ),
    });
    expect(await versions(workspace)).toHaveLength(1);
  });

  test('shows what it would change with --dry-run, and that nothing was sent', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const { exitCode, stdout } = await runInProcess(workspace, ...restore, 'latest', '--dry-run');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^Would restore Before in .+: 3 changes\n[^]+\nDry run: nothing was sent\.\n$/u),
    });
    const data = await runInProcess(workspace, ...restore, 'latest', '--dry-run', '-o', 'json');
    expect(JSON.parse(data.stdout)).toMatchObject({ result: 'restored', isDryRun: true });
    expect(connector.script).toBe(petScript('new'));
  });

  test("without a settings file, restore doesn't overwrite later changes of others, except with --force", async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    await rm(workspace.path('settings.json'));
    const line = ['restore', 'latest', '-u', cloud.url, '-c', 'before'];
    cloud.edit(connector.id, { script: petScript('theirs') });
    const refused = await runInProcess(workspace, ...line);
    expect(refused.exitCode).toBe(4);
    expect(refused.stderr).toMatch(
      /\nError: The connector \S+ has changed since it was last deployed from this computer, last by Diego Siciliani on .+ UTC\. Nothing was restored\.\nTo overwrite that change \(a backup is saved\), run:\n {2}paconn restore --power-apps-url \S+ [\d-]+ --connector before --force\n$/u,
    );
    expect(connector.script).toBe(petScript('theirs'));
    const forced = await runInProcess(workspace, ...line, '--force');
    expect(forced.exitCode).toBe(0);
    // Without a settings file there are no files that could be behind.
    expect(forced.stderr).toMatch(
      /\nNote: The client secret wasn't changed\. paconn doesn't store secrets\.\n\S+ restored: Before, last changed by Adele Vance on .+ UTC\.\n/u,
    );
    expect(connector.script).toBe(petScript('old'));
    // What was overwritten is the latest now.
    expect((await runInProcess(workspace, ...line)).exitCode).toBe(0);
    expect(connector.script).toBe(petScript('theirs'));
  });

  test('changes neither local files nor the last synced version, so an update finds a conflict', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const base = await workspace.read('paconn.base.json');
    await runInProcess(workspace, ...restore, 'latest');
    expect(await workspace.read('paconn.base.json')).toBe(base);
    expect((await runInProcess(workspace, ...update)).exitCode).toBe(4);
    expect(connector.script).toBe(petScript('old'));
  });

  test("doesn't overwrite later changes of others, except with --force", async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    cloud.edit(connector.id, { script: petScript('theirs') });
    const refused = await runInProcess(workspace, ...restore, 'latest');
    expect(refused.exitCode).toBe(4);
    expect(refused.stderr).toContain('last by Diego Siciliani');
    expect(refused.stderr).toMatch(
      / Nothing was restored\.\n[^]+paconn restore [\d-]+ -s settings\.json --force {4}overwrite them\n$/u,
    );
    expect(connector.script).toBe(petScript('theirs'));
    expect((await runInProcess(workspace, ...restore, 'latest', '--force')).exitCode).toBe(0);
    expect(connector.script).toBe(petScript('old'));
  });

  test('takes an environment by its name and a connector by its address', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const { id, environment } = connector;
    await workspace.write('here.json', JSON.stringify({ ...cloud.settings, environment: 'contoso (DEFAULT)' }));
    const names = ['--query', 'backups[].connectorId', '-o', 'tsv'];
    expect(await runInProcess(workspace, 'restore', '--list', '-s', 'here.json', ...names)).toMatchObject({
      stdout: `${id}\n`,
    });
    const address = `https://make.powerapps.com/environments/${environment}/connections/available?apiName=${id}`;
    expect(await runInProcess(workspace, 'restore', '--list', '-c', address, ...names)).toMatchObject({
      stdout: `${id}\n`,
    });
    expect(await runInProcess(workspace, 'restore', '--list', '-c', 'nothing')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'No backups found.\n',
    });
  });

  test('lists what is kept, and takes a version by its beginning', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    await workspace.write('script.csx', petScript('newer'));
    await runInProcess(workspace, ...update);
    const [newer = '', older = ''] = await versions(workspace);
    expect(newer > older).toBe(true);
    const { stdout } = await runInProcess(workspace, 'restore', '--list', '-c', 'before');
    expect(stdout).toMatch(new RegExp(`^ID .+\\n${newer} .+${connector.id} .+\\n${older} .+\\n$`, 'u'));
    expect((await runInProcess(workspace, ...restore, older.slice(0, -1))).exitCode).toBe(
      older.slice(0, -1) === newer.slice(0, -1) ? 2 : 0,
    );
    expect((await runInProcess(workspace, ...restore, older)).exitCode).toBe(0);
    expect(connector.script).toBe(petScript('old'));
  });

  test.each([
    [['latest', '-c', 'other'], 'No backups of this connector found.'],
    [['19990101', '-c', 'before'], "No backup '19990101' of this connector found."],
    [['20', '-c', 'before'], "'20' matches 2 backups."],
    [['latest', '-c', 'before'], "'latest' matches 2 backups."],
    [['latest'], 'No backups of this connector found.'],
    [['-c', 'before'], 'Specify the backup to restore.'],
  ])('needs to know what is meant: %j', async (args, message) => {
    await using cloud = await FakeCloud.start();
    const { workspace } = await updated(cloud);
    await using _workspace = workspace;
    const other = cloud.addConnector({ displayName: 'Before', environment: cloud.addEnvironment().id });
    const target = ['-e', other.environment, '-c', other.id, '-u', cloud.url];
    const files = ['-p', 'apiProperties.json', '-d', 'apiDefinition.swagger.json', '--skip-validation'];
    expect((await runInProcess(workspace, 'update', ...target, ...files)).exitCode).toBe(0);
    await rm(workspace.path('settings.json'));
    const { exitCode, stderr } = await runInProcess(workspace, 'restore', '-u', cloud.url, ...args);
    expect({ exitCode, first: stderr.split('\n')[0] }).toEqual({ exitCode: 2, first: `Error: ${message}` });
  });

  test.each([
    ['an empty folder', [], 2, "doesn't name a connector.", 'new'],
    ['files of another title', ['Twin'], 2, 'No backups of this connector found.', 'new'],
    ['files of its title', ['Before'], 0, undefined, 'old'],
  ] as const)(
    "doesn't restore another connector for a folder, named or the current one: %s",
    async (_, titles, code, problem, script) => {
      await using cloud = await FakeCloud.start();
      const { connector, workspace } = await updated(cloud);
      await using _workspace = workspace;
      await workspace.write('pets/readme.md', '');
      for (const title of titles) await workspace.write('pets/apiDefinition.swagger.json', petStore({ title }));
      const inFolder = { directory: 'pets' };
      const line = ['restore', 'latest', '-u', cloud.url];
      const results = [
        await runInProcess(workspace, ...line, 'pets', '-n'),
        await runInProcessWith(workspace, [...line, '-n'], inFolder),
        await runInProcessWith(workspace, [...line, '.', '-n'], inFolder),
        await runInProcessWith(workspace, line, inFolder),
        await runInProcess(workspace, ...line, 'pets', '--yes', '-n'),
      ];
      expect(results.map(({ exitCode }) => exitCode)).toEqual(results.map(() => code));
      for (const { stderr } of problem === undefined ? [] : results) {
        expect(stderr).toContain(problem);
        expect(stderr).toContain(`\nConnectors with backups:\n  ${connector.id}  Before  ${connector.environment}\n`);
        expect(stderr).toContain('\nPass --connector <connector>, or the whole backup ID.');
      }
      expect(connector.script).toBe(petScript(script));
    },
  );

  test('a settings file without a connector is an error, unless the whole ID of a backup is passed', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const [backup = ''] = await versions(workspace);
    await workspace.write('none/settings.json', JSON.stringify({ powerAppsUrl: cloud.url }));
    expect(await runInProcess(workspace, 'restore', 'latest', '-s', 'none/settings.json')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: none/settings.json doesn't name a connector.\nConnectors with backups:\n  ${connector.id}  Before  ${connector.environment}\nPass --connector <connector>, or the whole backup ID. List backups with:\n  paconn restore --list --connector <connector>\n`,
    });
    expect(connector.script).toBe(petScript('new'));
    expect(await runInProcess(workspace, 'restore', backup, 'none')).toMatchObject({ exitCode: 0 });
    expect(connector.script).toBe(petScript('old'));
  });

  test('the whole ID of a backup needs no connector, and has to be of the environment that is named', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const { id: elsewhere } = cloud.addEnvironment({ displayName: 'Elsewhere' });
    const [backup = ''] = await versions(workspace);
    await workspace.write('twin/apiDefinition.swagger.json', petStore({ title: 'Twin' }));
    const line = ['restore', backup, '-u', cloud.url];
    const other = await runInProcessWith(workspace, [...line, '-e', elsewhere], { directory: 'twin' });
    expect(other.exitCode).toBe(2);
    for (const environment of [cloud.environment.id, cloud.environment.displayName]) {
      const named = [...line, '-e', environment, '-n'];
      expect(await runInProcessWith(workspace, named, { directory: 'twin' })).toMatchObject({ exitCode: 0 });
    }
    expect(await runInProcessWith(workspace, line, { directory: 'twin' })).toMatchObject({ exitCode: 0 });
    expect(connector.script).toBe(petScript('old'));
  });

  test('the whole ID of a backup of another connector than the settings name is an error', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const [backup = ''] = await versions(workspace);
    const bill = cloud.addConnector({ displayName: 'Bill' });
    const settings = await workspace.read('settings.json');
    await workspace.write('bill/settings.json', settings.replace(connector.id, bill.id));
    const stderr = `Error: Backup ${backup} is of Before (${connector.id}), but bill/settings.json names ${bill.id}.\nTo restore that connector:\n  paconn restore ${backup} --connector ${connector.id}\n`;
    for (const named of [['bill'], ['-s', 'bill/settings.json']]) {
      expect(await runInProcess(workspace, 'restore', backup, ...named)).toEqual({ exitCode: 2, stdout: '', stderr });
    }
    const inFolder = await runInProcessWith(workspace, ['restore', backup], { directory: 'bill' });
    expect(inFolder).toEqual({ exitCode: 2, stdout: '', stderr: stderr.replace('bill/settings', 'settings') });
    expect(connector.script).toBe(petScript('new'));
    const hinted = ['restore', backup, '--connector', connector.id];
    expect(await runInProcessWith(workspace, hinted, { directory: 'bill' })).toMatchObject({ exitCode: 0 });
    expect(connector.script).toBe(petScript('old'));
  });

  test('the command that undoes a restore works in the same folder, whichever connector its settings name', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const [backup = ''] = await versions(workspace);
    await workspace.write('pets/settings.json', await workspace.read('settings.json'));
    const bill = cloud.addConnector({ displayName: 'Bill' });
    const settings = await workspace.read('settings.json');
    await workspace.write('settings.json', settings.replace(connector.id, bill.id));
    const named = [
      { argv: ['pets'], undo: 'pets' },
      { argv: ['-c', connector.id], undo: `--connector ${connector.id}` },
    ];
    for (const { argv, undo } of named) {
      const { stderr } = await runInProcess(workspace, 'restore', backup, ...argv);
      const [, id = '', rest = ''] = /\(undo: paconn restore (\S+) (.+)\)\n/u.exec(stderr) ?? [];
      expect(rest).toBe(undo);
      expect(await runInProcess(workspace, 'restore', id, ...rest.split(' '))).toMatchObject({ exitCode: 0 });
      expect(connector.script).toBe(petScript('new'));
    }
  });

  test('connectors with backups are listed in columns, and a secret is only spoken of where there is one', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const secretNote = "Note: The client secret wasn't changed. paconn doesn't store secrets.\n";
    expect((await runInProcess(workspace, ...restore, 'latest')).stderr).toContain(secretNote);
    const other = cloud.addConnector({ displayName: 'A longer name', apiDefinition: petStore() });
    const { id: connectorId, environment } = other;
    await workspace.write('other/settings.json', JSON.stringify({ connectorId, environment, ...cloud.settings }));
    await workspace.write('other/apiDefinition.swagger.json', petStore({ title: 'A longer name' }));
    await workspace.write('other/apiProperties.json', '{ "properties": {} }');
    const sent = await runInProcess(workspace, 'update', 'other', '--skip-validation', '--force');
    expect(sent).toMatchObject({ exitCode: 0 });
    const restored = await runInProcess(workspace, 'restore', 'latest', 'other', '--force');
    expect(restored).toMatchObject({ exitCode: 0 });
    expect(restored.stderr).not.toContain('client secret');
    await workspace.write('none/settings.json', JSON.stringify({ powerAppsUrl: cloud.url }));
    const { stderr } = await runInProcess(workspace, 'restore', 'latest', 'none');
    const columns = stderr
      .split('\n')
      .flatMap((line) => (/^ {2}shared_/u.test(line) ? [line.indexOf(connector.environment)] : []));
    expect(columns).toHaveLength(2);
    expect(new Set(columns).size).toBe(1);
  });

  test('the list of backups in a hint is of the same folder', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace } = await updated(cloud);
    await using _workspace = workspace;
    await workspace.write('pets/settings.json', await workspace.read('settings.json'));
    for (const argv of [['19990101', 'pets'], ['pets']]) {
      const { stderr } = await runInProcess(workspace, 'restore', ...argv);
      expect(stderr).toContain('List backups with:\n  paconn restore --list pets\n');
    }
  });

  test('takes the names that other commands take', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const { id, displayName } = cloud.environment;
    const portal = `https://make.powerapps.com/environments/${id}/customconnectors/${connector.id}`;
    for (const named of [
      ['-c', portal],
      ['-e', id.toUpperCase()],
    ]) {
      const { exitCode, stdout } = await runInProcess(workspace, 'restore', '--list', '-u', cloud.url, ...named);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(connector.id);
    }
    const settings = await workspace.read('settings.json');
    await workspace.write('settings.json', settings.replace(id, displayName));
    expect((await runInProcess(workspace, ...restore, '--list')).stdout).toContain(connector.id);
    expect(await runInProcess(workspace, ...restore, 'latest')).toMatchObject({ exitCode: 0 });
    expect(await runInProcess(workspace, 'diff', 'base')).toMatchObject({ exitCode: 0 });
  });

  test('names the command that creates a deleted connector again', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    cloud.removeConnector(connector.id);
    const { exitCode, stderr } = await runInProcess(workspace, ...restore, 'latest');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/is no longer in the environment \S+\.\n/u);
    const [, ...again] = /\n {2}paconn (create) (--from-backup) (\S+)\n/u.exec(stderr) ?? [];
    expect((await runInProcess(workspace, ...again, '--secret', 'hush', '-u', cloud.url)).exitCode).toBe(0);
    expect(cloud.connectors()[0]?.script).toBe(petScript('old'));
  });

  test.each([
    { named: ['twin'], again: ['twin'], base: 'twin/paconn.base.json' },
    // These settings name the files of the current folder, which have a base.
    { named: ['-s', 'twin/settings.json'], again: ['-s', 'twin/settings.json'], base: 'paconn.base.json' },
  ])('a deleted connector that is created again is that of the folder: $named', async ({ named, again, base }) => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const settings = await workspace.read('settings.json');
    await workspace.write('twin/settings.json', settings);
    cloud.removeConnector(connector.id);
    const { stderr } = await runInProcess(workspace, 'restore', 'latest', ...named);
    const [, command = ''] = /\n {2}paconn (create .+)\n/u.exec(stderr) ?? [];
    expect(command.split(' ')).toEqual(['create', ...again, '--from-backup', expect.stringMatching(/^\d/u)]);
    const created = await runInProcess(workspace, ...command.split(' '), '--secret', 'hush');
    expect(created.stderr).toContain('Note: Its ID is now in twin/settings.json.\n');
    const connectorId = cloud.connectors()[0]?.id;
    expect(await workspace.readJson('twin/settings.json')).toMatchObject({ connectorId });
    // So that the next deployment sees what others change.
    expect(await workspace.read(base)).toContain(connectorId);
    // Another folder with the lost ID isn't touched.
    expect(await workspace.read('settings.json')).toBe(settings);
  });

  test("reports another server's 404 as such", async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    cloud.fault({ method: 'PATCH', path: connector.id, status: 404, html: '<html>404</html>' });
    const { exitCode, stderr } = await runInProcess(workspace, ...restore, 'latest');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('the response is a web page');
    expect(stderr).not.toContain('any more');
  });

  test('finds a connector by the GUID that other tools have for it', async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const named = ['-u', cloud.url, '-e', connector.environment, '-c', `{${connector.xrmConnectorId}}`];
    const { exitCode, stdout } = await runInProcess(workspace, 'restore', '--list', ...named);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(connector.id) });
  });

  test('has no client secret: paconn never stores one', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace } = await updated(cloud, ['--secret', 'hush-given']);
    await using _workspace = workspace;
    const withSecret = oAuthProperties().replace('"scopes"', '"clientSecret": "hush-file", "scopes"');
    await workspace.write('apiProperties.json', withSecret);
    await runInProcess(workspace, ...update);
    await runInProcess(workspace, ...restore, 'latest');
    const roots = [join(workspace.configDirectory, 'kept'), workspace.path('paconn.base'), workspace.directory];
    for (const root of roots) {
      for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || (entry.name === 'apiProperties.json' && root === workspace.directory)) continue;
        expect(await readFile(join(entry.parentPath, entry.name), 'latin1')).not.toContain('hush');
      }
    }
  });
});

test.runIf(TerminalSession.isSupported)('at a terminal restore asks which state to put back', async () => {
  await using cloud = await FakeCloud.start();
  const { connector, workspace } = await updated(cloud);
  await using _workspace = workspace;
  const variables = { PACONN_PROMPT: 'line' };
  await using session = TerminalSession.start(workspace, restore, { variables });
  await session.waitFor(/\[1\] \d{8}-\d{6}-\d{3} {2}Before, last changed by Adele Vance/u);
  session.type(`1${keys.enter}`);
  await session.waitFor(/^Before → Contoso \(default\): 3 changes\n[^]+Restore this backup\? \(y\/N\/d\): /mu);
  session.type(`y${keys.enter}`);
  expect((await session.end()).exitCode).toBe(0);
  expect(connector.script).toBe(petScript('old'));
});

test.runIf(TerminalSession.isSupported)(
  'a restore that is declined, or has nothing to do, saves no backup',
  async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const saved = await versions(workspace);
    await using session = TerminalSession.start(workspace, [...restore, 'latest']);
    await session.waitFor(/Restore this backup\?/u);
    session.type(`n${keys.enter}`);
    expect(await session.end()).toMatchObject({ exitCode: 1 });
    expect(await versions(workspace)).toEqual(saved);
    cloud.edit(connector.id, { displayName: 'Before', apiDefinition: petStore(), script: petScript('old') });
    expect((await runInProcess(workspace, ...restore, saved[0] ?? '', '--force')).exitCode).toBe(0);
    const afterwards = await versions(workspace);
    expect((await runInProcess(workspace, ...restore, saved[0] ?? '', '--force')).exitCode).toBe(0);
    expect(await versions(workspace)).toEqual(afterwards);
  },
);

test.runIf(TerminalSession.isSupported)(
  'at a terminal in a folder without a connector, latest asks which backup is meant',
  async () => {
    await using cloud = await FakeCloud.start();
    const { connector, workspace } = await updated(cloud);
    await using _workspace = workspace;
    const [backup = ''] = await versions(workspace);
    await workspace.write('empty/readme.md', '');
    const variables = { PACONN_PROMPT: 'line' };
    const line = ['restore', 'latest', 'empty', '-u', cloud.url];
    await using session = TerminalSession.start(workspace, line, { variables });
    await session.waitFor(new RegExp(`\\[1\\] ${backup} `, 'u'));
    session.type(`1${keys.enter}`);
    await session.waitFor(/Restore this backup\? \(y\/N\/d\): /u);
    session.type(`n${keys.enter}`);
    expect((await session.end()).exitCode).toBe(1);
    expect(connector.script).toBe(petScript('new'));
  },
);
