import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

const definition = 'apiDefinition.swagger.json';
const own = ['-p', 'apiProperties.json', '-d', definition];
const note =
  "Note: settings.json isn't used. --api-definition and --api-properties don't name the files of its connector. To update that connector with these files, add --settings settings.json.";

/** A folder whose settings name one of two connectors with the same name, and an environment. */
async function pets({ connectorId = 'shared_pets-one' }: { readonly connectorId?: string | undefined } = {}) {
  const cloud = await FakeCloud.start();
  for (const id of ['shared_pets-one', 'shared_pets-two']) cloud.addConnector({ id, displayName: 'Pets' });
  const environment = cloud.environment.id;
  const settings = { ...cloud.settings, environment, ...(connectorId && { connectorId }) };
  const files = { apiProperties: 'apiProperties.json', apiDefinition: definition };
  const workspace = await signedIn(cloud, {
    settings: { ...settings, ...files },
    apiDefinition: petStore({ title: 'Pets', description: 'Mine' }),
  });
  await workspace.write('other/other.json', petStore({ title: 'Other' }));
  await workspace.write('other/same.json', petStore({ title: 'Pets', description: 'Built' }));
  const address = ['-u', cloud.url, '-e', environment];
  const descriptions = () => cloud.connectors().map(({ id, description }) => [id, description]);
  return { cloud, workspace, address, descriptions };
}

describe.concurrent('deploy with options that name both files, in a folder with settings', () => {
  test('uses the settings where the files are its own, in the folder or from outside', async () => {
    const { cloud, workspace, address, descriptions } = await pets();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const before = descriptions();
    for (const options of [own, ['-p', 'apiProperties.json', '-d', workspace.path(definition)], [...own, ...address]]) {
      const { exitCode, stdout } = await runInProcess(workspace, 'deploy', ...options, '-n', '-o', 'json');
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ result: 'updated', connectorId: 'shared_pets-one' });
    }
    expect(descriptions()).toEqual(before);
    const done = await runInProcess(workspace, 'deploy', ...own);
    expect(done).toMatchObject({ exitCode: 0 });
    expect(done.stderr).not.toContain('Note: settings.json');
    expect(descriptions()).toEqual([['shared_pets-one', 'Mine'], before[1]]);
  });

  test('uses the settings where the API definition has the title of their connector', async () => {
    const { cloud, workspace, descriptions } = await pets();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const options = ['-p', 'apiProperties.json', '-d', 'other/same.json'];
    expect(await runInProcess(workspace, 'deploy', ...options)).toMatchObject({ exitCode: 0 });
    expect(descriptions()[0]).toEqual(['shared_pets-one', 'Built']);
  });

  test('writes the ID of a connector that it creates into the settings of its files', async () => {
    const { cloud, workspace } = await pets({ connectorId: '' });
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write(definition, petStore({ title: 'New' }));
    expect(await runInProcess(workspace, 'deploy', ...own)).toMatchObject({ exitCode: 0 });
    const made = cloud.connectors().find(({ displayName }) => displayName === 'New');
    expect(await workspace.readJson('settings.json')).toMatchObject({
      connectorId: made?.id,
      apiDefinition: definition,
    });
  });

  test('uses the settings that are named, too', async () => {
    const { cloud, workspace, descriptions } = await pets();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const before = descriptions();
    const other = ['-p', 'apiProperties.json', '-d', 'other/other.json', '-n', '-o', 'json'];
    const { stdout } = await runInProcess(workspace, 'deploy', '-s', 'settings.json', ...other);
    expect(JSON.parse(stdout)).toMatchObject({ result: 'updated', connectorId: 'shared_pets-one' });
    expect(descriptions()).toEqual(before);
  });

  test('never sends the files of another connector over the one of the settings', async () => {
    const { cloud, workspace, address, descriptions } = await pets();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const before = descriptions();
    const settings = await workspace.read('settings.json');
    const options = ['-p', 'apiProperties.json', '-d', 'other/other.json'];
    const unaddressed = await runInProcess(workspace, 'deploy', ...options, '-u', cloud.url);
    expect(unaddressed.exitCode).toBe(2);
    expect(unaddressed.stderr).toContain(
      `${note}\nError: The environment must be specified.\nPass --environment <environment>, or --settings settings.json.\n`,
    );
    const refused = await runInProcess(workspace, 'deploy', ...options, ...address);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain(`${note}\nError: settings.json already exists. Nothing was created.`);
    expect(refused.stderr).toContain(`paconn deploy --power-apps-url ${cloud.url} -s settings.json`);
    expect(descriptions()).toEqual(before);
    expect(await workspace.read('settings.json')).toBe(settings);
    // A connector of that name is the one that is meant.
    cloud.addConnector({ id: 'shared_other', displayName: 'Other' });
    expect(await runInProcess(workspace, 'deploy', ...options, ...address, '--force')).toMatchObject({ exitCode: 0 });
    expect(descriptions().slice(0, 2)).toEqual(before);
    expect(await workspace.read('settings.json')).toBe(settings);
  });

  test('writes new settings in a folder without any, for files of another folder, too', async () => {
    const { cloud, workspace, address } = await pets();
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write('empty/.keep', '');
    const options = ['-p', '../apiProperties.json', '-d', '../other/other.json', ...address];
    const made = await runInProcessWith(workspace, ['deploy', ...options], { directory: 'empty' });
    expect(made).toMatchObject({ exitCode: 0 });
    expect(made.stderr).not.toContain('Note:');
    const { id } = cloud.connectors().find(({ displayName }) => displayName === 'Other') ?? {};
    expect(await workspace.readJson('empty/settings.json')).toMatchObject({ connectorId: id });
  });

  test('create stops at settings that are there, whatever files are named', async () => {
    const { cloud, workspace, address } = await pets();
    await using _cloud = cloud;
    await using _workspace = workspace;
    for (const file of [definition, 'other/other.json']) {
      const refused = await runInProcess(workspace, 'create', '-p', 'apiProperties.json', '-d', file, ...address);
      expect(refused.exitCode).toBe(2);
      expect(refused.stderr).toContain('settings.json already exists and would be overwritten.');
    }
    expect(cloud.connectors()).toHaveLength(2);
  });
});
