import { readFile, rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const definition = 'apiDefinition.swagger.json';

/** Two connectors, Cats and Dogs, in the folders `pets/cats` and `pets/dogs`, with edited descriptions. */
async function twoConnectors(cloud: FakeCloud): Promise<Workspace> {
  const workspace = await signedIn(cloud, { settings: null });
  for (const title of ['Cats', 'Dogs']) {
    const { id: connectorId, environment } = cloud.addConnector({ displayName: title });
    const folder = `pets/${title.toLowerCase()}`;
    const named = { connectorId, environment, apiDefinition: definition, apiProperties: 'apiProperties.json' };
    await workspace.write(`${folder}/settings.json`, JSON.stringify({ ...named, ...cloud.settings }));
    await workspace.write(`${folder}/${definition}`, petStore({ title, description: 'Edited' }));
    await workspace.write(`${folder}/apiProperties.json`, petStoreProperties);
  }
  return workspace;
}

function descriptions(cloud: FakeCloud): readonly string[] {
  return cloud.connectors().map(({ description }) => description);
}

describe.each(['update', 'deploy'])('%s', (command) => {
  test.each([
    ['in the folder of a connector', 'pets/cats', [], ['Edited', 'Pets']],
    ['. is the same', 'pets/cats', ['.'], ['Edited', 'Pets']],
    ['of a folder', '.', ['pets/dogs'], ['Pets', 'Edited']],
    ['of a settings file', '.', ['pets/dogs/settings.json'], ['Pets', 'Edited']],
    ['of a folder in the place of a settings file', '.', ['-s', 'pets/dogs'], ['Pets', 'Edited']],
    ['of the folders below the current one', 'pets', [], ['Edited', 'Edited']],
    ['of the folders below, by a dot', '.', ['.'], ['Edited', 'Edited']],
    ['by a wildcard that the shell leaves', '.', ['pets/*'], ['Edited', 'Edited']],
    ['by a wildcard for one', '.', ['pets/c?ts'], ['Edited', 'Pets']],
    ['of several', '.', ['pets/cats', 'pets/dogs'], ['Edited', 'Edited']],
  ])('%s', async (_what, directory, args, expected) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    const before = descriptions(cloud)[0] ?? '';
    const { exitCode, stderr } = await runInProcessWith(workspace, [command, ...args], { directory });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(descriptions(cloud)).toEqual(expected.map((text) => (text === 'Pets' ? before : text)));
  });

  test('has options win over the settings of a folder, and files are named from where the user is', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    await workspace.write('other.json', petStore({ title: 'Cats', description: 'Other' }));
    const [cats] = cloud.connectors();
    const args = ['pets/cats', '-d', 'other.json', '-p', 'pets/cats/apiProperties.json'];
    const target = ['-e', cats?.environment ?? '', '-c', cats?.id ?? '', '-u', cloud.url];
    const { exitCode } = await runInProcess(workspace, command, ...args, ...target);
    expect(exitCode).toBe(0);
    expect(descriptions(cloud)[0]).toBe('Other');
  });

  test('finds the files of a folder without settings.json by their content', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    await rm(workspace.path('pets/cats/settings.json'));
    const [cats] = cloud.connectors();
    const target = ['-e', cats?.environment ?? '', '-c', cats?.id ?? '', '-u', cloud.url];
    const { exitCode, stderr } = await runInProcessWith(workspace, [command, 'pets/cats', ...target]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(descriptions(cloud)[0]).toBe('Edited');
  });

  test('names the folder for another file of it', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    expect(await runInProcess(workspace, command, `pets/cats/${definition}`)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: pets/cats/${definition} is a file, not the folder of a connector.\nRun:\n  paconn ${command} pets/cats\n`,
    });
  });

  test('does not show what may be a part of a secret', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    const { exitCode, stderr } = await runInProcess(workspace, command, '--secret', 'hush', 'hush-hush');
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      "Error: An argument isn't a folder.\nIf a value has spaces, put it in quotes. If a folder starts with a dash, use ./-name.\n",
    );
  });

  test('without a folder that matches a wildcard stops', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    expect(await runInProcess(workspace, command, 'pets/x*')).toMatchObject({
      exitCode: 2,
      stderr: 'Error: No folder matches pets/x*.\n',
    });
  });
});

describe('a command about one connector', () => {
  test.each([
    ['show', ['-o', 'json', '--query', 'name'], /^"Cats"\n$/u],
    ['diff', ['--query', 'differences', '-o', 'json'], /^\d+\n$/u],
    ['restore', ['--list', '--query', 'length(@)', '-o', 'json'], /^\d+\n$/u],
    ['list', ['--query', 'connectors[].name | join(`,`, @)', '-o', 'tsv'], /^Cats,Dogs\n$/u],
  ])('%s reads the settings of the current folder', async (command, args, expected) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    const { exitCode, stdout, stderr } = await runInProcessWith(workspace, [command, ...args], {
      directory: 'pets/cats',
    });
    expect({ exitCode, stdout, stderr }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(expected),
    });
  });

  test.each([
    ['show', ['pets/dogs'], 0],
    ['show', ['pets/dogs/settings.json'], 0],
    ['delete', ['pets/dogs', '--yes'], 0],
    ['create', ['pets/dogs', '-w', '--dry-run'], 0],
    ['download', ['pets/dogs', '-w'], 0],
    ['restore', ['pets/dogs', '--list'], 0],
    ['validate', ['pets/dogs', '--offline'], 0],
    ['diff', ['pets/dogs'], 0],
  ])('%s takes a folder: %j', async (command, args, exitCode) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    const result = await runInProcess(workspace, command, ...args);
    expect(result).toMatchObject({ exitCode });
  });

  test('delete deletes the one of the folder', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    await runInProcess(workspace, 'delete', 'pets/dogs', '--yes');
    expect(cloud.connectors().map(({ displayName }) => displayName)).toEqual(['Cats']);
  });

  test('create writes settings.json into the folder', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    await rm(workspace.path('pets/dogs/settings.json'));
    await workspace.write(`pets/dogs/${definition}`, petStore({ title: 'Birds' }));
    const result = await runInProcess(workspace, 'create', 'pets/dogs', '-e', cloud.environment.id, '-u', cloud.url);
    expect(result).toMatchObject({ exitCode: 0 });
    const created = cloud.connectors().find(({ displayName }) => displayName === 'Birds');
    expect(await workspace.readJson('pets/dogs/settings.json')).toMatchObject({ connectorId: created?.id });
    expect(await workspace.exists('settings.json')).toBe(false);
  });

  test('download writes the folder again, by the names that its settings have', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    for (const [directory, args] of [
      ['.', ['pets/cats']],
      ['pets/dogs', ['.']],
    ] as const) {
      const result = await runInProcessWith(workspace, ['download', ...args, '--overwrite'], { directory });
      expect(result).toMatchObject({ exitCode: 0 });
    }
    for (const folder of ['cats', 'dogs']) {
      expect(await readFile(workspace.path(`pets/${folder}/${definition}`), 'utf8')).not.toContain('Edited');
    }
  });

  test('download with a folder is download with --output-dir', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    const [cats] = cloud.connectors();
    const target = ['-e', cats?.environment ?? '', '-c', cats?.id ?? '', '-u', cloud.url];
    expect(await runInProcess(workspace, 'download', 'new', ...target)).toMatchObject({ exitCode: 0 });
    expect(await workspace.exists(`new/${definition}`)).toBe(true);
    expect(await runInProcess(workspace, 'download', 'new', '-d', 'other', ...target)).toMatchObject({ exitCode: 2 });
  });

  test('download in the folder of a connector names the way to refresh it', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    const { stderr } = await runInProcessWith(workspace, ['download', '-u', cloud.url], { directory: 'pets/cats' });
    expect(stderr).toMatch(
      /^Note: To download the connector in this folder again, run 'paconn download --power-apps-url \S+ \.'\.$/mu,
    );
    const line = ['download', '-n', '-w', '-u', cloud.url];
    const again = await runInProcessWith(workspace, line, { directory: 'pets/cats' });
    expect(again.stderr).toMatch(/ again, run 'paconn download [^']*--overwrite [^']*\.'\.$/mu);
  });

  test.each(['validate', 'diff'])('%s without arguments is about all folders below', async (command) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    const all = await runInProcess(workspace, command);
    expect(all).toEqual(await runInProcess(workspace, command, '.'));
    expect(all.exitCode).toBe(0);
    expect(all.stderr).toContain('2 connectors');
  });

  test('validate with a wildcard is about the same folders', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoConnectors(cloud);
    expect(await runInProcess(workspace, 'validate', 'pets/*')).toEqual(await runInProcess(workspace, 'validate'));
  });
});

describe('in another environment than that of the settings the connector is the one of its name', () => {
  async function inTwoEnvironments(cloud: FakeCloud) {
    const other = cloud.addEnvironment({ displayName: 'Second' });
    const workspace = await twoConnectors(cloud);
    const there = cloud.addConnector({ displayName: 'Cats', description: 'There', environment: other.id });
    return { workspace, other, there };
  }

  test.each([
    ['show', ['-o', 'json', '--query', 'connectorId']],
    ['show', ['pets/cats', '-o', 'json', '--query', 'connectorId']],
  ])('%s %j', async (command, args) => {
    await using cloud = await FakeCloud.start();
    const { workspace, there } = await inTwoEnvironments(cloud);
    await using _workspace = workspace;
    const directory = args.includes('pets/cats') ? '.' : 'pets/cats';
    const result = await runInProcessWith(workspace, [command, '--env', 'Second', ...args], { directory });
    expect(result).toMatchObject({ exitCode: 0, stdout: `"${there.id}"\n` });
  });

  test('diff, pull and update', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace, there } = await inTwoEnvironments(cloud);
    await using _workspace = workspace;
    const at = { directory: 'pets/cats' };
    expect(await runInProcessWith(workspace, ['diff', '-e', 'Second', '--text'], at)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^-.*There/mu),
    });
    const result = await runInProcessWith(workspace, ['update', '-e', 'Second', '--force'], at);
    expect(result).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(`${there.id} updated`) });
    expect(there.description).toBe('Edited');
    cloud.edit(there.id, { apiDefinition: petStore({ title: 'Cats', description: 'News' }) });
    expect(await runInProcessWith(workspace, ['pull', '-e', 'Second', '--theirs'], at)).toMatchObject({ exitCode: 0 });
    expect(await workspace.read(`pets/cats/${definition}`)).toContain('News');
  });

  test('diff of two environments, neither of which the settings name', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace } = await inTwoEnvironments(cloud);
    await using _workspace = workspace;
    const args = ['diff', 'environment', '--env', 'Second', '--to-env', '~default', '--text'];
    expect(await runInProcessWith(workspace, args, { directory: 'pets/cats' })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^-.*There/mu),
    });
  });

  test('and a missing one is reported', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace } = await inTwoEnvironments(cloud);
    await using _workspace = workspace;
    const result = await runInProcessWith(workspace, ['show', '-e', 'Second'], { directory: 'pets/dogs' });
    expect(result).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "Error: No connector named 'Dogs' found in Second.\nIf it has another name there, pass --connector.\n",
    });
  });
});

test.each([
  ['deploy', 'pets/x.json', ['-e', 'Contoso Test'], 'deploy --environment "Contoso Test" pets'],
  ['delete', 'pets/x.json', ['-e', 'a', '--yes', '--dry-run'], 'delete --dry-run pets --environment a'],
  ['download', 'pets/x.json', ['-e', 'a'], 'download pets --environment a'],
  ['download', 'x.json', ['-e', 'a'], 'download . --environment a'],
  ['restore', 'pets/x.json', [], 'restore pets'],
])('%s of the file %s with %j is told with these options', async (command, file, options, line) => {
  await using workspace = await Workspace.create(undefined, { files: { [file]: petStore() } });
  const { exitCode, stderr } = await runInProcess(workspace, command, file, ...options);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: `Error: ${file} is a file, not the folder of a connector.\nRun:\n  paconn ${line}\n`,
  });
});
