import { describe, expect, test } from 'vitest';
import { type Downloaded, downloaded } from '../support/downloaded.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { petScript, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedInByDeviceCode } from '../support/signed-in.ts';

const patch = { method: 'PATCH', path: '/apis/' };

/** A connector whose files were edited since its download. */
async function editedShop(): Promise<Downloaded> {
  const shop = await downloaded({ script: petScript() });
  await shop.workspace.write('apiDefinition.swagger.json', petStore({ description: 'Ours' }));
  return shop;
}

function patches({ requests }: FakeCloud): readonly (number | undefined)[] {
  return requests.filter(({ method }) => method === 'PATCH').map(({ status }) => status);
}

const pauses: readonly (readonly [what: string, fault: Partial<FaultOrder>])[] = [
  ['429 with Retry-After', { status: 429, headers: { 'retry-after': '1' } }],
  ['429 without it', { status: 429 }],
  ['503 with Retry-After', { status: 503, headers: { 'retry-after': '1' } }],
  ['500', { status: 500 }],
];

const commands = [
  ['update', '-s', 'settings.json', '--skip-validation'],
  ['deploy', '-s', 'settings.json', '--skip-validation'],
  ['update', '-s', 'settings.json', '--skip-validation', '--force'],
];

describe.concurrent.each(pauses)('an update that is put off by %s', (_what, fault) => {
  test.each(commands)('stops when somebody has changed the connector meanwhile: %s %s %s %s', async (...command) => {
    await using shop = await editedShop();
    const { cloud, connector, workspace } = shop;
    const meanwhile = (): void => void cloud.edit(connector.id, { script: petScript('theirs') });
    cloud.fault({ ...patch, ...fault, meanwhile });
    const { exitCode, stderr } = await runInProcess(workspace, ...command);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 4 });
    expect(stderr).toContain(
      `The connector ${connector.id} has changed while the update was waiting for the service, last by `,
    );
    expect(connector.script).toBe(petScript('theirs'));
    expect(patches(cloud)).toEqual([fault.status]);
  });

  test('continues if it was not changed', async () => {
    await using shop = await editedShop();
    const { cloud, connector, workspace } = shop;
    cloud.fault({ ...patch, ...fault });
    expect(await runInProcess(workspace, 'update', '-s', 'settings.json', '--skip-validation')).toMatchObject({
      exitCode: 0,
    });
    expect(connector.description).toBe('Ours');
    expect(patches(cloud)).toEqual([fault.status, 204]);
  });
});

describe.concurrent.each(pauses)('a deletion that is put off by %s', (_what, fault) => {
  const remove = ['delete', '-s', 'settings.json', '--yes'];

  test('stops if someone changed the connector in the meantime', async () => {
    await using shop = await editedShop();
    const { cloud, connector, workspace } = shop;
    const meanwhile = (): void => void cloud.edit(connector.id, { script: petScript('theirs') });
    cloud.fault({ ...patch, method: 'DELETE', ...fault, meanwhile });
    const { exitCode, stderr } = await runInProcess(workspace, ...remove);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 4 });
    expect(stderr).toContain('Error: Pet Store changed in the meantime, last by ');
    expect(cloud.connectors()).toEqual([connector]);
  });

  test('continues if no one did', async () => {
    await using shop = await editedShop();
    shop.cloud.fault({ ...patch, method: 'DELETE', ...fault });
    expect(await runInProcess(shop.workspace, ...remove)).toMatchObject({ exitCode: 0 });
    expect(shop.cloud.connectors()).toEqual([]);
  });
});

test('a request that waits for the pause of another also checks again', async () => {
  await using shop = await editedShop();
  const { cloud, connector, workspace } = shop;
  const meanwhile = (): void => void cloud.edit(connector.id, { script: petScript('theirs') });
  cloud.fault({ method: 'PUT', path: 'script.csx', status: 429, headers: { 'retry-after': '1' }, meanwhile });
  const { exitCode } = await runInProcess(workspace, 'update', '-s', 'settings.json', '--skip-validation');
  expect(exitCode).toBe(4);
  expect(connector.script).toBe(petScript('theirs'));
});

/** What somebody else does comes so many milliseconds after the request has arrived, or had its effect. */
const late: readonly (readonly [what: string, delay: number, fault: FaultOrder])[] = [
  ['a slow upload', 0, { method: 'PUT', path: 'script.csx', latency: 1100 }],
  [
    'a pause before the upload',
    500,
    { method: 'POST', path: 'generateResourceStorage', status: 503, headers: { 'retry-after': '1' } },
  ],
  ['a slow download', 500, { method: 'GET', path: 'script.csx', answerLatency: 1100 }],
];

describe.concurrent.each(late)('a change by someone else is kept: after %s', (_what, delay, fault) => {
  test.each([
    ['update', '-s', 'settings.json', '--force'],
    ['deploy', '-s', 'settings.json', '--force'],
  ])('%s', async (...command) => {
    await using shop = await editedShop();
    const { cloud, connector, workspace } = shop;
    const edit = (): void => void cloud.edit(connector.id, { script: petScript('theirs') });
    const meanwhile = (): void => void (delay === 0 ? edit() : setTimeout(edit, delay));
    cloud.edit(connector.id, { script: petScript('ours, too') });
    const ordered = cloud.fault({ ...fault, meanwhile });
    const { exitCode, stderr } = await runInProcess(workspace, ...command, '--skip-validation');
    expect({ exitCode, stderr, hits: ordered.hits }).toMatchObject({ exitCode: 4, hits: 1 });
    expect(connector.script).toBe(petScript('theirs'));
    expect(patches(cloud)).toEqual([]);
  });
});

test('a deletion whose download is slow keeps a change by someone else', async () => {
  await using shop = await editedShop();
  const { cloud, connector, workspace } = shop;
  const meanwhile = (): void => void setTimeout(() => cloud.edit(connector.id, { script: petScript('theirs') }), 500);
  cloud.fault({ method: 'GET', path: 'script.csx', answerLatency: 1100, meanwhile });
  const { exitCode } = await runInProcess(workspace, 'delete', '-s', 'settings.json', '--yes');
  expect(exitCode).toBe(4);
  expect(cloud.connectors()).toEqual([connector]);
});

test.each(['PATCH', 'DELETE'])('a refused token is no reason to send %s again without a look', async (method) => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ script: petScript() });
  await using workspace = await signedInByDeviceCode(cloud, {
    connector,
    apiDefinition: petStore(),
    script: petScript(),
  });
  const meanwhile = (): void => void cloud.edit(connector.id, { script: petScript('theirs') });
  cloud.fault({ method, path: '/apis/', status: 401, meanwhile });
  const command = method === 'PATCH' ? ['update', '--force'] : ['delete', '--yes'];
  expect((await runInProcess(workspace, ...command, '-s', 'settings.json')).exitCode).toBe(4);
  expect(connector.script).toBe(petScript('theirs'));
  expect(cloud.connectors()).toEqual([connector]);
});

test('a completed update whose response broke off is not sent again', async () => {
  await using shop = await editedShop();
  const { cloud, connector, workspace } = shop;
  cloud.fault({ ...patch, action: 'resetAfter' });
  const { exitCode, stderr } = await runInProcess(workspace, 'update', '-s', 'settings.json', '--skip-validation');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(stderr).toContain(`The update of ${connector.id} completed anyway.\n`);
  expect(patches(cloud)).toHaveLength(1);
});
