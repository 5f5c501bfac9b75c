import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn, signedInByDeviceCode } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

describe('config', () => {
  test('sets, shows and removes a default', async () => {
    await using workspace = await Workspace.create();
    expect(await runInProcess(workspace, 'config', 'set', 'output', 'json')).toMatchObject({
      exitCode: 0,
      stdout: '',
      stderr: 'output: json\n',
    });
    expect(await runInProcess(workspace, 'config', 'get', 'output')).toMatchObject({ exitCode: 0, stdout: 'json\n' });
    const listed = await runInProcess(workspace, 'config', 'list', '-o', 'json');
    expect(JSON.parse(listed.stdout)).toEqual({
      version: 2,
      environment: null,
      output: 'json',
      cloud: null,
      account: null,
    });
    const unset = ['config', 'unset', 'output'];
    expect((await runInProcess(workspace, ...unset)).stderr).toBe('output is no longer set.\n');
    expect(await runInProcess(workspace, ...unset)).toMatchObject({ stdout: '', stderr: "output isn't set.\n" });
    expect((await runInProcess(workspace, 'config', 'get', 'output')).stdout).toBe('');
  });

  test('leaves a damaged file, and what another version has in it', async () => {
    await using workspace = await Workspace.create();
    const file = '../home/.paconn/config.json';
    const damaged = '{ "output": "json",, "account": "x" }';
    await workspace.write(file, damaged);
    for (const args of [
      ['set', 'cloud', 'gcc'],
      ['unset', 'cloud'],
    ]) {
      const { exitCode, stderr } = await runInProcess(workspace, 'config', ...args);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 1,
        stderr: expect.stringMatching(/config\.json is damaged\.\nFix or delete the file\. Nothing was changed\.\n$/u),
      });
      expect(await workspace.read(file)).toBe(damaged);
    }
    await workspace.write(file, '{ "account": "x", "newer": { "a": 1 } }');
    expect(await runInProcess(workspace, 'config', 'set', 'cloud', 'gcc')).toMatchObject({ exitCode: 0 });
    expect(await workspace.readJson(file)).toEqual({ account: 'x', newer: { a: 1 }, cloud: 'gcc' });
  });

  test('warns about an account that is not signed in, and a command names the default', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { settings: { ...cloud.settings } });
    expect(await runInProcess(workspace, 'config', 'set', 'account', 'nobody')).toMatchObject({
      exitCode: 0,
      stderr: "account: nobody\nWarning: You aren't signed in as 'nobody', so commands fail until you sign in.\n",
    });
    expect(await runInProcess(workspace, 'list', '-e', 'x')).toMatchObject({
      exitCode: 3,
      stderr:
        "Error: You aren't signed in as 'nobody'.\nSigned in: adele@contoso.example.\nIt's the default account. To remove this default:\n  paconn config unset account\n",
    });
    expect((await runInProcess(workspace, 'config', 'set', 'account', 'adele')).stderr).toBe('account: adele\n');
  });

  test('stores the ID and the name of an environment', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: null });
    const { id } = cloud.environment;
    const set = await runInProcess(workspace, 'config', 'set', 'environment', '~default', ...['--cloud', 'public']);
    // The public cloud is not there: the name is looked up in the one that is signed in to.
    expect(set.exitCode).not.toBe(0);
    await workspace.write('../home/.paconn/config.json', JSON.stringify({ environment: { id, name: 'Contoso' } }));
    expect((await runInProcess(workspace, 'config', 'get', 'environment')).stdout).toBe(`Contoso (${id})\n`);
  });

  test.each([
    [[], 'Missing required argument: <action>'],
    [['frob'], 'Unknown action: frob'],
    [['set'], "'config set' requires a setting and its value."],
    [['get'], "'config get' requires a setting."],
    [['set', 'output'], "'config set' requires a setting and its value."],
    [['set', 'output', 'xml'], "Invalid value for output: 'xml'."],
    [['set', 'colour', 'red'], 'Unknown setting: colour'],
    [['set', 'environment', 'x', '--local'], "--local doesn't support environment."],
  ])('%j is wrong usage', async (args, message) => {
    await using workspace = await Workspace.create();
    const { exitCode, stderr } = await runInProcess(workspace, 'config', ...args);
    expect({ exitCode, first: stderr.split('\n')[0] }).toEqual({ exitCode: 2, first: `Error: ${message}` });
  });

  test('writes into the settings file of the folder', async () => {
    await using workspace = await Workspace.create(undefined, { settings: { connectorId: 'shared_x' } });
    expect(await runInProcess(workspace, 'config', 'set', 'cloud', 'gcc', '--local')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'cloud: gcc\n',
    });
    expect(await workspace.readJson('settings.json')).toEqual({ connectorId: 'shared_x', paconn: { cloud: 'gcc' } });
    expect((await runInProcess(workspace, 'config', 'get', 'cloud', '--local')).stdout).toBe('gcc\n');
    const list = await runInProcess(workspace, 'config', 'list', '--local', '-o', 'json');
    expect(JSON.parse(list.stdout)).toMatchObject({ cloud: 'gcc', relativeTo: null });
    expect((await runInProcess(workspace, 'config', 'list', '--local')).stdout).toMatch(/^cloud +gcc$/mu);
    for (const words of ['cloud is no longer set.\n', "cloud isn't set.\n"]) {
      expect((await runInProcess(workspace, 'config', 'unset', 'cloud', '--local')).stderr).toBe(words);
    }
    expect(await workspace.readJson('settings.json')).toEqual({ connectorId: 'shared_x', paconn: {} });
  });
});

describe('where the environment comes from', () => {
  test('option, variable, settings file, default: the first that is set', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud);
    const names = ['Option', 'Variable', 'Stored'];
    const [option, variable, stored] = names.map((displayName) => cloud.addEnvironment({ displayName }));
    for (const environment of [option, variable, stored, cloud.environment]) {
      cloud.addConnector({ displayName: environment?.displayName ?? '', environment: environment?.id ?? '' });
    }
    const list = async (args: readonly string[], variables = {}): Promise<string> => {
      const line = ['list', '-u', cloud.url, '--query', 'connectors[].name', '-o', 'tsv', ...args];
      return (await runInProcessWith(workspace, line, { variables })).stdout.trim();
    };
    const config = { environment: { id: stored?.id, name: 'Stored' } };
    await workspace.write('../home/.paconn/config.json', JSON.stringify(config));
    expect(await list(['-e', 'Option'], { PACONN_ENVIRONMENT: 'Variable' })).toBe('Option');
    expect(await list([], { PACONN_ENVIRONMENT: 'Variable' })).toBe('Variable');
    expect(await list([])).toBe(cloud.environment.displayName);
    await workspace.write('settings.json', '{}');
    expect(await list([])).toBe('Stored');
  });
});

describe('how results are printed', () => {
  test('option, variable, default: the first that is set', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud);
    await workspace.write('../home/.paconn/config.json', JSON.stringify({ output: 'yaml' }));
    const run = async (args: readonly string[], variables = {}): Promise<string> =>
      (await runInProcessWith(workspace, ['environments', '-s', 'settings.json', ...args], { variables })).stdout;
    expect(await run(['-o', 'json'], { PACONN_OUTPUT: 'tsv' })).toMatch(/^\{\n {2}"version"/u);
    expect(await run([], { PACONN_OUTPUT: 'json' })).toMatch(/^\{\n {2}"version"/u);
    expect(await run([])).toMatch(/^version: /u);
  });

  test('commands of the Python tool ignore the default format in a pipe', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: '{"swagger":"2.0"}' });
    await workspace.write('../home/.paconn/config.json', JSON.stringify({ output: 'json' }));
    const { stdout } = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'new');
    expect(stdout).toBe('');
  });

  test('whoami shows the defaults', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud);
    await workspace.write('../home/.paconn/config.json', JSON.stringify({ cloud: 'gcc', output: 'table' }));
    const { stderr, exitCode } = await runInProcess(workspace, 'whoami', '-s', 'settings.json');
    expect({ stderr, exitCode }).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('Defaults (paconn config): output table, cloud gcc\n'),
    });
  });
});
