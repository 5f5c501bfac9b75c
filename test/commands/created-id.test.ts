import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

const creation = { method: 'POST', path: /\/apis$/u };
const commands = [
  ['create', '-s', 'settings.json', '-w', '--skip-validation'],
  ['deploy', '-s', 'settings.json', '--yes', '--skip-validation'],
];

describe.concurrent.each(commands)('%s', (...command) => {
  test.each([
    ['leads elsewhere', '../../../etc/x', "'name' isn't a connector ID (letters, digits, _ . -)."],
    ['breaks the line', 'shared_a\n##vso[task.x]', "'name' isn't a connector ID (letters, digits, _ . -)."],
    ['is of nothing', 'shared_none-5f1', "shared_none-5f1 doesn't exist."],
  ])('does not keep an ID that %s', { timeout: 60_000 }, async (_what, name, why) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    cloud.fault({ ...creation, status: 201, json: { name } });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...command);
    expect(stderr).toContain(`Error: Can't create the connector: the service returned an unexpected response: ${why}`);
    expect(stderr).toContain(
      "The connector 'Pet Store' may have been created anyway.\nBefore you try again, look for it",
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(await workspace.readJson('settings.json')).not.toHaveProperty('connectorId');
  });

  test.each([
    ['of nothing', 'shared_none-5f1'],
    ['of another connector', undefined],
  ])('finds the connector where the ID in the answer is %s', { timeout: 60_000 }, async (_what, name) => {
    await using cloud = await FakeCloud.start();
    const other = cloud.addConnector({ displayName: 'Other' });
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    cloud.fault({ ...creation, status: 201, hasEffect: true, json: { name: name ?? other.id.toUpperCase() } });
    const { exitCode, stderr } = await runInProcess(workspace, ...command);
    const made = cloud.connectors().find(({ displayName }) => displayName === 'Pet Store');
    expect(stderr).toContain("The connector 'Pet Store' was created anyway.");
    expect(stderr).not.toContain('--rename');
    expect(exitCode).toBe(0);
    expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: made?.id });
  });

  test('keeps the ID in an answer that has nothing else', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    cloud.fault({ method: 'GET', path: /\/apis\/shared_/u, times: 99, status: 403, json: { error: { code: 'No' } } });
    cloud.fault({ ...creation, status: 201, json: { name: 'shared_new-5f1' } });
    const { exitCode, stderr } = await runInProcess(workspace, ...command);
    expect(stderr).toContain('Warning: The connector was created');
    expect(exitCode).toBe(0);
    expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: 'shared_new-5f1' });
  });
});
