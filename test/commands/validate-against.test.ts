import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const name = 'apiDefinition.swagger.json';
const renamed = petStore().replace('"operationId": "GetPet"', '"operationId": "FetchPet"');

const connector = (folder: string, definition: string): Record<string, string> => ({
  [`${folder}/${name}`]: definition,
  [`${folder}/apiProperties.json`]: petStoreProperties,
});

const checked = ['validate', '--ignore', '5000.2.6.3'];
const validate = [...checked, '--offline'];

describe('what changed since publication', () => {
  const files = { ...connector('new', renamed), ...connector('old', petStore()) };
  const change = 'A published operation was removed or renamed: operation GetPet renamed to FetchPet.';

  test('is a warning, and an error with its policy for certification', async () => {
    await using workspace = await Workspace.create(undefined, { files });
    const plain = await runInProcess(workspace, ...validate, 'new', '--against', 'old');
    expect(plain).toMatchObject({ exitCode: 0 });
    expect(plain.stdout).toContain(`  22:24  warning  ${change}  change-operation-removed\n`);
    const run = async (...args: readonly string[]): Promise<string> => {
      const result = await runInProcess(workspace, ...validate, 'new', '--certification', '--against', 'old', ...args);
      expect(result.exitCode).toBe(1);
      return result.stdout;
    };
    expect(await run()).toContain(`error    ${change}  change-operation-removed  5000.2.6.2\n`);
    expect(await run('--format', 'github')).toContain('title=change-operation-removed 5000.2.6.2::');
    expect(JSON.parse(await run('--format', 'json')).findings).toContainEqual(
      expect.objectContaining({ rule: 'change-operation-removed', policy: '5000.2.6.2', message: change }),
    );
    expect(JSON.parse(await run('--format', 'sarif')).runs[0].results).toContainEqual(
      expect.objectContaining({ ruleId: 'change-operation-removed', properties: { policy: '5000.2.6.2' } }),
    );
  });

  test('is empty if nothing changed, and can be ignored by rule', async () => {
    await using workspace = await Workspace.create(undefined, { files });
    expect((await runInProcess(workspace, ...validate, 'old', '--against', 'old')).stdout).not.toContain('change-');
    const args = ['new', '--against', 'old', '--ignore', 'change-operation-removed'];
    expect((await runInProcess(workspace, ...validate, ...args)).stdout).not.toContain('change-');
  });

  test('is found in the environment of the settings', async () => {
    await using cloud = await FakeCloud.start();
    const environment = cloud.environment.id;
    const { id: connectorId } = cloud.addConnector({ apiDefinition: petStore() });
    const settings = JSON.stringify({ environment, connectorId, powerAppsUrl: cloud.url });
    await using workspace = await signedIn(cloud, { files: { ...files, 'new/settings.json': settings } });
    const { exitCode, stdout, stderr } = await workspace.paconn(...checked, 'new', '--against', 'environment');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'Swagger certification succeeded.\n' });
    expect(stdout).toContain(change);
    const none = await workspace.paconn(...checked, 'old', '--against', 'environment');
    expect(none).toMatchObject({ exitCode: 2, stdout: '' });
    expect(none.stderr).toMatch(
      /^Error: old\/.+ can't be compared: its settings don't name environment and connectorId\.\n/u,
    );
    await workspace.write('old/settings.json', JSON.stringify({ environment, powerAppsUrl: cloud.url }));
    expect((await workspace.paconn(...checked, 'old', '--against', 'environment')).stderr).toMatch(
      /^Error: old\/.+ can't be compared: its settings don't name connectorId\.\nAdd "connectorId" to its settings\.json, /u,
    );
  });

  test('that is gone from the environment is an error after what is wrong with the files', async () => {
    await using cloud = await FakeCloud.start();
    const settings = { environment: cloud.environment.id, connectorId: 'shared_gone', powerAppsUrl: cloud.url };
    const localFiles = {
      ...connector('new', renamed.replace('"2.0"', '"2"')),
      'new/settings.json': JSON.stringify(settings),
    };
    await using workspace = await signedIn(cloud, { files: localFiles });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...checked, 'new', '--against', 'environment');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining('1 error in 1 file.') });
    expect(stderr).toContain('shared_gone');
  });

  test.each([
    [['new/a'], "old doesn't contain the connector a."],
    [['new'], "old doesn't contain any of the 2 connectors."],
  ])('%j of a folder without them is an error', async (paths, words) => {
    const many = {
      ...connector('new/a', renamed),
      ...connector('new/b', renamed),
      ...connector('old/c', petStore()),
      ...connector('old/d', petStore()),
    };
    await using workspace = await Workspace.create(undefined, { files: many });
    const { exitCode, stderr } = await runInProcess(workspace, ...validate, ...paths, '--against', 'old');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringMatching(`^Error: ${words}\n`) });
  });

  test('of several is found in the folder with the same name', async () => {
    const many = {
      ...connector('new/a', renamed),
      ...connector('new/b', renamed),
      ...connector('old/a', petStore()),
      ...connector('old/c', petStore()),
    };
    await using workspace = await Workspace.create(undefined, { files: many });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...validate, 'new', '--against', 'old');
    expect(stdout.split(change)).toHaveLength(2);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^Error: 1 of 2 connectors isn't compared: old\/b doesn't exist\.\nCheck new connectors without --against\./mu,
    );
  });

  test.each([
    ['nowhere', 2, 'Error: Folder not found: nowhere\n'],
    ['empty', 1, "Error: empty doesn't contain a connector.\n"],
    ['bad', 1, `Error: bad/${name} isn't JSON: the connector can't be compared with it.\n`],
  ])('in %s ends with exit code %i', async (against, exitCode, error) => {
    const more = { ...connector('bad', 'swagger'), 'empty/readme.md': '' };
    await using workspace = await Workspace.create(undefined, { files: { ...files, ...more } });
    const result = await runInProcess(workspace, ...validate, 'new', '--against', against);
    expect(result.exitCode).toBe(exitCode);
    expect(result.stderr).toContain(error);
  });
});
