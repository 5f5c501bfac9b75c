import { describe, expect, test } from 'vitest';
import { carriedOptions, hasCarriedOptions, type Run } from '../../src/commands/carried-options.ts';
import { commandsByName } from '../../src/commands/catalogue.ts';
import { commandOptions } from '../../src/commands/command-options.ts';
import { globalOptions, settingOptions } from '../../src/commands/option-lists.ts';
import { countingFlags, sameConnector } from '../../src/environment/same-connector.ts';
import { withGivenOptions } from '../../src/output/given-options.ts';
import { failureIn } from '../support/failure.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn, signedInByDeviceCode } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

/** The words of a run with these options. */
function completed(name: string, flags: Run['flags'], words: string): string {
  const isOfPython = ['login', 'create', 'update', 'download', 'validate'].includes(name);
  const run: Run = { name, isOfPython, flags };
  return withGivenOptions(words, (command) => {
    const definition = commandsByName.get(command.name);
    return definition ? carriedOptions(run, command, commandOptions(definition)) : [];
  });
}

/** Options of settings: a settings file replaces them in commands of the Python tool. */
const replaced: ReadonlySet<string> = new Set([...settingOptions, 'cloud']);

/** Options that commands in words decide themselves, or that are about what is printed. A secret is in none. */
const notCarried: ReadonlySet<string> = new Set([
  ...globalOptions,
  'clientSecret',
  'concurrency',
  'force',
  'list',
  'mark',
  'ours',
  'theirs',
  'overwriteSettings',
  'web',
  'yes',
]);

const account = { account: 'ada@contoso.com' };

test.each([
  ['hunter2', '--client-secret <secret>'],
  ['set=hunter2', '--client-secret <secret>'],
  ['-', '--client-secret -'],
])('the command that sends again what a failed run was to send has its client secret: %s', (secret, expected) => {
  const flags = { clientSecret: [secret] };
  const shown = (hasFailed: boolean, words: string): string =>
    withGivenOptions(words, (command) => {
      const definition = commandsByName.get(command.name);
      const run = { name: 'deploy', isOfPython: false, flags, hasFailed };
      return definition ? carriedOptions(run, command, commandOptions(definition)) : [];
    });
  expect(shown(true, 'Use:\n  paconn deploy --force')).toBe(`Use:\n  paconn deploy ${expected} --force`);
  // Afterwards the environment has it.
  expect(shown(false, 'Next:\n  paconn deploy')).toBe('Next:\n  paconn deploy');
  expect(shown(true, 'Use:\n  paconn diff\n  paconn login')).toBe('Use:\n  paconn diff\n  paconn login');
});

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
    ['list', { settingsFile: 'a.json', cloud: 'gcc' }, ': paconn list -s b', ': paconn list --cloud gcc -s b'],
    ['update', { settingsFile: 'a.json', cloud: 'gcc' }, ': paconn diff -s b', ': paconn diff -s b'],
    ['deploy', { set: ['/host=a'], relativeTo: 'current' }, ': paconn diff pets', ': paconn diff --set /host=a pets'],
    [
      'deploy',
      { settingsFile: 'a.json', relativeTo: 'current' },
      ': paconn pull -s a.json',
      ': paconn pull --relative-to current -s a.json',
    ],
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

  /** What a command with the same options does again is about the same connector, the same files, and in the same way. */
  describe('the command itself has all of them', () => {
    const commands = ['create', 'update', 'deploy', 'restore', 'pull'] as const;
    const choices = commands.flatMap((name) => [[name, false] as const, [name, true] as const]);

    test.each(choices)('%s, with a settings file: %s', (name, hasFile) => {
      const definition = commandsByName.get(name);
      const options = (definition ? commandOptions(definition) : []).filter(
        ({ name: option }) => !notCarried.has(option),
      );
      const isReplaced = hasFile && ['create', 'update'].includes(name);
      const settingsFile = hasFile ? 'a.json' : undefined;
      for (const { name: option, long, required } of options) {
        if (option === 'settingsFile') continue;
        const value = required ? `x-${option}` : true;
        const flags = { ...(hasFile && { settingsFile }), [option]: value };
        const given = isReplaced ? countingFlags(flags) : flags;
        const command = completed(
          name,
          flags,
          `: paconn ${name}${sameConnector({ settingsFile, folder: '', flags: given })}`,
        );
        const expected = `${long}${required ? ` x-${option}` : ''}`;
        const words = [...(hasFile ? ['-s a.json'] : []), ...(isReplaced && replaced.has(option) ? [] : [expected])];
        for (const word of words) expect(command).toContain(` ${word}`);
        expect(command.split(` ${long}`).length).toBe(isReplaced && replaced.has(option) ? 1 : 2);
      }
    });
  });

  test('but not a secret', () => {
    const flags = { clientSecret: 'hush', applicationSecret: 'hush' };
    const { applicationSecret } = flags;
    expect(hasCarriedOptions({ name: 'update', isOfPython: true, flags: { applicationSecret } })).toBe(false);
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

  test('with the files that options name beside a settings file', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore() });
    const download = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '-w');
    expect(download.exitCode).toBe(0);
    cloud.edit(connector.id, { icon: petIcon('theirs') });
    await workspace.write('other/apiDefinition.swagger.json', petStore({ description: 'Ours' }));
    const other = '--api-definition other/apiDefinition.swagger.json';
    for (const more of ['', '-s settings.json ']) {
      const argv = `deploy -n ${more}${other}`.split(' ');
      const { exitCode, stderr } = await runInProcess(workspace, ...argv);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 4 });
      for (const line of [`deploy --dry-run ${more}${other} --force`, `diff ${more}${other}`, `pull ${more}${other}`]) {
        expect(stderr).toContain(`\n  paconn ${line} `);
      }
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

test.each([
  ['https://high.api.powerapps.us', 'paconn login --cloud gcch'],
  ['https://api.powerapps.com', 'paconn login'],
])('the sign-in of a folder is for its cloud: %s', async (powerAppsUrl, command) => {
  await using workspace = await Workspace.create(undefined, {
    settings: { environment: 'e', connectorId: 'shared_pets', powerAppsUrl },
  });
  expect(await runInProcess(workspace, 'show')).toMatchObject({
    exitCode: 3,
    stderr: `Error: Access token invalid. Please login again.\nYou aren't signed in. Sign in with:\n  ${command}\n`,
  });
});

test('a third connector of a name: the other two are listed with their IDs', async () => {
  await using cloud = await FakeCloud.start();
  const ids = [cloud.addConnector().id, cloud.addConnector().id];
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  const { stderr } = await runInProcess(workspace, 'create', '-n', '-w');
  const [exist, first = '', second = '', next, command] = stderr.slice(stderr.indexOf('Warning: 2')).split('\n');
  expect(exist).toMatch(/^Warning: 2 connectors with the name 'Pet Store' already exist in .+:$/u);
  expect([first, second].map((line) => line.trim().split('  ')[0])).toEqual(ids);
  expect([next, command]).toEqual([
    'To update one of them instead:',
    expect.stringMatching(/^ {2}paconn deploy --dry-run .*--connector <connector>$/u),
  ]);
});

test('a hint for one of many connectors has the options of the run, in JSON too', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { settings: null });
  for (const title of ['Cats', 'Dogs']) {
    const { id: connectorId, environment } = cloud.addConnector({ displayName: title });
    await workspace.write(`${title}/settings.json`, JSON.stringify({ connectorId, environment, ...cloud.settings }));
    await workspace.write(`${title}/apiDefinition.swagger.json`, petStore({ title, description: 'Edited' }));
    await workspace.write(`${title}/apiProperties.json`, '{ "properties": {} }');
    const connector = cloud.connector(connectorId);
    await workspace.write(`${title}/paconn.base.json`, JSON.stringify({ version: 1, connectors: [] }));
    cloud.edit(connector.id, { apiDefinition: petStore({ title, description: 'Of somebody else' }) });
  }
  const line = ['deploy', 'Cats', 'Dogs', '--dry-run', '--set', '/basePath=/v2', '--skip-validation', '-o', 'json'];
  const { stdout } = await runInProcess(workspace, ...line);
  const hints: readonly unknown[] = JSON.parse(stdout).connectors.map(
    (one: { error?: { hint: unknown } }) => one.error?.hint,
  );
  expect(hints).toHaveLength(2);
  for (const hint of hints)
    expect(hint).toMatch(/paconn deploy --dry-run --set \/basePath=\/v2 --skip-validation (?:Cats|Dogs) --force/u);
});
