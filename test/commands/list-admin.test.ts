import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { adele, diego } from '../support/fake-cloud/users.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

describe('list --admin', () => {
  test('lists the connectors of all makers, with host and sign-in', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud);
    cloud.addConnector({ displayName: 'Orders', createdBy: diego, apiProperties: oAuthProperties() });
    const refused = await runInProcess(workspace, 'list', '--admin');
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is not an administrator') });
    const named = await runInProcess(workspace, 'list', '--admin', '-e', cloud.environment.displayName);
    expect(named.stderr).toContain("Error: Can't list the connectors of all makers in Contoso (default): ");
    cloud.sharing.administrators.add(adele.objectId);
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'list', '--admin', '-o', 'json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 2,
      connectors: expect.arrayContaining([
        expect.objectContaining({
          name: 'Orders',
          host: 'pets.contoso.example',
          authentication: ['oauth2'],
          createdBy: { id: diego.objectId, name: diego.displayName },
        }),
      ]),
    });
    const everywhere = await runInProcess(workspace, 'list', '--admin', '--all-environments');
    expect(everywhere.stdout).toContain('Orders');
  });

  test('an environment that refuses does not stop the others', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addConnector({ displayName: 'Orders', createdBy: diego });
    const other = cloud.addEnvironment({ displayName: 'Other' });
    await using workspace = await signedIn(cloud);
    cloud.sharing.administrators.add(adele.objectId);
    cloud.fault({ path: new RegExp(`scopes/admin/environments/${other.id}/`, 'u'), times: 9, status: 403 });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'list', '--admin', '--all-environments');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining(`Not listed: Other (${other.id}).`),
    });
    expect(stdout).toContain('Orders');
  });
});
