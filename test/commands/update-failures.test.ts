import { describe, expect, test } from 'vitest';
import type { Connector } from '../support/fake-cloud/connector.ts';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { noBaseNote, savedBackup } from '../support/notes.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import type { Workspace } from '../support/workspace.ts';

const update = ['update', '-s', 'settings.json'];

async function workspaceFor(
  cloud: FakeCloud,
  connector: Pick<Connector, 'id' | 'environment'>,
  apiProperties?: string,
): Promise<Workspace> {
  return await signedIn(cloud, {
    connector,
    apiDefinition: petStore({ description: 'New' }),
    ...(apiProperties !== undefined && { apiProperties }),
    icon: petIcon('new'),
    script: petScript('new'),
  });
}

describe.concurrent('the connector is unchanged', () => {
  test.each<[what: string, fault: FaultOrder, message: RegExp]>([
    [
      'validation fails',
      { path: 'validateApiSwagger', status: 400, json: { error: { code: 'Bad', message: 'Bad.' } } },
      /^Error: Can't validate the API definition: Bad\. \(Bad, /u,
    ],
    [
      'there is no storage',
      { path: 'generateResourceStorage', status: 404, text: '' },
      /^Error: Can't prepare the upload of icon and script: the service didn't return a reason\. /u,
    ],
    [
      'an upload fails',
      { path: 'script.csx', status: 403 },
      /^Error: Can't upload script\.csx: the service didn't return a reason\. /u,
    ],
    [
      'the update is refused',
      { method: 'PATCH', path: '/apis/', status: 409, json: { error: { message: 'Busy.' } } },
      /^Error: Can't update Pet Store: Busy\. /u,
    ],
    [
      'the update never gets through',
      { method: 'PATCH', path: '/apis/', times: 9, action: 'reset' },
      /^Error: PATCH \S+ failed: the connection broke\. The connector \S+ hasn't changed\.\nThe service may still be working on it\. Check with:\n/u,
    ],
    [
      'the sign-in is refused',
      { path: 'validateApiSwagger', times: 9, status: 401 },
      /^Error: Access token invalid\. Please login again\.\n/u,
    ],
  ])('when %s', async (_what, fault, message) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript('old') });
    await using workspace = await workspaceFor(cloud, connector);
    cloud.fault(fault);
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...update);
    expect({ exitCode, stdout }).toEqual({ exitCode: fault.status === 401 ? 3 : 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(connector).toMatchObject({ description: 'Sells pets.', script: petScript('old'), lastBody: undefined });
  });

  test('when it no longer exists, or is in another environment', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ environment: cloud.addEnvironment().id });
    await using workspace = await workspaceFor(cloud, { id: connector.id, environment: cloud.environment.id });
    const { exitCode, stderr } = await workspace.paconn(...update);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error: Can't read the connector \S+: Could not find API '\S+'\. \(ApiResourceNotFound, /u);
  });

  test.sequential('when update is interrupted while the service is validating', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await workspaceFor(cloud, connector);
    const hanging = cloud.fault({ path: 'validateApiSwagger', action: 'hang' });
    const tool = workspace.start(update);
    await expect.poll(() => hanging.hits).toBe(1);
    tool.signal('SIGINT');
    expect(await tool.finished).toEqual({ exitCode: 130, stdout: '', stderr: '' });
    expect(cloud.requests.filter(({ method }) => method === 'PUT' || method === 'PATCH')).toEqual([]);
  });
});

test('an update that is interrupted during its request reports that it may have completed', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await workspaceFor(cloud, connector);
  const hanging = cloud.fault({ method: 'PATCH', path: '/apis/', action: 'hang' });
  const tool = workspace.start(update);
  await expect.poll(() => hanging.hits).toBe(1);
  tool.signal('SIGINT');
  const { exitCode, stdout, stderr } = await tool.finished;
  expect({ exitCode, stdout, stderr: stderr.replace(savedBackup, 'Backup.\n') }).toEqual({
    exitCode: 130,
    stdout: '',
    stderr: `Backup.\nError: Interrupted. The connector ${connector.id} may have changed anyway.\nCheck with:\n  paconn diff -s settings.json\n`,
  });
});

test.concurrent.each<[what: string, faults: readonly Omit<FaultOrder, 'path'>[], sent: number, note: RegExp]>([
  [
    'was made though its answer was lost is not sent again',
    [{ action: 'resetAfter' }],
    1,
    /^Note: An earlier request had no clear response\. The update of \S+ completed anyway\.\n$/u,
  ],
  ['was not made is sent again', [{ action: 'reset' }, { status: 503, headers: { 'retry-after': '0' } }], 3, /^$/u],
])('an update that %s', async (_what, faults, sent, note) => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await workspaceFor(cloud, connector);
  for (const fault of faults) cloud.fault({ ...fault, method: 'PATCH', path: '/apis/' });
  const { exitCode, stderr } = await runInProcess(workspace, ...update);
  expect(exitCode).toBe(0);
  const [before, after] = stderr.split(noBaseNote);
  expect(before).toMatch(note);
  expect(after).toBe(`${connector.id} updated successfully.\n`);
  expect(cloud.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(sent);
  expect(connector.description).toBe('New');
});

test('warnings of a successful validation are shown', async () => {
  await using cloud = await FakeCloud.start();
  cloud.validator = () => ({ status: 200, body: '"Warning : info : Too short."' });
  const connector = cloud.addConnector();
  await using workspace = await workspaceFor(cloud, connector);
  expect((await runInProcess(workspace, ...update)).stderr).toBe(
    `Warning : info : Too short.\n${noBaseNote}${connector.id} updated successfully.\n`,
  );
});

describe('members that the service refuses', () => {
  const apiProperties =
    '{"$schema":"https://x", "properties":{"iconBrandColor":"#123456","stackOwner":"Contoso","capabilities":[]}}';
  const note = (member: string): string =>
    `This environment doesn't support '${member}'. It was left out of the request. Your file still contains it.\n`;

  const kept =
    "Warning: apiProperties.json doesn't contain connectionParameters, so the connector keeps its own. To remove it, use 'paconn deploy'.\n";

  test.each([
    [['stackOwner'], note('stackOwner')],
    [['$schema'], note('$schema')],
    [['stackOwner', '$schema'], note('$schema') + note('stackOwner')],
  ])('%j are left out, the request is repeated, and the file keeps them', async (members, notes) => {
    await using cloud = await FakeCloud.start();
    for (const member of members) cloud.refusedMembers.add(member);
    const connector = cloud.addConnector();
    await using workspace = await workspaceFor(cloud, connector, apiProperties);
    expect(await runInProcess(workspace, ...update)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `${kept}${notes}${noBaseNote}${connector.id} updated successfully.\n`,
    });
    for (const member of members) expect(connector.lastBody).not.toContain(member);
    expect(await workspace.read('apiProperties.json')).toBe(apiProperties);
    expect(cloud.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(members.length + 1);
    expect(cloud.requests.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });
});
