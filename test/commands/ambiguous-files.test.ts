import { mkdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

const properties = 'apiProperties.json';
const two = {
  'bikes-v1.swagger.json': petStore({ title: 'One' }),
  'bikes-v2.swagger.json': petStore({ title: 'Two' }),
};
const definition = { 'apiDefinition.swagger.json': petStore() };

/** A folder with these files, whose settings name an environment and perhaps a connector, and files if they are passed. */
async function folder(files: Readonly<Record<string, string>>, named: Readonly<Record<string, string>> = {}) {
  const cloud = await FakeCloud.start();
  const { id } = cloud.addConnector({ displayName: 'Pets', description: 'Before' });
  const settings = { ...cloud.settings, environment: cloud.environment.id, connectorId: id, ...named };
  const workspace = await signedIn(cloud, { settings, files });
  const before = JSON.stringify(cloud.connectors());
  return { cloud, workspace, id, settings, isUntouched: () => JSON.stringify(cloud.connectors()) === before };
}

describe.concurrent('several files that can be a part of the connector, and none named', () => {
  test.each([
    [
      'API definition',
      'apiDefinition',
      'bikes-v1.swagger.json, bikes-v2.swagger.json',
      { ...two, [properties]: petStoreProperties },
    ],
    [
      'API properties',
      'apiProperties',
      'apiProperties.dev.json, apiProperties.prod.json',
      { ...definition, 'apiProperties.dev.json': petStoreProperties, 'apiProperties.prod.json': petStoreProperties },
    ],
    [
      'script',
      'script',
      'backup of orders.csx, orders.csx',
      {
        ...definition,
        [properties]: petStoreProperties,
        'orders.csx': petScript('new'),
        'backup of orders.csx': petScript('old'),
      },
    ],
  ])('stop what sends, writes, or compares them: %s', async (words, key, names, files) => {
    const { cloud, workspace, settings, isUntouched } = await folder(files);
    await using _cloud = cloud;
    await using _workspace = workspace;
    const option = key === 'script' ? '--script' : key === 'apiProperties' ? '--api-properties' : '--api-definition';
    const error = `Error: Several files can be the ${words}: ${names}.\nName one of them as "${key}" in settings.json`;
    for (const [command, ...args] of [
      ['deploy', '.', '-y'],
      ['deploy', '.', '-n'],
      ['pull', '.'],
      ['update', '.', '--force', '-y'],
      ['create', '.', '-w'],
      ['diff', '.'],
      ['package', '.', '--dry-run'],
      ['convert', '.', '--to', 'solution'],
    ] as const) {
      const end = command === 'deploy' || command === 'pull' ? `, or pass ${option} <file>.` : '.';
      expect(await runInProcess(workspace, command, ...args)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining(`${error}${end}\n`),
      });
    }
    expect(isUntouched()).toBe(true);
    expect(await workspace.readJson('settings.json')).toEqual(settings);
    const { exitCode, stdout } = await runInProcess(workspace, 'validate', '.', '--offline', '-o', 'json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ rule: 'file-ambiguous', message: `Several files can be the ${words}: ${names}.` }],
    });
  });

  test('in one of several folders are an error of that folder', async () => {
    const { cloud, workspace } = await folder({});
    await using _cloud = cloud;
    await using _workspace = workspace;
    await mkdir(workspace.path('a'));
    const settings = JSON.stringify({ ...cloud.settings, environment: cloud.environment.id });
    for (const name of ['a', 'b']) {
      await workspace.write(`${name}/settings.json`, settings);
      await workspace.write(`${name}/${properties}`, petStoreProperties);
      await workspace.write(`${name}/one.swagger.json`, petStore({ title: name }));
    }
    await workspace.write('a/two.swagger.json', petStore({ title: 'Two' }));
    expect(await runInProcess(workspace, 'deploy', 'a', 'b', '-y')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(
        /Several files can be the API definition: a\/one\.swagger\.json, a\/two\.swagger\.json\.\nName one of them as "apiDefinition" in a\/settings\.json\./u,
      ),
    });
    expect(cloud.connectors().map(({ displayName }) => displayName)).toEqual(['Pets', 'b']);
  });

  test('do not stop what needs none of them', async () => {
    const { cloud, workspace, id } = await folder({ ...two, [properties]: petStoreProperties });
    await using _cloud = cloud;
    await using _workspace = workspace;
    expect(await runInProcess(workspace, 'show', '.')).toMatchObject({ exitCode: 0 });
    expect(await runInProcess(workspace, 'delete', '.', '--yes')).toMatchObject({ exitCode: 0 });
    expect(cloud.connectors().map((one) => one.id)).not.toContain(id);
  });

  test('are clear where settings or an option name one, or one has the usual name', async () => {
    const { cloud, workspace, settings } = await folder({ ...two, [properties]: petStoreProperties });
    await using _cloud = cloud;
    await using _workspace = workspace;
    const titleSent = async (...args: readonly string[]): Promise<string> => {
      expect(await runInProcess(workspace, 'deploy', '.', '--force', '-y', ...args)).toMatchObject({ exitCode: 0 });
      return /"title": ?"(\w+)"/u.exec(cloud.connectors()[0]?.apiDefinition ?? '')?.[1] ?? '';
    };
    expect(await titleSent('-d', 'bikes-v2.swagger.json')).toBe('Two');
    await workspace.write('settings.json', JSON.stringify({ ...settings, apiDefinition: 'bikes-v1.swagger.json' }));
    expect(await titleSent()).toBe('One');
    await workspace.write('settings.json', JSON.stringify(settings));
    await workspace.write('apiDefinition.swagger.json', petStore({ title: 'Usual' }));
    expect(await titleSent()).toBe('Usual');
  });

  test('are none with what the API definition was converted from', async () => {
    const openApi = '{ "openapi": "3.0.1", "info": { "title": "Bikes" }, "paths": {} }';
    const files = { 'bikes.json': openApi, 'orders.json': petStore(), [properties]: petStoreProperties };
    const { cloud, workspace } = await folder(files);
    await using _cloud = cloud;
    await using _workspace = workspace;
    expect(await runInProcess(workspace, 'update', '.', '--force', '-y')).toMatchObject({ exitCode: 0 });
  });
});

describe.concurrent('an icon and a script that the settings do not name with other files', () => {
  const files = { ...definition, [properties]: petStoreProperties, 'script.csx': 'class Other { }' };
  const named = { apiDefinition: 'apiDefinition.swagger.json', apiProperties: properties };
  const note = "Note: script.csx isn't used because settings.json names other files.\n";

  test('are neither checked nor sent, and a note says so', async () => {
    const { cloud, workspace } = await folder(files, named);
    await using _cloud = cloud;
    await using _workspace = workspace;
    expect(await runInProcess(workspace, 'validate', '.', '--offline')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(note),
    });
    expect(await runInProcess(workspace, 'update', '.', '--force', '-y')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(note),
    });
    expect(cloud.connectors()[0]?.script).toBeUndefined();
    await workspace.write('good.csx', petScript());
    const sent = await runInProcess(workspace, 'update', '.', '--force', '-y', '-x', 'good.csx');
    expect(sent).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining("isn't used") });
  });

  test('are not noted where the settings say that there is none', async () => {
    const { cloud, workspace, settings } = await folder(files, named);
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write('icon.png', petIcon());
    await workspace.write('settings.json', JSON.stringify({ ...settings, icon: null, script: null }));
    const { stderr } = await runInProcess(workspace, 'validate', '.', '--offline');
    expect(stderr).not.toContain("isn't used");
  });
});
