import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Connector } from '../support/fake-cloud/connector.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { diego } from '../support/fake-cloud/users.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import type { ToolResult } from '../support/running-tool.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import type { Workspace } from '../support/workspace.ts';

const apis = '/providers/Microsoft.PowerApps/apis';

function remove(workspace: Workspace, ...more: readonly string[]): Promise<ToolResult> {
  return runInProcess(workspace, 'delete', '-s', 'settings.json', ...more);
}

function methods(cloud: FakeCloud): readonly string[] {
  return cloud.requests.filter(({ path }) => path.startsWith(apis)).map(({ method }) => method);
}

test('delete --yes deletes a connector and saves a backup that create can use', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ icon: petIcon(), script: petScript(), apiProperties: petStoreProperties });
  await using workspace = await signedIn(cloud, { connector });
  const { exitCode, stdout, stderr } = await remove(workspace, '--yes', '-o', 'json');
  expect(exitCode).toBe(0);
  expect(cloud.connectors()).toEqual([]);
  expect(methods(cloud)).toEqual(['GET', 'DELETE', 'GET']);
  const { folder, backupId, ...data } = JSON.parse(stdout);
  expect(data).toEqual({
    version: 2,
    result: 'deleted',
    connectorId: connector.id,
    name: 'Pet Store',
    environment: { id: connector.environment, name: null },
  });
  expect(stderr).toContain(backupId);
  expect(await readdir(workspace.path(folder))).toContain('kept.json');
  const found =
    /\n?\S+ deleted successfully\.\n.+ · .+\nBackup saved: (\S+) \(create it again: paconn (create) (--from-backup) \1\)\n$/u;
  const [, backup = '', ...words] = found.exec(stderr) ?? [];
  const result = await runInProcess(workspace, ...words, backup, '-u', cloud.url);
  expect(result).toMatchObject({ exitCode: 0 });
  const [anew] = cloud.connectors();
  expect(anew).toMatchObject({ displayName: 'Pet Store', script: connector.script });
  expect(anew?.icon).toEqual(connector.icon);
  expect(JSON.parse(anew?.apiDefinition ?? '')).toEqual(JSON.parse(petStore()));
});

test('delete fails if the service accepts it and the connector stays', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  cloud.fault({ method: 'DELETE', path: apis, status: 200 });
  expect(await remove(workspace, '--yes')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining(
      `Error: The service accepted the deletion, but the connector ${connector.id} is still there.\nRun the same command again.\n`,
    ),
  });
  expect(await remove(workspace, '--yes')).toMatchObject({ exitCode: 0 });
  expect(cloud.connectors()).toEqual([]);
});

test('delete --dry-run shows what would be deleted and lost, without a prompt or request', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ icon: petIcon() });
  cloud.fault({ path: '/icon', status: 500, times: 9 });
  await using workspace = await signedIn(cloud, { connector });
  const { exitCode, stdout, stderr } = await remove(workspace, '--dry-run', '-o', 'json');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: expect.stringMatching(
      /^Would delete Pet Store \(\S+\) from \S.*, for everyone who uses it\.\n.*500.* A backup wouldn't include the icon\.\nDry run: nothing was sent\.\n$/u,
    ),
  });
  expect(JSON.parse(stdout)).toMatchObject({
    result: 'deleted',
    isDryRun: true,
    connectorId: connector.id,
    connectionCount: 0,
    notKept: ['icon'],
  });
  expect(cloud.connectors()).toHaveLength(1);
  expect(methods(cloud)).not.toContain('DELETE');
});

test('delete --yes --dry-run stops where --yes would', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ icon: petIcon() });
  cloud.fault({ path: '/icon', status: 500, times: 99 });
  await using workspace = await signedIn(cloud, { connector });
  const outcome = { exitCode: 4, stdout: '', stderr: expect.stringMatching(/Nothing was deleted\./u) };
  expect(await remove(workspace, '--yes', '--dry-run')).toEqual(outcome);
  expect(await remove(workspace, '--yes')).toEqual(outcome);
  expect(await remove(workspace, '--yes', '--dry-run', '--without-backup')).toMatchObject({ exitCode: 0 });
  expect(cloud.connectors()).toHaveLength(1);
});

test('delete without a terminal requires --yes, before any request', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { connector: cloud.addConnector() });
  expect(await remove(workspace)).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'Error: Deleting a connector requires confirmation.\nPass --yes to delete it without a prompt.\n',
  });
  expect(cloud.requests).toEqual([]);
});

test('delete of a connector in use lists its connections, and changes nothing', async () => {
  await using cloud = await FakeCloud.start();
  cloud.pageSize = 1;
  const connector = cloud.addConnector();
  const [first, second] = [
    cloud.addConnection(connector.id, { displayName: 'My pets' }),
    cloud.addConnection(connector.id, { displayName: 'Zoo', owner: diego }),
  ];
  await using workspace = await signedIn(cloud, { connector });
  expect((await remove(workspace, '--dry-run')).stderr).toMatch(
    / 2 connections use it\.\nWarning: The service may refuse to delete it while connections use it\.\nDry run: nothing was sent\.\n$/u,
  );
  expect(await remove(workspace, '--yes')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: [
      "Error: Can't delete Pet Store: connections use it.",
      `  My pets of Adele Vance (${first.id})`,
      `  Zoo of Diego Siciliani (${second.id})`,
      "First delete the connections in the maker portal, including other users' connections.\n",
    ].join('\n'),
  });
  cloud.fault({ path: '/connections', status: 403 });
  expect((await remove(workspace, '--yes')).stderr).toContain(
    'because there are connections associated with this api.',
  );
  expect(cloud.connectors()).toEqual([connector]);
});

test("delete of a connector that doesn't exist, or isn't the user's, fails", async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  cloud.removeConnector(connector.id);
  const missing = await remove(workspace, '--yes');
  expect(missing).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('ApiResourceNotFound') });
  const own = cloud.addConnector({ isCustomApi: false });
  await using other = await signedIn(cloud, { connector: own });
  expect(await remove(other, '--yes')).toMatchObject({ exitCode: 1 });
  expect(cloud.connectors()).toEqual([own]);
});

test('delete without a response is repeated, and succeeds if the connector is gone', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  cloud.fault({ method: 'DELETE', path: apis, action: 'resetAfter' });
  expect(await remove(workspace, '--yes')).toMatchObject({ exitCode: 0 });
  expect(methods(cloud)).toEqual(['GET', 'DELETE', 'GET', 'DELETE', 'GET']);
});

const lostAnswer = { method: 'DELETE', path: apis, times: 9, status: 504, html: '<html>504</html>' };

test.each<[what: string, fault: FaultOrder, exitCode: number, words: string, isThere: boolean]>([
  ['was carried out', { ...lostAnswer, hasEffect: true }, 0, 'was deleted anyway.', false],
  ['was not', lostAnswer, 1, "hasn't been deleted.", true],
])('delete without a response finds out that it %s', async (_what, fault, exitCode, words, isThere) => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  cloud.fault(fault);
  const result = await remove(workspace, '--yes');
  expect(result).toMatchObject({
    exitCode,
    stderr: expect.stringContaining(`The connector ${connector.id} ${words}\n`),
  });
  expect(cloud.connectors().includes(connector)).toBe(isThere);
});

test('delete without a response reports the unknown result if the service is unreachable', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  cloud.fault({ ...lostAnswer, hasEffect: true });
  cloud.fault({ method: 'GET', path: connector.id, after: 'DELETE', times: 99, status: 404, html: '<html>404</html>' });
  const { exitCode, stderr } = await remove(workspace, '--yes');
  expect(exitCode).toBe(1);
  expect(stderr.replace(/(?<=Correlation ID: )\S+/u, 'ID')).toContain(
    `The connector ${connector.id} may have been deleted anyway.\nCorrelation ID: ID\nCheck with:\n  paconn list -s settings.json --environment `,
  );
});

test('delete --yes of a connector that cannot be backed up requires --without-backup', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ apiDefinition: '{' });
  await using workspace = await signedIn(cloud, { connector });
  const stopped = await remove(workspace, '--yes');
  expect(stopped.exitCode).toBe(4);
  expect(stopped.stderr).toMatch(
    /^Error: Can't back up the API definition of \S+\. Nothing was deleted\.\n.+invalid JSON.+\nTo go on without a complete backup:\n {2}paconn delete --environment \S+ --connector \S+ --yes --without-backup\n$/u,
  );
  expect(cloud.connectors()).toEqual([connector]);
  const { exitCode, stdout, stderr } = await remove(workspace, '--yes', '--without-backup', '--query', 'folder');
  expect(exitCode).toBe(0);
  expect(await readdir(workspace.path(JSON.parse(stdout)))).toEqual(['apiProperties.json', 'icon.png', 'kept.json']);
  expect(stderr).toMatch(/The backup doesn't include the API definition\.\n\S+ deleted successfully\./u);
});

test('delete --yes without a writable backup requires --without-backup', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  await workspace.write('../home/.paconn/kept', 'in the way');
  const stopped = await remove(workspace, '--yes');
  expect(stopped).toMatchObject({ exitCode: 4, stderr: expect.stringContaining(`Can't back up ${connector.id}.`) });
  expect(cloud.connectors()).toEqual([connector]);
  expect(await remove(workspace, '--yes', '--without-backup')).toMatchObject({ exitCode: 0 });
  expect(cloud.connectors()).toEqual([]);
});

async function typing(connector: Connector, cloud: FakeCloud, ...answers: readonly string[]): Promise<unknown> {
  await using workspace = await signedIn(cloud, { connector });
  await using session = TerminalSession.start(workspace, ['delete', '-s', 'settings.json']);
  for (const answer of answers) {
    await session.waitFor(/: $/u);
    session.type(`${answer}${keys.enter}`);
  }
  const { exitCode, output } = await session.end();
  return { exitCode, output };
}

test.runIf(TerminalSession.isSupported)('at a terminal delete requires the name as it is shown', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ displayName: 'Pe\u200bts\u202e of Basel' });
  expect(await typing(connector, cloud, 'Pets of Basel')).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining(`Delete Pets of Basel (${connector.id})`),
  });
});

test.runIf(TerminalSession.isSupported)('at a terminal delete requires the name of the connector', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ displayName: 'Pets of Basel' });
  const question = [
    `Delete Pets of Basel (${connector.id}) from Contoso (default), for everyone who uses it.`,
    'Type the name of the connector to delete it: ',
  ].join('\n');
  expect(await typing(connector, cloud, 'yes')).toEqual({
    exitCode: 1,
    output: expect.stringContaining(`${question}yes\nCanceled. Nothing was changed.\n`),
  });
  expect(cloud.connectors()).toEqual([connector]);
  expect(await typing(connector, cloud, 'Pets of Basel')).toMatchObject({ exitCode: 0 });
  expect(cloud.connectors()).toEqual([]);
});
