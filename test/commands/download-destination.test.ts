import { mkdir, symlink } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Connector } from '../support/fake-cloud/connector.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { hasModes, slashed } from '../support/system.ts';
import type { Workspace } from '../support/workspace.ts';

const names = ['apiDefinition.swagger.json', 'apiProperties.json', 'icon.png', 'settings.json'];

describe('the destination', () => {
  test.each(['new', 'new/and/deep', './new/'])('%s is made, parents and all', async (destination) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector });
    expect(await runInProcess(workspace, 'download', '-s', 'settings.json', '--dest', destination)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `The connector is downloaded to ${workspace.path(destination).replace(/[\\/]$/u, '')}.\n`,
    });
    expect(await workspace.list(destination)).toEqual(names);
  });

  describe('that has files which its settings leave open gets no others beside them', () => {
    const definition = petStore({ description: 'Old' });

    async function unnamed(cloud: FakeCloud, files: Readonly<Record<string, string>>): Promise<Workspace> {
      const { id, environment } = cloud.addConnector();
      const settings = { connectorId: id, environment, powerAppsUrl: cloud.url, flowUrl: cloud.url };
      const text = {
        'apiProperties.json': '{ "properties": {} }',
        'settings.json': JSON.stringify(settings),
        ...files,
      };
      const inPets = Object.entries(text).map(([name, content]) => [`pets/${name}`, content]);
      return await signedIn(cloud, { settings: null, files: Object.fromEntries(inPets) });
    }

    test.each([['pets'], ['--all']])('%s', async (place) => {
      await using cloud = await FakeCloud.start();
      await using workspace = await unnamed(cloud, { 'orders.swagger.json': definition });
      const where = ['-e', cloud.environment.id, '-u', cloud.url];
      expect(await runInProcess(workspace, 'download', place, '-w', ...where)).toMatchObject({ exitCode: 0 });
      expect(await workspace.list('pets')).toEqual([
        'apiProperties.json',
        'icon.png',
        'orders.swagger.json',
        'settings.json',
      ]);
      expect(JSON.parse(await workspace.read('pets/orders.swagger.json'))).toEqual(JSON.parse(petStore()));
      expect(await workspace.readJson('pets/settings.json')).toMatchObject({ apiDefinition: 'orders.swagger.json' });
    });

    test.each([['pets'], ['--all']])('and stops where several can be one of them: %s', async (place) => {
      await using cloud = await FakeCloud.start();
      const files = { 'orders.swagger.json': definition, 'pets.swagger.json': definition };
      await using workspace = await unnamed(cloud, files);
      const before = await workspace.listAll();
      const where = ['-e', cloud.environment.id, '-u', cloud.url];
      const { exitCode, stderr } = await runInProcess(workspace, 'download', place, '-w', ...where);
      expect(exitCode).not.toBe(0);
      expect(stderr).toMatch(/orders\.swagger\.json.+pets\.swagger\.json/u);
      expect(await workspace.listAll()).toEqual(before);
    });
  });

  test('that is empty is ignored: the folder has the name of the connector', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector });
    expect((await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '')).exitCode).toBe(0);
    expect(await workspace.list(connector.id)).toEqual(names);
  });

  test('may be absolute, and there already with other files in it', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, files: { 'there/notes.txt': 'mine' } });
    const result = await workspace.paconn('download', '-s', 'settings.json', '-d', workspace.path('there'));
    expect(result.stderr).toBe(`The connector is downloaded to ${workspace.path('there')}.\n`);
    expect(await workspace.list('there')).toEqual([...names, 'notes.txt'].toSorted((a, b) => (a < b ? -1 : 1)));
  });

  test.each(['file', 'file/below'])('%s that is a file, or below one, is told as such', async (destination) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, files: { file: 'x' } });
    const { exitCode, stdout, stderr } = await runInProcess(
      workspace,
      'download',
      '-s',
      'settings.json',
      '-d',
      destination,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(slashed(stderr)).toMatch(
      /^Error: .+\/file(\/below)? can't be written: (a file of that name is in the way|a part of the path isn't a folder)\.\n$/u,
    );
    expect(await workspace.list()).toEqual(['file', 'settings.json']);
  });

  test.each(['shared_..', 'shared_x/../../y', 'shared_a\\b', 'shared_a b'])(
    'is never what a connector ID like %s says',
    async (id) => {
      await using cloud = await FakeCloud.start();
      await using workspace = await signedIn(cloud);
      const flags = ['-e', cloud.environment.id, '-c', id, '-u', cloud.url];
      const { exitCode, stdout, stderr } = await workspace.paconn('download', ...flags);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toBe(`Error: '${id}' isn't a connector ID (letters, digits, _ . -).\n`);
      expect(cloud.requests).toEqual([]);
    },
  );

  test.each(['..', '../up', 'a/b', 'a\\b', '.', '/etc', 'a b'])('is never what a name like %s says', async (name) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud);
    const flags = ['-e', cloud.environment.id, '-c', name, '-u', cloud.url];
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'download', ...flags);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`Error: Can't find the connector '${name}' in the environment`);
    expect(await workspace.list()).toEqual(['settings.json']);
  });
});

describe('with a settings file', () => {
  test('names come from there, below the destination, and missing directories are made', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: 'class Script {}' });
    const settings = {
      apiProperties: 'properties/mine.json',
      apiDefinition: './definition.json',
      icon: 'deep/er/logo.svg',
      script: 'code.cs',
      tenant: 'contoso.example',
      flowApiVersion: '2017-01-01',
    };
    await using workspace = await signedIn(cloud, { connector, settings });
    await workspace.write('my settings.json', await workspace.read('settings.json'));
    expect((await runInProcess(workspace, 'download', '-s', 'my settings.json', '-d', 'out')).exitCode).toBe(0);
    expect(await workspace.list('out')).toEqual([
      'code.cs',
      'deep/er/logo.svg',
      'definition.json',
      'properties/mine.json',
      'settings.json',
    ]);
    expect(await workspace.read('out/settings.json')).toBe(`{
  "connectorId": "${connector.id}",
  "environment": "${connector.environment}",
  "apiProperties": "properties/mine.json",
  "apiDefinition": "./definition.json",
  "icon": "deep/er/logo.svg",
  "powerAppsUrl": "${cloud.url}",
  "powerAppsApiVersion": "2016-11-01",
  "script": "code.cs"
}`);
  });

  const refused = (workspace: Workspace, name: string, destination = 'out') => ({
    exitCode: 2,
    stdout: '',
    stderr: `Error: The file name '${name}' is outside the folder ${workspace.path(destination)}. Nothing was written.\nUse file names without .. in the settings file.\n`,
  });

  async function workspaceWith(cloud: FakeCloud, connector: Connector, icon: string): Promise<Workspace> {
    return await signedIn(cloud, { connector, settings: { icon } });
  }

  test.each(['../evil.png', 'a/../../evil.png', '/tmp/evil.png', '..', '.', 'a/..'])(
    'the name %s leads out, and nothing is written',
    async (icon) => {
      await using cloud = await FakeCloud.start();
      await using workspace = await workspaceWith(cloud, cloud.addConnector(), icon);
      const result = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'out', '--overwrite');
      expect(result).toEqual(refused(workspace, icon));
      expect(await workspace.list()).toEqual(['settings.json']);
    },
  );

  test.each([
    ['NUL', 'NUL'],
    ['icons/COM1 .png', 'COM1 .png'],
    ['icon.png:stream', 'icon.png:stream'],
    ['icons./icon.png', 'icons.'],
  ])('the name %s is none on Windows, and nothing is written', async (icon, part) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceWith(cloud, cloud.addConnector(), icon);
    expect(await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'out')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: Windows doesn't allow a file or folder with the name '${part}'. Nothing was written.\nUse another file name in the settings file.\n`,
    });
    expect(await workspace.list()).toEqual(['settings.json']);
  });

  test.skipIf(!hasModes).each(['link/evil.png', 'link/deeper/evil.png'])(
    '%s leads out through a link',
    async (icon) => {
      await using cloud = await FakeCloud.start();
      await using workspace = await workspaceWith(cloud, cloud.addConnector(), icon);
      await mkdir(workspace.path('out'));
      await mkdir(workspace.path('elsewhere'));
      await symlink('../elsewhere', workspace.path('out', 'link'));
      expect(await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'out')).toEqual(
        refused(workspace, icon),
      );
      expect(await workspace.list()).toEqual(['elsewhere/', 'out/link', 'settings.json']);
    },
  );

  test.skipIf(!hasModes)('a link as the destination itself is where the user wants the files', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceWith(cloud, cloud.addConnector(), 'deep/icon.png');
    await mkdir(workspace.path('elsewhere'));
    await symlink('elsewhere', workspace.path('out'));
    expect((await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'out')).exitCode).toBe(0);
    expect(await workspace.exists('elsewhere/deep/icon.png')).toBe(true);
  });

  test.each(['settings.json', 'apiProperties.json', 'APIPROPERTIES.json', './settings.json', 'a/../settings.json'])(
    'two files cannot both be %s',
    async (icon) => {
      await using cloud = await FakeCloud.start();
      await using workspace = await workspaceWith(cloud, cloud.addConnector(), icon);
      const { exitCode, stderr } = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'out');
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/^Error: Two files of the connector would have the name \S+\. Nothing was written\.\n$/u);
      expect(await workspace.list()).toEqual(['settings.json']);
    },
  );

  test('a folder with the name of a file stays', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceWith(cloud, cloud.addConnector(), 'icon.png');
    await workspace.write('out/icon.png/inside.txt', 'mine');
    const { exitCode, stderr } = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', 'out', '-w');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `Error: ${workspace.path('out/icon.png')} can't be written: it's a folder.\n`,
    });
    expect(await workspace.list('out')).toEqual(['icon.png/inside.txt']);
  });
});

describe('without a terminal', () => {
  test.each([
    [
      [],
      'environment and the connector',
      'Pass --environment <environment> and --connector <connector>, or the folder of a connector.',
    ],
    [['-e', 'x'], 'connector', 'Pass --connector <connector>, or "connectorId" in the settings file.'],
    [['-c', 'shared_x'], 'environment', 'Pass --environment <environment>, or "environment" in the settings file.'],
  ])('download %j says what is missing', async (args, what, hint) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: null });
    expect(await runInProcess(workspace, 'download', '-u', cloud.url, ...args)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: The ${what} must be specified.\n${hint}\n`,
    });
    expect(cloud.requests).toEqual([]);
  });
});
