import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { Workspace } from '../support/workspace.ts';

/** A user without a settings file, who has signed in at an authority alone. */
async function signedInAt(cloud: FakeCloud): Promise<Workspace> {
  const workspace = await Workspace.create(cloud, { settings: null });
  const { exitCode, stderr } = await runInProcess(workspace, 'login', ...cloud.loginFlags);
  if (exitCode !== 0) throw new Error(stderr);
  await workspace.write('cloud.json', JSON.stringify(cloud.settings));
  cloud.forgetRequests();
  return workspace;
}

const list = ['list', '-e', 'Contoso (default)'];

describe('a sign-in at a custom authority', () => {
  test.each([
    [[], 'api.powerapps.com', 'public'],
    [['--cloud', 'public'], 'api.powerapps.com', 'public'],
    [['--pau', 'https://api.powerapps.com'], 'api.powerapps.com', 'public'],
    [['--cloud', 'gcc'], 'gov.api.powerapps.us', 'gcc'],
  ] as const)("has tokens that aren't sent to a cloud of Microsoft's: %j", async (more, service, name) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInAt(cloud);
    const { exitCode, stderr } = await runInProcess(workspace, ...list, ...more);
    const { host } = new URL(cloud.url);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: `Error: You signed in at ${host}, so paconn doesn't send your token to ${service} in the cloud ${name}.\nPass --power-apps-url <url>, or sign in to that cloud with:\n  paconn login --cloud ${name}\n`,
    });
    expect(cloud.requests).toEqual([]);
  });

  test.each([
    [
      'deploy',
      ['-y', '--force', '--concurrency', '1'],
      'connectors',
      /^3 connectors: 1 failed, 2 updated\.$/mu,
      'Mine',
    ],
    ['diff', ['--all'], 'comparisons', /^b in .*\nc in /mu, 'Sells pets.'],
  ] as const)(
    'fails for the folders of another cloud alone: %s',
    async (command, options, noun, shown, description) => {
      await using cloud = await FakeCloud.start();
      await using workspace = await signedInAt(cloud);
      await runInProcess(workspace, 'login', '-s', 'cloud.json');
      for (const name of ['a', 'b', 'c']) {
        const { id } = cloud.addConnector({ displayName: name });
        const settings = { ...cloud.settings, environment: cloud.environment.id, connectorId: id };
        const powerAppsUrl = name === 'a' ? 'https://api.powerapps.com' : settings.powerAppsUrl;
        await workspace.write(`${name}/settings.json`, JSON.stringify({ ...settings, powerAppsUrl }));
        await workspace.write(`${name}/apiProperties.json`, petStoreProperties);
        await workspace.write(`${name}/apiDefinition.swagger.json`, petStore({ title: name, description: 'Mine' }));
      }
      const { exitCode, stderr } = await runInProcess(workspace, command, 'a', 'b', 'c', ...options);
      expect(exitCode).toBe(3);
      expect(stderr).toContain(`of 3 ${noun} failed:\n  a: You signed in at ${new URL(cloud.url).host}`);
      expect(stderr).toMatch(shown);
      expect(cloud.connectors().slice(1)).toMatchObject([{ description }, { description }]);
      // Where it's so for all, it is said once.
      const all = await runInProcess(workspace, 'deploy', 'b', 'c', '-y', '-u', 'https://api.powerapps.com');
      expect(all).toMatchObject({ exitCode: 3, stderr: expect.stringMatching(/2 failed\.\nError: You signed in at/u) });
    },
  );

  test('uses the service of a settings file, without a second sign-in', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInAt(cloud);
    const { exitCode, stderr } = await runInProcess(workspace, 'login', '-s', 'cloud.json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'Login successful.\n' });
    expect(cloud.requests).toEqual([]);
    expect(await runInProcess(workspace, ...list)).toMatchObject({ exitCode: 0 });
  });

  test('is not used for another service only because it came first', async () => {
    await using cloud = await FakeCloud.start();
    await using other = await FakeCloud.start();
    await using workspace = await signedInAt(cloud);
    await runInProcess(workspace, 'login', '-s', 'cloud.json');
    expect(await runInProcess(workspace, 'login', ...other.loginFlags)).toMatchObject({ exitCode: 0 });
    cloud.forgetRequests();
    expect(await runInProcess(workspace, ...list)).toMatchObject({ exitCode: 3 });
    expect(cloud.requests).toEqual([]);
  });
});
