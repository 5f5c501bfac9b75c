import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Downloaded, together } from '../support/downloaded.ts';
import type { Connector } from '../support/fake-cloud/connector.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import type { ToolResult } from '../support/running-tool.ts';
import { signedIn } from '../support/signed-in.ts';

/** A connector that was downloaded, and that somebody has changed since. */
async function changedShop({ hasBase }: { readonly hasBase: boolean }): Promise<Downloaded> {
  const cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ icon: petIcon(), script: petScript() });
  const files = hasBase ? {} : { apiDefinition: petStore(), script: petScript('mine') };
  const workspace = await signedIn(cloud, { connector, ...files });
  const run = async (...line: readonly string[]): Promise<ToolResult> => await runInProcess(workspace, ...line);
  if (hasBase) {
    await run('download', '-s', 'settings.json', '-d', '.', '-w');
    await workspace.write('script.csx', petScript('mine'));
  }
  cloud.edit(connector.id, { script: petScript('theirs') });
  cloud.forgetRequests();
  return together({ cloud, connector, workspace, run });
}

/** The files of the newest backup in the config directory; none without any. */
async function backedUp(
  { workspace: { configDirectory } }: Downloaded,
  { environment, id }: Connector,
): Promise<string[]> {
  const parent = join(configDirectory, 'kept', environment, id);
  const newest = (await readdir(parent).catch(() => [])).toSorted((one, other) => (one < other ? -1 : 1)).at(-1);
  return newest === undefined ? [] : (await readdir(join(parent, newest))).filter((name) => name !== 'kept.json');
}

function sent({ requests }: FakeCloud): number {
  return requests.filter(({ method }) => ['PATCH', 'DELETE'].includes(method)).length;
}

const commands: readonly (readonly [name: string, hasBase: boolean, line: readonly string[]])[] = [
  ['delete --yes', true, ['delete', '-s', 'settings.json', '--yes']],
  ['update --force', true, ['update', '-s', 'settings.json', '--skip-validation', '--force']],
  ['update without a base', false, ['update', '-s', 'settings.json', '--skip-validation']],
  ['deploy --force', true, ['deploy', '-s', 'settings.json', '--skip-validation', '--force']],
];

const answers: readonly (readonly [what: string, fault: Partial<FaultOrder>])[] = [
  ['a refusal', { status: 403 }],
  ['the 404 of a gateway', { status: 404, html: '<html>404</html>' }],
  ['a web page', { status: 200, html: '<html>Sign in to Wi-Fi</html>' }],
  ['no answer', { action: 'reset' }],
  ['a sentence', { status: 200, text: 'Access denied; contact your administrator.' }],
  ['a word', { status: 200, text: 'Blocked' }],
  ['half a script', { status: 200, text: petScript().slice(0, -20) }],
  ['words under the headers of storage', { status: 200, text: 'Blocked', headers: { 'x-ms-blob-type': 'BlockBlob' } }],
];

describe.concurrent.each(commands)('%s', (_name, hasBase, line) => {
  test.each(answers)('stops when a script cannot be kept: %s', async (_what, fault) => {
    await using shop = await changedShop({ hasBase });
    const { cloud, connector, run } = shop;
    cloud.fault({ method: 'GET', path: '/script.csx', times: 99, ...fault });
    const { exitCode, stderr } = await run(...line);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 4 });
    expect(stderr).toContain(`Error: Can't back up the script of ${connector.id}. Nothing `);
    expect(stderr).toMatch(/\n {2}paconn .+ --without-backup\n$/u);
    expect(sent(cloud)).toBe(0);
    expect(await backedUp(shop, connector)).toEqual([]);
  });

  test('continues with --without-backup, and backs up the available parts', async () => {
    await using shop = await changedShop({ hasBase });
    const { cloud, connector, run } = shop;
    cloud.fault({ method: 'GET', path: '/script.csx', status: 403 });
    const { exitCode, stderr } = await run(...line, '--without-backup');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr).toContain("The backup doesn't include the script.\n");
    expect(sent(cloud)).toBe(1);
    expect(await backedUp(shop, connector)).toEqual(['apiDefinition.swagger.json', 'apiProperties.json', 'icon.png']);
  });
});

describe.each(['update', 'deploy'])('%s', (command) => {
  const line = [command, '--skip-validation', '-s', 'settings.json'];

  test('of a connector whose script nobody can read names the command that replaces it, which works', async () => {
    await using shop = await changedShop({ hasBase: true });
    const { cloud, connector, run } = shop;
    cloud.edit(connector.id, { script: `<html><pre>${petScript()}</pre></html>` });
    const { exitCode, stderr } = await run(...line);
    const anyway = `${line.join(' ')} --force --without-backup`;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/^Error: Can't download the script: the response is a web page/mu),
    });
    expect(stderr).toContain(
      `If the connector really contains this, replace it without a backup:\n  paconn ${anyway}\n`,
    );
    expect(await run(...anyway.split(' '))).toMatchObject({ exitCode: 0 });
    expect(await run(...line)).toMatchObject({ exitCode: 0 });
  });

  test('after an answer that is missing names no such command', async () => {
    await using shop = await changedShop({ hasBase: true });
    const { cloud, run } = shop;
    cloud.fault({ method: 'GET', path: '/script.csx', times: 99, status: 403 });
    const { exitCode, stderr } = await run(...line);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.not.stringContaining('--without-backup') });
  });
});

describe('a backup without a part', () => {
  test('is not restored: that would remove the part', async () => {
    await using shop = await changedShop({ hasBase: true });
    const { cloud, run } = shop;
    cloud.fault({ method: 'GET', path: '/script.csx', status: 403 });
    const update = ['update', '-s', 'settings.json', '--skip-validation', '--force', '--without-backup'];
    expect(await run(...update)).toMatchObject({ exitCode: 0 });
    cloud.forgetRequests();
    const { exitCode, stderr } = await run('restore', '-s', 'settings.json', 'latest');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "Error: This backup doesn't include the script, which couldn't be downloaded at the time. Nothing was restored.\n",
    );
    expect(sent(cloud)).toBe(0);
  });

  test('does not prevent a complete one', async () => {
    await using shop = await changedShop({ hasBase: true });
    const { cloud, connector, run } = shop;
    const update = ['update', '-s', 'settings.json', '--skip-validation', '--force', '--without-backup'];
    cloud.fault({ method: 'GET', path: '/script.csx', status: 403 });
    cloud.fault({ method: 'PATCH', path: '/apis/', status: 409, json: { error: { code: 'Conflict', message: 'no' } } });
    expect(await run(...update)).toMatchObject({ exitCode: 1 });
    expect(await backedUp(shop, connector)).not.toContain('script.csx');
    expect(await run(...update)).toMatchObject({ exitCode: 0 });
    expect(await backedUp(shop, connector)).toContain('script.csx');
    expect(await run('restore', '-s', 'settings.json', 'latest')).toMatchObject({ exitCode: 0 });
    expect(connector.script).toBe(petScript('theirs'));
  });
});

test.each<[what: string, fault: Partial<FaultOrder>]>([
  ['a 404 without words', { status: 404 }],
  ['the 404 of a gateway', { status: 404, html: '<html>404</html>' }],
  ['another kind of gone', { status: 410 }],
  ['a page in UTF-16', { status: 200, bytes: Buffer.from('\ufeff<html>Sign in</html>', 'utf16le') }],
  ['half a picture', { status: 200, bytes: petIcon().slice(0, 50) }],
])("an icon that can't be backed up is not deleted: %s", async (_what, fault) => {
  await using shop = await changedShop({ hasBase: true });
  const { cloud, connector, run } = shop;
  cloud.fault({ method: 'GET', path: '/icon.png', times: 99, ...fault });
  const { exitCode, stderr } = await run('delete', '-s', 'settings.json', '--yes');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 4 });
  expect(stderr).toContain(`Error: Can't back up the icon of ${connector.id}. Nothing was deleted.\n`);
  expect(cloud.connectors()).toHaveLength(1);
});

test.each([
  ['another version of OpenAPI', { openapi: '3.0.0', info: { title: 'Pets' }, paths: {} }],
  ['the version of a definition alone', { swagger: '2.0' }],
])("a definition that can't be backed up is not deleted: %s", async (_what, json) => {
  await using shop = await changedShop({ hasBase: true });
  const { cloud, connector, run } = shop;
  cloud.fault({ method: 'GET', path: '.swagger.json', times: 99, status: 200, json });
  const { exitCode, stderr } = await run('delete', '-s', 'settings.json', '--yes');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 4 });
  expect(stderr).toContain(`Error: Can't back up the API definition of ${connector.id}. Nothing was deleted.\n`);
  expect(cloud.connectors()).toHaveLength(1);
});

test.each<[what: string, fault: Partial<FaultOrder>]>([
  ['that storage says is gone', { path: '/icon.png', status: 404, html: '<Error><Code>BlobNotFound</Code></Error>' }],
  ['that is the picture for none', { path: '/defaulticons/', status: 404, html: '<html>404</html>' }],
])('an icon %s is not lost', async (_what, { path = '', ...fault }) => {
  await using cloud = await FakeCloud.start();
  const iconUri = JSON.stringify(`${cloud.url}/defaulticons/icon.png`);
  const connector = cloud.addConnector(path === '/icon.png' ? { icon: petIcon() } : { overrides: { iconUri } });
  await using workspace = await signedIn(cloud, { connector });
  cloud.fault({ method: 'GET', path, times: 99, ...fault });
  const { exitCode, stderr } = await runInProcess(workspace, 'delete', '-s', 'settings.json', '--yes');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
});

test('an icon that is not sent is not lost, and one that is sent must be backed up', async () => {
  await using shop = await changedShop({ hasBase: false });
  const { cloud, workspace, run } = shop;
  cloud.fault({ method: 'GET', path: '/icon.png', status: 403, times: 99 });
  const update = ['update', '-s', 'settings.json', '--skip-validation'];
  expect(await run(...update)).toMatchObject({ exitCode: 0 });
  await workspace.write('icon.png', petIcon('mine'));
  await workspace.write(
    'settings.json',
    (await workspace.read('settings.json')).replace('"script"', '"icon": "icon.png", "script"'),
  );
  await rm(workspace.path('paconn.base.json'));
  const { exitCode, stderr } = await run(...update);
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining("Can't back up the icon of "),
  });
});
