import { describe, expect, test } from 'vitest';
import { carriedOptions, hasCarriedOptions, type Run } from '../../src/commands/carried-options.ts';
import { commandsByName } from '../../src/commands/catalogue.ts';
import { commandOptions } from '../../src/commands/command-options.ts';
import { withGivenOptions } from '../../src/output/given-options.ts';
import { failureIn } from '../support/failure.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn, signedInByDeviceCode } from '../support/signed-in.ts';

/** The words of a run with these options. */
function completed(name: string, flags: Run['flags'], words: string): string {
  const isOfPython = ['login', 'create', 'update', 'download', 'validate'].includes(name);
  const run: Run = { name, isOfPython, flags };
  return withGivenOptions(words, (command) => {
    const definition = commandsByName.get(command.name);
    return definition ? carriedOptions(run, command, commandOptions(definition)) : [];
  });
}

const account = { account: 'ada@contoso.com' };

describe('a command in the words of a run has the options that the run had:', () => {
  test.each<[name: string, flags: Run['flags'], words: string, expected: string]>([
    ['list', account, 'List them with: paconn environments', 'paconn environments --account ada@contoso.com'],
    [
      'update',
      { cloud: 'gcc' },
      'List your environments with:\n  paconn environments',
      'List your environments with:\n  paconn environments --cloud gcc',
    ],
    ['update', { account: 'Ada B' }, "use 'paconn deploy'.", `'paconn deploy --account "Ada B"'.`],
    ['update', account, 'See:\n  paconn diff pets', '\n  paconn diff --account ada@contoso.com pets'],
    ['deploy', account, 'paconn diff --account x', 'paconn diff --account x'],
    [
      'init',
      account,
      'Next:\n  paconn validate pets\n  paconn deploy pets',
      '\n  paconn validate --account ada@contoso.com pets\n  paconn deploy --account ada',
    ],
    ['update', { settingsFile: 'a.json', cloud: 'gcc' }, ': paconn environments', 'environments -s a.json'],
    ['list', { settingsFile: 'a.json', cloud: 'gcc' }, ': paconn list -s b', ': paconn list -s b'],
    ['deploy', { environment: 'Contoso Test' }, '\n  paconn list', '\n  paconn list --environment "Contoso Test"'],
    ['deploy', { environment: 'a' }, '  paconn list -e b', '  paconn list -e b'],
    [
      'deploy',
      { dryRun: true },
      '  paconn diff pets     review\n  paconn deploy pets    overwrite',
      '  paconn diff pets                review\n  paconn deploy --dry-run pets    overwrite',
    ],
    ['list', { powerAppsUrl: 'https://a' }, ': paconn show', ': paconn show --power-apps-url https://a'],
    ['update', { dryRun: true, rename: true }, ': paconn update pets', ': paconn update --dry-run --rename pets'],
    [
      'deploy',
      { set: ['/host=a.example', '/basePath=/b'], share: ['ada@contoso.com'] },
      '  paconn deploy pets --force',
      'paconn deploy --set /host=a.example --set /basePath=/b --share ada@contoso.com pets --force',
    ],
    ['update', { dryRun: true, rename: true }, ': paconn deploy pets', ': paconn deploy --dry-run pets'],
    ['restore', { dryRun: true }, '  paconn restore --list', '  paconn restore --list'],
    ['deploy', { dryRun: true }, '  paconn pull pets', '  paconn pull pets'],
    ['update', { dryRun: false }, ': paconn update pets', ': paconn update pets'],
    ['list', { cloud: 'gcc', ...account }, ': paconn login', ': paconn login --cloud gcc'],
    ['list', { cloud: 'gcc' }, ': paconn login --force --account ada', ': paconn login --force --account ada'],
    ['login', { tenant: 't', force: true, browser: true }, ': paconn login', ': paconn login --tenant t --force'],
    ['login', { settingsFile: 'a.json', tenant: 't' }, ': paconn login', ': paconn login -s a.json'],
    [
      'update',
      { dryRun: true, failOnBreaking: true },
      'run it without --fail-on-breaking:\n  paconn update pets',
      '  paconn update --dry-run pets',
    ],
    ['update', { failOnBreaking: true }, '  paconn update pets', 'paconn update --fail-on-breaking pets'],
    ['login', { ...account, tenant: 't' }, 'without --account:\n  paconn login', '  paconn login --tenant t'],
    ['list', account, 'so paconn restore cannot undo this', 'so paconn restore cannot undo this'],
    ['list', account, ': paconn completion', ': paconn completion'],
    ['list', account, ': paconn nothing', ': paconn nothing'],
  ])('%s %j: %s', (name, flags, words, expected) => {
    expect(completed(name, flags, words)).toContain(expected);
  });

  test('but not a secret', () => {
    const flags = { clientSecret: 'hush', applicationSecret: 'hush' };
    expect(hasCarriedOptions({ name: 'update', isOfPython: true, flags })).toBe(false);
    expect(completed('update', { ...flags, ...account }, ': paconn update')).not.toContain('hush');
  });
});

describe.concurrent('a hint is complete', () => {
  test('with the account, for people and for programs', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { settings: { environment: null, ...cloud.settings } });
    const argv = ['list', '-e', 'Nope', '--account', 'adele'];
    const expected = 'List your environments with:\n  paconn environments --account adele';
    expect((await runInProcess(workspace, ...argv)).stderr).toContain(`\n${expected}\n`);
    expect(failureIn((await runInProcess(workspace, ...argv, '-o', 'json')).stderr).hint).toBe(expected);
  });

  test('with --dry-run and the settings file or folder, where a connector of the name exists', async () => {
    await using cloud = await FakeCloud.start();
    const { id } = cloud.addConnector();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    for (const file of ['settings.json', 'apiProperties.json', 'apiDefinition.swagger.json']) {
      await workspace.write(`pets/${file}`, await workspace.read(file));
    }
    for (const connector of ['-s settings.json', 'pets']) {
      const argv = ['create', '-n', '-w', ...connector.split(' ')];
      expect((await runInProcess(workspace, ...argv)).stderr).toContain(
        `\n  paconn deploy --dry-run ${connector} --connector ${id}\n`,
      );
    }
  });

  test('with --dry-run and the backup, where a file is named instead of its folder', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { files: { 'pets/apiDefinition.swagger.json': petStore() } });
    const file = 'pets/apiDefinition.swagger.json';
    expect((await runInProcess(workspace, 'deploy', '-n', file)).stderr).toContain(
      '\n  paconn deploy --dry-run pets\n',
    );
    expect((await runInProcess(workspace, 'restore', 'latest', file)).stderr).toContain(
      '\n  paconn restore latest pets\n',
    );
  });
});
