import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { compareStates } from '../../src/comparison/compare-states.ts';
import { differenceText } from '../../src/output/difference-text.ts';
import { plainText } from '../../src/io/terminal/styled-text.ts';
import { stateOf } from '../support/states.ts';
import { defaultIcon } from '../support/fake-cloud/pictures.ts';
import { failureIn } from '../support/failure.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { slashed } from '../support/system.ts';
import { Workspace } from '../support/workspace.ts';

const definitionFile = 'apiDefinition.swagger.json';

async function downloaded(cloud: FakeCloud): Promise<{ workspace: Workspace; id: string }> {
  const { id } = cloud.addConnector({ script: petScript() });
  const workspace = await signedIn(cloud, { connector: cloud.connector(id) });
  expect(await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '--overwrite')).toMatchObject({
    exitCode: 0,
  });
  cloud.forgetRequests();
  return { workspace, id };
}

const mine = petStore().replace('"Get a pet"', '"Mine"');
const theirs = petStore()
  .replace('"Gets a pet by its number."', '"Theirs"')
  .replace('"name": "id"', '"name": "number"');

async function changed(cloud: FakeCloud): Promise<Workspace> {
  const { workspace, id } = await downloaded(cloud);
  await workspace.write(definitionFile, JSON.stringify(JSON.parse(mine)));
  await workspace.write('icon.png', petIcon('mine!'));
  cloud.edit(id, { apiDefinition: theirs, apiProperties: petStoreProperties.replace('#2a7f62', '#ff0000') });
  return workspace;
}

describe('diff compares', () => {
  const own = /^ {2,4}~ (?:Operation GetPet: )?summary "Get a pet" → "Mine"$/mu;
  test.each([
    [
      'the environment with the files',
      [],
      ['summary "Get a pet" → "Mine"', 'description "Theirs" → "Gets a pet', '+ parameter id (path)'],
    ],
    [
      'the files with the environment',
      ['local', 'environment'],
      ['summary "Mine" → "Get a pet"', '- parameter id (path)'],
    ],
    ['the base with the files', ['base'], ['summary "Get a pet" → "Mine"']],
    [
      'the base with the environment',
      ['base', 'environment'],
      ['description "Gets a pet by its number." → "Theirs"', 'iconBrandColor "#2a7f62" → "#ff0000"'],
    ],
  ])('%s', async (_what, paths, expected) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await changed(cloud);
    const { exitCode, stdout } = await runInProcess(workspace, 'diff', ...paths);
    expect(exitCode).toBe(0);
    for (const words of expected) expect(stdout).toContain(words);
    expect(own.test(stdout)).toBe(expected.some((words) => words.includes('→ "Mine"')));
  });

  const places = ['local', 'base', 'environment'] as const;
  test.each(places.flatMap((from) => places.filter((to) => to !== from).map((to) => [from, to] as const)))(
    "the icon that the service shows for none as none: from '%s' to '%s'",
    async (from, to) => {
      await using cloud = await FakeCloud.start();
      await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
      expect(await runInProcess(workspace, 'create', '-s', 'settings.json', '-w')).toMatchObject({ exitCode: 0 });
      expect(await runInProcess(workspace, 'diff', from, to, '--exit-code')).toMatchObject({ exitCode: 0, stdout: '' });
    },
  );

  test('the base with the files without a request, and lists all changes in order', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await changed(cloud);
    expect(await runInProcess(workspace, 'diff', 'base')).toEqual({
      exitCode: 0,
      stderr: 'From the last synced version to the local files:\n',
      stdout: `  ~ Operation GetPet: summary "Get a pet" → "Mine"
  ~ Icon ${defaultIcon.length} bytes → ${petIcon('mine!').length} bytes

2 differences.
`,
    });
    expect(cloud.requests).toEqual([]);
  });

  test('two folders, and reports which one lacks a file', async () => {
    await using workspace = await Workspace.create(undefined, {
      files: {
        [`a/${definitionFile}`]: mine,
        [`b/${definitionFile}`]: theirs,
        'b/apiProperties.json': petStoreProperties,
      },
    });
    expect(await runInProcess(workspace, 'diff', 'a', 'b')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'Error: API Properties must be specified.\nAdd a/apiProperties.json, or "apiProperties" in a/settings.json.\n',
    });
  });

  test('the local files with a folder, and names the settings file that is broken by its folder', async () => {
    await using workspace = await Workspace.create(undefined, { apiDefinition: petStore() });
    await workspace.write('apiProperties.json', petStoreProperties);
    await workspace.write('b/apiDefinition.swagger.json', mine);
    await workspace.write('b/apiProperties.json', petStoreProperties);
    for (const [paths, change] of [
      [['local', 'b'], 'summary "Get a pet" → "Mine"'],
      [['b', 'local'], 'summary "Mine" → "Get a pet"'],
    ] as const) {
      expect((await runInProcess(workspace, 'diff', ...paths)).stdout).toContain(change);
    }
    await workspace.write('b/settings.json', '{ bad');
    const { exitCode, stderr } = await runInProcess(workspace, 'diff', '.', 'b');
    expect({ exitCode, stderr: slashed(stderr) }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/^Error: b\/settings\.json:1:3: invalid JSON/u),
    });
  });

  test('two folders without an account; what breaks flows is marked', async () => {
    await using workspace = await Workspace.create();
    const settings = JSON.stringify({ apiDefinition: definitionFile, apiProperties: 'p.json' });
    for (const [folder, definition] of [
      ['old', mine],
      ['new one', theirs],
    ] as const) {
      await workspace.write(`${folder}/settings.json`, settings);
      await workspace.write(`${folder}/${definitionFile}`, definition);
      await workspace.write(`${folder}/p.json`, petStoreProperties);
    }
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'diff', 'old', 'new one', '--exit-code');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'From old to new one:\n' });
    expect(stdout).toContain('!   - parameter id (path)  ');
    expect(stdout).toContain('        Flows and apps set a value for it.\n');
    const stopped = await runInProcess(workspace, 'diff', 'old', 'new one', '--fail-on-breaking', '-o', 'json');
    expect(stopped.exitCode).toBe(4);
    expect(failureIn(stopped.stderr).message).toMatch(/^\d+ breaking changes?\.$/u);
    expect(JSON.parse(stopped.stdout).breakingCount).toBeGreaterThan(0);
    const harmless = await runInProcess(workspace, 'diff', 'old', 'old', '--fail-on-breaking');
    expect(harmless).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain('\n4 differences, 2 breaking.\n');
    expect(await runInProcess(workspace, 'diff', 'old', 'old', '--exit-code')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'From old to old:\nNo differences.\n',
    });
  });

  test('a folder with its environment and with its base', async () => {
    await using cloud = await FakeCloud.start();
    const { id, environment } = cloud.addConnector();
    await using workspace = await signedIn(cloud, { settings: null });
    await runInProcess(workspace, 'download', '-e', environment, '-c', id, '-u', cloud.url, '-d', 'pets');
    await workspace.write(`pets/${definitionFile}`, mine);
    for (const paths of [['pets'], ['base', 'pets'], ['pets', 'environment']]) {
      const { exitCode, stdout } = await runInProcess(workspace, 'diff', ...paths);
      expect({ paths, exitCode, isTold: stdout.includes('"Mine"') }).toEqual({ paths, exitCode: 0, isTold: true });
    }
  });

  test('a connector in two environments, the other one by its name', async () => {
    await using cloud = await FakeCloud.start();
    const production = cloud.addEnvironment({ displayName: 'Production' });
    const other = cloud.addConnector({ environment: production.id, apiDefinition: theirs });
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector() });
    const { exitCode, stdout, stderr } = await runInProcess(
      workspace,
      'diff',
      'environment',
      '--to-env',
      'Production',
      '--to-cid',
      other.id,
    );
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(`to the environment Production:`),
    });
    expect(stdout).toContain('description "Gets a pet by its number." → "Theirs"');
    expect(stdout).not.toContain('icon');
  });

  test('a connector in two environments is the one of that name there: IDs differ', async () => {
    await using cloud = await FakeCloud.start();
    const production = cloud.addEnvironment({ displayName: 'Production' });
    const connector = cloud.addConnector();
    const other = cloud.addConnector({ environment: production.id, apiDefinition: theirs });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: mine });
    const page = `https://make.powerapps.com/environments/${connector.environment}/connections/available?apiName=${connector.id}`;
    for (const [sides, connectorId] of [
      [['environment'], connector.id],
      [['local'], connector.id],
      [['environment'], 'Pet Store'],
      [['environment'], page],
    ] as const) {
      const named = ['-c', connectorId, '--to-env', 'Production'];
      const { exitCode, stdout, stderr } = await runInProcess(workspace, 'diff', ...sides, ...named);
      expect({ exitCode, stderr }).toMatchObject({
        exitCode: 0,
        stderr: expect.stringContaining(`to the environment Production:`),
      });
      expect(stdout).toContain('→ "Theirs"');
    }
    expect(cloud.requests.filter(({ path }) => path.endsWith(`/apis/${other.id}`))).toHaveLength(4);
    cloud.addConnector({ environment: production.id });
    expect(await runInProcess(workspace, 'diff', '--to-env', 'Production')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(
        /^Error: 2 connectors have the name 'Pet Store'\.\n(?:.*\n)*Specify one by its ID:\n {2}--to-connector <connector>\n$/u,
      ),
    });
    cloud.addEnvironment({ displayName: 'Empty' });
    expect(await runInProcess(workspace, 'diff', '--to-env', 'Empty')).toMatchObject({
      exitCode: 2,
      stderr:
        "Error: No connector named 'Pet Store' found in Empty.\nIf it has another name there, pass --to-connector.\n",
    });
  });

  test('the connector that options name', async () => {
    await using cloud = await FakeCloud.start();
    const { id, environment } = cloud.addConnector();
    await using workspace = await signedIn(cloud, { settings: null, apiDefinition: mine });
    const files = ['-d', definitionFile, '-p', 'apiProperties.json'];
    const { exitCode, stdout } = await runInProcess(
      workspace,
      'diff',
      '-e',
      environment,
      '-c',
      id,
      '-u',
      cloud.url,
      ...files,
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('~ Operation GetPet: summary "Get a pet" → "Mine"');
  });
});

test('--text shows the changes of texts alone, however the files are laid out', async () => {
  await using cloud = await FakeCloud.start();
  const { workspace: created } = await downloaded(cloud);
  await using workspace = created;
  const reordered = Object.fromEntries(
    Object.entries(z.record(z.string(), z.unknown()).parse(JSON.parse(mine))).toReversed(),
  );
  await workspace.write(definitionFile, JSON.stringify(reordered));
  await workspace.write('script.csx', petScript('mine'));
  await workspace.write('icon.png', petIcon('mine'));
  const { exitCode, stdout } = await runInProcess(workspace, 'diff', '--text');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('--- a/apiDefinition.swagger.json\n+++ b/apiDefinition.swagger.json\n');
  expect(stdout).toContain('-        "summary": "Get a pet",\n+        "summary": "Mine",\n');
  expect(stdout).toContain('--- a/script.csx\n+++ b/script.csx\n@@ -1,5 +1,5 @@\n-// code\n+// mine\n');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('Binary files a/icon.png and b/icon.png differ');
  expect(stdout.split('\n').filter((line) => /^[-+][^-+]/u.test(line))).toHaveLength(4);
});

test('no client secret is shown', async () => {
  await using cloud = await FakeCloud.start();
  const { workspace: created } = await downloaded(cloud);
  await using workspace = created;
  const token = { type: 'oauthSetting', oAuthSettings: { clientId: 'a', clientSecret: 'hunter2' } };
  await workspace.write('apiProperties.json', JSON.stringify({ properties: { connectionParameters: { token } } }));
  for (const more of [[], ['--text'], ['--format', 'json'], ['-o', 'tsv']]) {
    const { stdout, stderr } = await runInProcess(workspace, 'diff', ...more);
    expect(stdout).toContain('token');
    expect(stdout + stderr).not.toContain('hunter2');
  }
});

test('--format json and -o json give the same; --exit-code counts with them', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await changed(cloud);
  const formatted = await runInProcess(workspace, 'diff', 'base', '--format', 'json', '--exit-code');
  expect(formatted).toMatchObject({ exitCode: 1, stderr: '' });
  expect(JSON.parse(formatted.stdout)).toMatchObject({
    version: 2,
    result: 'different',
    from: { kind: 'base', folder: '.', connectorId: expect.any(String), environment: { name: null } },
    to: { kind: 'local', folder: '.', connectorId: null, environment: null },
    differences: 2,
    breakingCount: 0,
    changes: [
      {
        kind: 'changed',
        part: 'apiDefinition',
        area: 'operation',
        target: 'GetPet',
        description: 'summary',
        pointer: '/paths/~1pets~1{id}/get/summary',
        before: '"Get a pet"',
        after: '"Mine"',
        isBreaking: false,
        reason: null,
        usedBy: [],
      },
      { kind: 'changed', part: 'icon' },
    ],
  });
  expect(await runInProcess(workspace, 'diff', 'base', '-o', 'json', '--exit-code')).toEqual(formatted);
  expect((await runInProcess(workspace, 'diff', 'base', '--query', 'changes[].target')).stdout).toContain('"GetPet"');
});

describe('diff reports missing values', () => {
  test.each([
    [['a', 'b', 'c'], 2, 'paconn diff compares two sides, not more.'],
    [
      ['.', '.', '--set', '/host=x.example'],
      2,
      "Two folders are compared without an environment, so --set can't be used.",
    ],
    [
      ['.', '.', '-e', 'x', '-c', 'z'],
      2,
      "Two folders are compared without an environment, so --environment can't be used.\nTo compare a folder with its environment, pass only that folder:\n  paconn diff . --environment x --connector z",
    ],
    [['.', '.', '-c', 'x'], 2, "Two folders are compared without an environment, so --connector can't be used."],
    [
      ['local', 'base', '--to-env', 'x'],
      2,
      'The environment to compare with is one of the two sides.\nName one other side:\n  paconn diff --to-environment <environment>',
    ],
    [
      ['environment', 'pets', '--to-env', 'x'],
      2,
      'The environment to compare with is one of the two sides.\nName one other side:\n  paconn diff pets --to-environment <environment>',
    ],
    [
      ['pets', 'base', '--to-env', 'x'],
      2,
      'The environment to compare with is one of the two sides.\nName one other side:\n  paconn diff pets --to-environment <environment>',
    ],
    [['--text', '-o', 'json'], 2, "--text can't be used with JSON output."],
    [['none', 'local'], 2, 'Folder not found: none'],
    [['none'], 2, 'Folder not found: none'],
    [['apiProperties.json'], 2, 'apiProperties.json is a file, not the folder of a connector.'],
    [['base'], 1, "paconn.base.json doesn't contain the connector"],
    [['base', 'environment'], 1, "paconn.base.json doesn't contain the connector"],
  ])('%j', async (args, exitCode, message) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector(), apiDefinition: petStore() });
    const result = await runInProcess(workspace, 'diff', ...args);
    expect(result).toMatchObject({ exitCode, stdout: '' });
    const said = args.includes('json') ? `Error: ${failureIn(result.stderr).message}` : result.stderr;
    expect(said).toContain(`Error: ${message}`);
  });
});

test('the built tool compares folders, and its exit code shows whether they differ', async () => {
  await using workspace = await Workspace.create();
  for (const [folder, definition] of [
    ['old', petStore()],
    ['new', mine],
  ] as const) {
    await workspace.write(
      `${folder}/settings.json`,
      JSON.stringify({ apiDefinition: 'd.json', apiProperties: 'p.json' }),
    );
    await workspace.write(`${folder}/d.json`, definition);
    await workspace.write(`${folder}/p.json`, petStoreProperties);
  }
  const expected = '  ~ Operation GetPet: summary "Get a pet" → "Mine"\n\n1 difference.\n';
  expect(await workspace.paconn('diff', 'old', 'new', '--exit-code')).toEqual({
    exitCode: 1,
    stdout: expected,
    stderr: 'From old to new:\n',
  });
});

test('lines fit into a narrow terminal', () => {
  const change = {
    kind: 'changed',
    part: 'apiDefinition',
    area: 'definition',
    subject: 'AVeryLongNameOfADefinitionThatNobodyCanRead',
    detail: 'property someOtherLongNameOfAProperty, type',
    pointer: '',
    before: '"string"',
    after: '"integer"',
    breaking: 'flows and apps expect the old type',
    rule: 'type',
    place: '',
    usedBy: ['GetPet', 'ListPets'],
  } as const;
  expect(plainText(differenceText([change], 40))).toBe(`  Definition
    AVeryLongNameOfADefinitionThatNobody
    CanRead  used by GetPet, ListPets
!   ~ property                  breaking
        someOtherLongNameOfAProp
        erty,
        type "string" →
        "integer"
        Flows and apps expect the old
        type.

1 difference, 1 breaking.`);
});

test('what changed inside of a thing has its word, and a value that is cut ends with its quotation mark', () => {
  const long = 'x'.repeat(200);
  const definition = (operation: object): string =>
    JSON.stringify({ info: { title: 'T' }, paths: { '/a': { get: { operationId: 'GetA', ...operation } } } });
  const changes = (before: object, after: object) =>
    compareStates(stateOf({ apiDefinition: definition(before) }), stateOf({ apiDefinition: definition(after) }));
  const text = (before: object, after: object): string =>
    plainText(differenceText(changes(before, after), 200)).split('\n')[0] ?? '';
  expect(text({ description: 'Old' }, {})).toBe('  ~ Operation GetA: description removed: "Old"');
  expect(text({}, { description: 'New' })).toBe('  ~ Operation GetA: description added: "New"');
  expect(text({ description: 'Old' }, { description: long })).toMatch(/ → "x+…"$/u);
});
