import { describe, expect, test } from 'vitest';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { diego } from '../support/fake-cloud/users.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

const update = ['update', '-s', 'settings.json'];
const remove = ['delete', '-s', 'settings.json', '--yes'];
const share = ['share', 'add', '-s', 'settings.json', '--user', diego.objectId];
const apis = '/apis/shared_';
const minutes = ' (the service can take minutes)';

/** Longer than what is waited for silently. */
const answerLatency = 5500;

describe.concurrent('without a terminal, one line says what takes long:', { timeout: 60_000 }, () => {
  test.each<[what: string, line: string, command: readonly string[], fault: FaultOrder]>([
    ['an update', `Updating the connector…${minutes}`, update, { method: 'PATCH', path: apis }],
    ['a reading back', 'Reading it back…', update, { method: 'GET', path: apis, after: 'PATCH' }],
    ['a deletion', 'Deleting the connector…', remove, { method: 'DELETE', path: apis }],
    ['the look after a deletion', 'Deleting the connector…', remove, { method: 'GET', path: apis, after: 'DELETE' }],
    ['a share', 'Sharing the connector…', share, { method: 'POST', path: 'modifyPermissions' }],
  ])('%s', async (_what, line, command, fault) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore({ description: 'New' }) });
    cloud.fault({ ...fault, answerLatency });
    const { exitCode, stderr } = await runInProcess(workspace, ...command);
    expect(exitCode).toBe(0);
    expect(stderr.split('\n').filter((one) => one.includes('…'))).toEqual([line]);
  });

  test('nothing with --quiet, nor of what is as fast as usual', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore({ description: 'New' }) });
    expect((await runInProcess(workspace, ...update)).stderr).not.toContain('…');
    cloud.fault({ method: 'DELETE', path: apis, answerLatency });
    expect((await runInProcess(workspace, ...remove, '--quiet')).stderr).not.toContain('…');
  });
});
