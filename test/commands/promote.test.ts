import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

const valuesFile = 'paconn.environments.json';

async function shop() {
  const cloud = await FakeCloud.start();
  const testing = cloud.addEnvironment({ displayName: 'Contoso Test' });
  const connector = cloud.addConnector({ apiDefinition: petStore({ title: 'Pets' }) });
  const workspace = await signedIn(cloud, { settings: { ...cloud.settings } });
  const argv = ['deploy', '--from-environment', cloud.environment.id, '--connector', 'Pets'];
  return { cloud, workspace, testing, connector, argv: [...argv, '--to-environment', 'Contoso Test'] };
}

describe('deploy --from-environment', () => {
  test('creates the connector, changes nothing, then updates it, with the values of the environment', async () => {
    const { cloud, workspace, testing, connector, argv } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write(valuesFile, JSON.stringify({ 'Contoso Test': { '/host': 'api.test.contoso.example' } }));
    const rehearsed = await runInProcess(workspace, ...argv, '--dry-run');
    expect(rehearsed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Would create Pets in') });
    expect(cloud.connectors(testing.id)).toEqual([]);
    expect((await runInProcess(workspace, ...argv)).stderr).toContain('created successfully.');
    const [there] = cloud.connectors(testing.id);
    expect(there?.displayName).toBe('Pets');
    expect(there?.serviceUrl).toBe('https://api.test.contoso.example/v1');
    expect((await runInProcess(workspace, ...argv)).stderr).toContain('is up to date.');
    cloud.edit(connector.id, { apiDefinition: petStore({ title: 'Pets', description: 'More pets.' }) });
    expect((await runInProcess(workspace, ...argv)).stderr).toContain('updated successfully.');
    expect(cloud.connectors(testing.id)[0]).toMatchObject({ description: 'More pets.', serviceUrl: there?.serviceUrl });
    expect(await workspace.list('.')).toEqual(expect.not.arrayContaining(['paconn.base.json']));
  });

  test('sends no icon if the connector has none', async () => {
    const { cloud, workspace, testing, argv } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write('plain/apiDefinition.swagger.json', petStore({ title: 'Plain' }));
    await workspace.write('plain/apiProperties.json', petStoreProperties);
    const service = ['-u', cloud.url];
    expect(await runInProcess(workspace, 'deploy', 'plain', '-e', cloud.environment.id, ...service)).toMatchObject({
      exitCode: 0,
    });
    cloud.forgetRequests();
    const promoted = await runInProcess(workspace, ...argv.map((word) => (word === 'Pets' ? 'Plain' : word)));
    expect(promoted).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('created successfully.') });
    expect(cloud.connectors(testing.id)).toHaveLength(1);
    expect(cloud.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  test('checks the values as they are sent', async () => {
    const { cloud, workspace, testing, argv } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    const refused = await runInProcess(workspace, ...argv, '--set', '/host=https://api.contoso.example/v1');
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--set: error: ') });
    expect(cloud.connectors(testing.id)).toEqual([]);
  });

  test("stops before it overwrites another user's change in the target", async () => {
    const { cloud, workspace, testing, connector, argv } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    await runInProcess(workspace, ...argv);
    const change = (description: string): string => petStore({ title: 'Pets', description });
    cloud.edit(connector.id, { apiDefinition: change('One.') });
    await runInProcess(workspace, ...argv);
    const there = cloud.connectors(testing.id)[0]?.id ?? '';
    cloud.edit(there, { apiDefinition: change('Theirs.') });
    cloud.edit(connector.id, { apiDefinition: change('Two.') });
    const stopped = await runInProcess(workspace, ...argv);
    expect(stopped).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('--force') });
    expect(cloud.connector(there).apiDefinition).toContain('Theirs.');
    expect(await runInProcess(workspace, ...argv, '--force')).toMatchObject({ exitCode: 0 });
    expect(cloud.connector(there).apiDefinition).toContain('Two.');
  });

  test.each([
    ['created it', false],
    ['found it up to date', true],
  ])("stops before it overwrites another user's first change since it %s", async (_what, isThere) => {
    const { cloud, workspace, testing, connector, argv } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    if (isThere) cloud.addConnector({ apiDefinition: petStore({ title: 'Pets' }), environment: testing.id });
    const first = await runInProcess(workspace, ...argv);
    expect(first.stderr).toContain(isThere ? 'is up to date.' : 'created successfully.');
    const there = cloud.connectors(testing.id)[0]?.id ?? '';
    cloud.edit(there, { apiDefinition: petStore({ title: 'Pets', description: 'Theirs.' }) });
    cloud.edit(connector.id, { apiDefinition: petStore({ title: 'Pets', description: 'Ours.' }) });
    const stopped = await runInProcess(workspace, ...argv);
    expect(stopped).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('--force') });
    expect(cloud.connector(there).apiDefinition).toContain('Theirs.');
    // It has the change, too.
    cloud.edit(connector.id, { apiDefinition: petStore({ title: 'Pets', description: 'Theirs.' }) });
    expect((await runInProcess(workspace, ...argv)).stderr).toContain('is up to date.');
    cloud.edit(connector.id, { apiDefinition: petStore({ title: 'Pets', description: 'More.' }) });
    expect((await runInProcess(workspace, ...argv)).stderr).toContain('updated successfully.');
  });

  test('never copies a value of one environment to another', async () => {
    const { cloud, workspace, testing, argv } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    await workspace.write(valuesFile, JSON.stringify({ [cloud.environment.id]: { '/host': 'pets.contoso.example' } }));
    const result = await runInProcess(workspace, ...argv);
    expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('/host') });
    expect(cloud.connectors(testing.id)).toEqual([]);
    expect(await runInProcess(workspace, ...argv, '--set', '/host=x.contoso.example')).toMatchObject({ exitCode: 0 });
  });

  test('works from the folder of a connector, for another connector there, without its redirect URL', async () => {
    await using cloud = await FakeCloud.start();
    cloud.habits.rewrites = true;
    const testing = cloud.addEnvironment({ displayName: 'Contoso Test' });
    const files = { apiDefinition: petStore({ title: 'Pets' }), apiProperties: oAuthProperties() };
    const connector = cloud.addConnector(files);
    const other = cloud.addConnector({ ...files, displayName: 'Other', environment: testing.id });
    await using workspace = await signedIn(cloud, { connector, ...files });
    const argv = ['deploy', '--from-environment', 'default', '--to-environment', testing.id, '--to-connector', 'Other'];
    cloud.edit(connector.id, { apiDefinition: petStore({ title: 'Pets', description: 'More pets.' }) });
    const promoted = await runInProcess(workspace, ...argv);
    expect(promoted).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('updated successfully.') });
    expect(cloud.connectors(testing.id)).toMatchObject([{ id: other.id, description: 'More pets.' }]);
    expect(cloud.connector(other.id).lastBody).not.toContain('redirectUrl');
    expect((await runInProcess(workspace, ...argv)).stderr).toContain('is unchanged.');
  });

  test.each([
    [['deploy', '--to-environment', 'x'], '--to-environment can only be used with --from-environment.'],
    [['deploy', '--to-connector', 'x'], '--to-connector can only be used with --from-environment.'],
    [['deploy', '--from-environment', 'x'], '--from-environment requires --to-environment.'],
    [
      ['deploy', '--from-environment', 'x', '-e', 'y', '--to-environment', 'z'],
      "--environment and --to-environment can't be used together.",
    ],
  ])('%j', async (argv, message) => {
    const { cloud, workspace } = await shop();
    await using _cloud = cloud;
    await using _workspace = workspace;
    expect(await runInProcess(workspace, ...argv)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(message),
    });
  });
});
