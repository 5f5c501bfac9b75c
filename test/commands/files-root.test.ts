import { describe, expect, test } from 'vitest';
import type { Connector } from '../support/fake-cloud/connector.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { slashed } from '../support/system.ts';
import type { Workspace } from '../support/workspace.ts';

const definition = 'apiDefinition.swagger.json';
const properties = 'apiProperties.json';

interface Folders {
  readonly weather: string;
  /** In another folder, or in the current one. */
  readonly pets?: string;
}

/** The settings and files of a connector in `weather`, and files of the same names in `pets`. */
async function twoFolders(cloud: FakeCloud, { weather, pets }: Folders, own: object = {}): Promise<Workspace> {
  const connector = cloud.addConnector();
  const { id: connectorId, environment } = connector;
  const settings = { connectorId, environment, apiDefinition: definition, apiProperties: properties, ...own };
  const written = JSON.stringify({ ...settings, powerAppsUrl: cloud.url, flowUrl: cloud.url }, undefined, 2);
  const files = {
    'weather/settings.json': written,
    [`weather/${definition}`]: weather,
    [`weather/${properties}`]: petStoreProperties,
    ...(pets !== undefined && { [`pets/${definition}`]: pets, [`pets/${properties}`]: petStoreProperties }),
    'pets/notes.txt': '',
  };
  return await signedIn(cloud, { settings: null, files });
}

const inPets = { directory: 'pets' };
const named = ['-s', '../weather/settings.json'];
const weather = petStore({ description: 'Weather' });
const pets = petStore({ description: 'Pets' });

function onlyConnector(cloud: FakeCloud): Connector {
  const [connector] = cloud.connectors();
  if (!connector) throw new Error('There is no connector.');
  return connector;
}

describe.concurrent('paths in a settings file of another folder', () => {
  test.each([['update'], ['deploy'], ['pull'], ['create']])(
    'stop %s where both folders have all files and they differ, before any request',
    async (command) => {
      await using cloud = await FakeCloud.start();
      await using workspace = await twoFolders(cloud, { weather, pets });
      const before = onlyConnector(cloud).apiDefinition;
      expect(await runInProcessWith(workspace, [command, ...named], inPets)).toEqual({
        exitCode: 2,
        stdout: '',
        stderr: `Error: settings.json names files that exist in both ../weather and the current folder, and they differ.
To use the files in ../weather, pass --relative-to settings. To use the files in the current folder, pass --relative-to current.
`,
      });
      expect(cloud.requests).toEqual([]);
      expect(onlyConnector(cloud).apiDefinition).toBe(before);
    },
  );

  test.each([
    ['settings', weather],
    ['current', pets],
  ])('start where --relative-to %s says', async (root, sent) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoFolders(cloud, { weather, pets });
    const update = ['update', ...named, '--relative-to', root];
    expect(await runInProcessWith(workspace, update, inPets)).toMatchObject({ exitCode: 0 });
    expect(onlyConnector(cloud).apiDefinition).toBe(sent.trimEnd());
  });

  test.each([
    ['settings', weather],
    ['current', pets],
  ])('start where the settings file itself says: %s', async (relativeTo, sent) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoFolders(cloud, { weather, pets }, { paconn: { relativeTo } });
    expect(await runInProcessWith(workspace, ['update', ...named], inPets)).toMatchObject({ exitCode: 0 });
    expect(onlyConnector(cloud).apiDefinition).toBe(sent.trimEnd());
  });

  test('start nowhere else: another word in the settings file is an error', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoFolders(cloud, { weather }, { paconn: { relativeTo: 'here' } });
    const { exitCode, stderr } = await runInProcessWith(workspace, ['update', ...named], inPets);
    expect(exitCode).toBe(1);
    expect(slashed(stderr)).toMatch(/^Error: \.\.\/weather\/settings\.json: .*paconn.*relativeTo.*settings.*current/u);
  });

  test('start at the settings file where only its folder has all of them', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoFolders(cloud, { weather });
    // One of them alone is not the connector.
    await workspace.write(`pets/${properties}`, '{"properties":{"iconBrandColor":"#000000"}}');
    expect(await runInProcessWith(workspace, ['update', ...named], inPets)).toMatchObject({ exitCode: 0 });
    expect(onlyConnector(cloud).apiDefinition).toBe(weather.trimEnd());
    expect(onlyConnector(cloud).apiProperties).not.toContain('#000000');
  });

  test('start at the current folder where only that has all of them, as in the Python tool', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoFolders(cloud, { weather, pets }, { icon: 'icon.png' });
    await workspace.write('pets/icon.png', petIcon());
    expect(await runInProcessWith(workspace, ['update', ...named], inPets)).toMatchObject({ exitCode: 0 });
    expect(onlyConnector(cloud).apiDefinition).toBe(pets.trimEnd());
  });

  test('make no difference where the files are the same', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoFolders(cloud, { weather, pets: weather });
    expect(await runInProcessWith(workspace, ['update', ...named], inPets)).toMatchObject({ exitCode: 0 });
  });

  test('lead to an error that names both folders where neither has all of them', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoFolders(cloud, { weather, pets }, { icon: 'icon.png' });
    expect(await runInProcessWith(workspace, ['update', ...named], inPets)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'Error: File does not exist: icon.png\nNeither ../weather nor the current folder has all files that settings.json names.\n',
    });
  });

  test.each([['icon'], ['script']])('lead to an error that names the %s that neither has', async (key) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoFolders(cloud, { weather }, { [key]: 'missing' });
    expect(await runInProcessWith(workspace, ['update', ...named], inPets)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^Error: File does not exist: missing\nNeither /u),
    });
  });

  test('are those of the current folder for validate and diff, which warn', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoFolders(cloud, { weather, pets });
    const warning =
      'Warning: settings.json names files that exist in both ../weather and the current folder, and they differ. The files in the current folder are used (--relative-to current).\n';
    const validate = await runInProcessWith(workspace, ['validate', ...named, '--offline'], inPets);
    expect(validate).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(warning) });
    const diff = await runInProcessWith(workspace, ['diff', ...named], inPets);
    expect(diff).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(warning) });
    expect(diff.stdout).toContain('"Pets"');
    const other = await runInProcessWith(workspace, ['diff', ...named, '--relative-to', 'settings'], inPets);
    expect(other.stdout).toContain('"Weather"');
    expect(other.stderr).not.toContain('Warning');
  });

  test('are shown from the current folder', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoFolders(cloud, { weather: petStore().replace('"2.0"', '"2"') });
    const { exitCode, stdout } = await runInProcess(workspace, 'validate', '-s', 'weather/settings.json', '--offline');
    expect(exitCode).toBe(1);
    expect(slashed(stdout)).toContain(`weather/${definition}`);
  });

  test('start at a folder that is named, and never anywhere else', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoFolders(cloud, { weather }, { apiDefinition: 'other.json' });
    await workspace.write('other.json', pets);
    const validate = await runInProcess(workspace, 'validate', 'weather', '--offline');
    expect(validate.exitCode).toBe(1);
    expect(validate.stdout).toContain('settings-file-missing');
    const update = await runInProcess(workspace, 'update', 'weather');
    expect(update.exitCode).toBe(1);
    expect(slashed(update.stderr)).toContain('File does not exist: weather/other.json');
  });

  test('are where a pull writes to, and a file that comes is named from there', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoFolders(cloud, { weather: petStore() });
    const settings = 'weather/settings.json';
    expect(await runInProcess(workspace, 'update', '-s', settings)).toMatchObject({ exitCode: 0 });
    const edited = petStore().replace('"Get a pet"', '"Theirs"');
    cloud.edit(onlyConnector(cloud).id, { apiDefinition: edited, script: petScript() });
    expect(await runInProcess(workspace, 'pull', '-s', settings)).toMatchObject({ exitCode: 0 });
    expect(await workspace.read(`weather/${definition}`)).toContain('"Theirs"');
    expect(await workspace.read('weather/script.csx')).toBe(petScript());
    expect(await workspace.readJson(settings)).toMatchObject({ script: 'script.csx' });
    expect(await workspace.list('.')).not.toContain('script.csx');
  });

  test('keep a pull from writing anywhere else', async () => {
    await using cloud = await FakeCloud.start();
    const own = { apiDefinition: '../pets/apiDefinition.swagger.json', apiProperties: `../pets/${properties}` };
    await using workspace = await twoFolders(cloud, { weather, pets }, own);
    expect(await runInProcess(workspace, 'pull', '-s', 'weather/settings.json', '--theirs')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is outside the folder'),
    });
    expect(await workspace.read(`pets/${definition}`)).toBe(pets);
  });

  test('are in the settings file of a new connector as they are from there', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoFolders(cloud, { weather });
    expect(await runInProcess(workspace, 'create', '-s', 'weather/settings.json')).toMatchObject({ exitCode: 0 });
    expect(await workspace.readJson('settings.json')).toMatchObject({ apiDefinition: `weather/${definition}` });
  });
});
