import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { openRemote } from '../support/remote.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { petStore } from '../support/pet-store.ts';

describe.concurrent('a gateway that answers with another connector', () => {
  test.each([
    ['delete', '--yes'],
    ['diff'],
    ['show'],
    ['download', '--overwrite'],
    ['pull'],
    ['update', '--force'],
    ['deploy', '--yes', '--force'],
  ])('is refused by %s', async (command, ...options) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ displayName: 'Bikes' });
    const other = cloud.addConnector({ displayName: 'Other' });
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore({ title: 'Mine' }) });
    const files = await workspace.list();
    const [settings, definition] = [
      await workspace.readJson('settings.json'),
      await workspace.readJson('apiDefinition.swagger.json'),
    ];
    cloud.fault({
      method: 'GET',
      path: new RegExp(`/apis/${connector.id}$`, 'u'),
      times: 99,
      status: 200,
      headers: { 'content-type': 'application/json' },
      text: other.details(cloud.storage, cloud.url),
    });
    const { exitCode, stderr } = await runInProcess(workspace, command, '-s', 'settings.json', ...options);
    expect(stderr).toContain(`${connector.id}: the service returned another connector, ${other.id}.`);
    expect(exitCode).toBe(1);
    expect(cloud.connectors()).toEqual([connector, other]);
    expect(cloud.requests.filter(({ method }) => method === 'PATCH' || method === 'DELETE')).toEqual([]);
    expect(await workspace.list()).toEqual(files);
    expect(await workspace.readJson('settings.json')).toEqual(settings);
    expect(await workspace.readJson('apiDefinition.swagger.json')).toEqual(definition);
  });
});

test.each([
  ['in other case', { name: 'SHARED_Pets-1', id: '/providers/Microsoft.PowerApps/apis/Shared_pets-1' }],
  ['without a name', {}],
  ['with an ID of another kind', { name: 'shared_pets-1', id: 7 }],
])('the connector that was asked for may be answered %s', async (_how, names) => {
  await using cloud = await FakeCloud.start();
  cloud.fault({ path: /shared_pets-1$/u, status: 200, json: { ...names, properties: {} } });
  const target = { environment: cloud.environment.id, connectorId: 'shared_pets-1' };
  expect((await openRemote(cloud).getConnector(target)).value.properties).toEqual({});
});

test.each([[{ name: 'shared_cats-2' }], [{ id: '/providers/Microsoft.PowerApps/apis/shared_cats-2' }]])(
  'another connector is told by %o',
  async (names) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: /shared_pets-1$/u, status: 200, json: { ...names, properties: {} } });
    const target = { environment: cloud.environment.id, connectorId: 'shared_pets-1' };
    await expect(openRemote(cloud).getConnector(target)).rejects.toThrow('another connector, shared_cats-2.');
  },
);
