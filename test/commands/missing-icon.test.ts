import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { petIcon, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import type { Workspace } from '../support/workspace.ts';

const gone = { method: 'GET', path: '/icon.png', status: 404, times: 99 } as const;
const script = 'public class Script : ScriptBase {}';
const picture = Buffer.from(petIcon());
const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');

/** A connector whose icon is at this address. */
async function withIconAt(cloud: FakeCloud, iconUri: string): Promise<Workspace> {
  const connector = cloud.addConnector({ script, overrides: { iconUri: JSON.stringify(iconUri) } });
  return await signedIn(cloud, { connector });
}

const download = ['download', '-s', 'settings.json', '-d', 'new'];

describe.concurrent('download writes the other files and a warning if the icon is unavailable', () => {
  test.each<[what: string, iconUri: (cloud: FakeCloud) => string, why: RegExp]>([
    ['not found', ({ url }) => `${url}/none.png`, /^Warning: Can't download the icon: .*HTTP 404/u],
    ['a dead host', () => 'https://localhost:1/icon.png', /^Warning: Can't download the icon from localhost:1: /u],
    ['http', () => 'http://icons.example/icon.png', /^Warning: Can't download the icon: .* isn't HTTPS\./u],
    ['a relative path', () => 'images/icon.png', /^Warning: Can't download the icon: .* didn't return a URL\./u],
    ['a file', () => 'file:///etc/passwd', /^Warning: Can't download the icon: .* isn't HTTPS\./u],
    [
      'data that is none',
      () => 'data:image/png;base64,???',
      /^Warning: Can't download the icon: its data: URL isn't valid base64\./u,
    ],
    ['data without data', () => 'data:image/png', /^Warning: Can't download the icon: its data: URL has no data\./u],
    [
      'a page in data',
      () => 'data:text/html,<svg-like></svg-like>',
      /^Warning: Can't download the icon: its data: URL isn't a complete picture\./u,
    ],
    [
      'words in data',
      () => 'data:image/png,none',
      /^Warning: Can't download the icon: its data: URL isn't a complete picture\./u,
    ],
    [
      'the default picture',
      ({ url }) => `${url}/defaulticons/gone.png`,
      /^Warning: Can't download the icon: .*HTTP 404/u,
    ],
  ])('%s', async (_what, iconUri, why) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await withIconAt(cloud, iconUri(cloud));
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...download, '-o', 'json');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(why);
    expect(stderr).toMatch(/ The connector is downloaded without its icon\.\n/u);
    expect(JSON.parse(stdout)).toMatchObject({
      files: [
        { role: 'apiProperties' },
        { role: 'apiDefinition' },
        { role: 'script' },
        { role: 'settings' },
        ...Array.from({ length: 4 }, () => ({ role: 'base' })),
      ],
      missing: ['icon'],
    });
    expect(await workspace.list('new')).toEqual([
      'apiDefinition.swagger.json',
      'apiProperties.json',
      'script.csx',
      'settings.json',
    ]);
    expect(JSON.parse(await workspace.read('new/settings.json'))).toMatchObject({ icon: null, script: 'script.csx' });
  });

  test.each<[what: string, answer: Partial<FaultOrder>, why: string]>([
    ['a web page', { html: '<html><svg></svg></html>' }, 'the response is a web page'],
    [
      'a page in XML',
      { html: '<?xml version="1.0"?><!-- <svg> --><!DOCTYPE html><html/>' },
      'the response is a web page',
    ],
    ['words', { text: 'Access denied' }, "the response isn't a complete picture"],
    ['JSON', { json: { error: 'none' } }, "the response isn't a complete picture. (none, HTTP 200"],
    ['nothing', { text: '' }, 'the response is empty'],
    ['NULs', { bytes: Buffer.alloc(500) }, "the response isn't a complete picture"],
    [
      'a page in UTF-16',
      { bytes: Buffer.from('\ufeff<html></html>', 'utf16le') },
      "the response isn't a complete picture",
    ],
    ['the beginning of a picture', { bytes: petIcon().slice(0, 50) }, "the response isn't a complete picture"],
    ['a picture without its last chunk', { bytes: petIcon('').slice(0, -12) }, "the response isn't a complete picture"],
    ['the signature of a picture', { bytes: petIcon().slice(0, 8) }, "the response isn't a complete picture"],
  ])('a server that answers %s', async (_what, answer, why) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector({ icon: petIcon() }) });
    cloud.fault({ path: '/icon.png', status: 200, ...answer });
    const { exitCode, stderr } = await runInProcess(workspace, ...download);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`Can't download the icon: ${why}`);
    expect(await workspace.list('new')).not.toContain('icon.png');
  });

  test("a URL that isn't text", async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script, overrides: { iconUri: '5' } });
    await using workspace = await signedIn(cloud, { connector });
    const { exitCode, stderr } = await runInProcess(workspace, ...download);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("Can't download the icon: the service didn't return a URL.");
  });

  test('a server without a response has a shorter time limit than the service', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector({ icon: petIcon() }) });
    cloud.fault({ path: '/icon.png', times: 9, action: 'hang' });
    const { exitCode, stderr } = await runInProcess(workspace, ...download);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /Can't download the icon from \S+: the response took too long.* The connector is downloaded without its icon\.\n/u,
    );
  });

  test('each missing icon of many connectors is listed', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addConnector({ displayName: 'Cats', icon: petIcon() });
    cloud.addConnector({ displayName: 'Dogs', overrides: { iconUri: `"${cloud.url}/none.png"` } });
    await using workspace = await signedIn(cloud, { settings: null });
    await workspace.write('../cloud.json', JSON.stringify({ ...cloud.settings, environment: cloud.environment.id }));
    const all = ['download', '--all', '-s', '../cloud.json'];
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...all, '-o', 'json');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^Contoso \(default\)\/Dogs: Warning: Can't download the icon: .* without its icon\.$/mu);
    expect(stderr).not.toMatch(/Cats: Can't/u);
    expect(JSON.parse(stdout)).toMatchObject({
      connectors: [
        { name: 'Cats', result: 'downloaded', missing: [] },
        { name: 'Dogs', result: 'downloaded', missing: ['icon'] },
      ],
    });
  });
});

describe.concurrent('an icon in a data: URL is decoded', () => {
  test.each<[what: string, iconUri: string, bytes: Uint8Array, name?: string]>([
    ['base64', `data:image/png;base64,${Buffer.from(petIcon()).toString('base64')}`, petIcon()],
    ['base64 that is escaped', `data:image/png;base64,${encodeURIComponent(picture.toString('base64'))}`, picture],
    ['text', `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing.toString())}`, drawing, 'icon.svg'],
    ['text that is not escaped', `DATA:image/svg+xml,${drawing.toString()}`, drawing, 'icon.svg'],
    ['escaped bytes', `data:,${picture.toString('hex').replaceAll(/../gu, '%$&')}`, picture],
  ])('%s', async (_what, iconUri, bytes, name = 'icon.png') => {
    await using cloud = await FakeCloud.start();
    await using workspace = await withIconAt(cloud, iconUri);
    expect((await runInProcess(workspace, ...download)).exitCode).toBe(0);
    expect(await workspace.readBytes(`new/${name}`)).toEqual(Buffer.from(bytes));
    expect(JSON.parse(await workspace.read('new/settings.json'))).toMatchObject({ icon: name });
  });
});

/** A connector with an icon, downloaded into the folder of the workspace. */
async function downloaded(cloud: FakeCloud): Promise<{ workspace: Workspace; id: string }> {
  const { id, environment } = cloud.addConnector({ apiDefinition: petStore(), icon: petIcon() });
  const workspace = await signedIn(cloud, { settings: null });
  const { exitCode } = await runInProcess(
    workspace,
    ...['download', '-e', environment, '-c', id, '-u', cloud.url, '-d', '.'],
  );
  expect(exitCode).toBe(0);
  return { workspace, id };
}

describe.concurrent('a missing icon on its server is not a removed icon', () => {
  test('by another download', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace, id } = await downloaded(cloud);
    await using _workspace = workspace;
    const before = await workspace.read('paconn.base.json');
    cloud.fault(gone);
    const again = ['download', '-s', 'settings.json', '-d', '.', '--overwrite'];
    expect((await runInProcess(workspace, ...again)).exitCode).toBe(0);
    expect(await workspace.readBytes('icon.png')).toEqual(Buffer.from(petIcon()));
    expect(JSON.parse(await workspace.read('settings.json'))).toMatchObject({ connectorId: id, icon: 'icon.png' });
    expect(await workspace.read('paconn.base.json')).toBe(before);
  });

  test('by pull, which brings what else has changed', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace, id } = await downloaded(cloud);
    await using _workspace = workspace;
    await workspace.write('icon.png', petIcon('edited'));
    cloud.edit(id, { apiDefinition: petStore({ description: 'New' }) });
    cloud.fault(gone);
    const { exitCode, stderr } = await runInProcess(workspace, 'pull');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^Warning: Can't download the icon: .* The icon in your files stays unchanged\.$/mu);
    expect(stderr).toMatch(/^Written: apiDefinition\.swagger\.json$/mu);
    expect(await workspace.readBytes('icon.png')).toEqual(Buffer.from(petIcon('edited')));
    // The edit is still to be sent.
    expect((await runInProcess(workspace, 'deploy')).stderr).toMatch(/updated successfully/u);
    expect(Buffer.from(cloud.connector(id).icon)).toEqual(Buffer.from(petIcon('edited')));
  });

  test('by diff, which says that it is not compared', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace } = await downloaded(cloud);
    await using _workspace = workspace;
    cloud.fault(gone);
    for (const sides of [[], ['local', 'environment'], ['base', 'environment']]) {
      const { exitCode, stderr } = await runInProcess(workspace, 'diff', ...sides, '--exit-code');
      expect({ sides, exitCode }).toEqual({ sides, exitCode: 0 });
      expect(stderr).toMatch(/^Warning: Can't download the icon: .* The icons aren't compared\.$/mu);
    }
  });

  test('by diff of two environments, on whichever side', async () => {
    await using cloud = await FakeCloud.start();
    const other = cloud.addEnvironment().id;
    const apiDefinition = petStore();
    const source = cloud.addConnector({ apiDefinition, overrides: { iconUri: `"${cloud.url}/none.png"` } });
    const copy = cloud.addConnector({ apiDefinition, icon: petIcon(), environment: other });
    await using workspace = await signedIn(cloud, { settings: null });
    const pairs = [
      [source, copy],
      [copy, source],
    ] as const;
    for (const [from, to] of pairs) {
      const first = ['diff', '-e', from.environment, '-c', from.id, '-u', cloud.url];
      const second = ['--to-env', to.environment, '--to-cid', to.id];
      expect((await runInProcess(workspace, ...first, ...second, '--exit-code')).exitCode).toBe(0);
    }
  });

  test('by deploy, for which the connector is still up to date', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace, id } = await downloaded(cloud);
    await using _workspace = workspace;
    cloud.edit(id, {});
    cloud.fault(gone);
    const place = `Pet Store · ${cloud.environment.id}`;
    const known = await runInProcess(workspace, 'deploy');
    expect(known).toMatchObject({ exitCode: 0, stderr: `${id} is up to date.\n${place}\n` });
    await rm(workspace.path('paconn.base.json'));
    const unknown = await runInProcess(workspace, 'deploy');
    expect(unknown.exitCode).toBe(0);
    expect(unknown.stderr).toMatch(/^Warning: Can't download the icon: .* The icon isn't compared\.$/mu);
    expect(unknown.stderr).toMatch(new RegExp(`^${id} is up to date\\.$`, 'mu'));
  });

  test('by an update: it is no conflict, and the upload becomes the last synced version', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace, id } = await downloaded(cloud);
    await using _workspace = workspace;
    cloud.edit(id, {});
    await workspace.write('icon.png', petIcon('mine'));
    const fault = cloud.fault(gone);
    const { exitCode, stderr } = await runInProcess(workspace, 'update', '-s', 'settings.json');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^Warning: Can't download the icon: .* The backup doesn't include the icon\.$/mu);
    expect(stderr).not.toMatch(/something else than was sent|could not be remembered/u);
    expect(Buffer.from(cloud.connector(id).icon)).toEqual(Buffer.from(petIcon('mine')));
    expect(fault.hits).toBeGreaterThan(1);
    const place = `Pet Store · ${cloud.environment.id}`;
    expect((await runInProcess(workspace, 'deploy')).stderr).toBe(`${id} is up to date.\n${place}\n`);
    // All that the backup has is there.
    expect(await runInProcess(workspace, 'restore', '-s', 'settings.json', 'latest')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('Note: No backup of Pet Store differs from its current version'),
    });
    expect(Buffer.from(cloud.connector(id).icon)).toEqual(Buffer.from(petIcon('mine')));
  });

  test('by delete, which requires --without-backup', async () => {
    await using cloud = await FakeCloud.start();
    const { workspace, id } = await downloaded(cloud);
    await using _workspace = workspace;
    cloud.fault(gone);
    const line = ['delete', '-s', 'settings.json', '--yes'];
    expect(await runInProcess(workspace, ...line)).toMatchObject({ exitCode: 4 });
    const { exitCode, stderr } = await runInProcess(workspace, ...line, '--without-backup');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^Warning: Can't download the icon: .* The backup doesn't include the icon\.$/mu);
    expect(stderr).toMatch(/^Backup saved: (\S+) \(create it again: paconn create --from-backup \1\)$/mu);
    expect(cloud.connectors().map((connector) => connector.id)).not.toContain(id);
  });

  test.each([['pull'], ['download', '-s', 'settings.json', '-d', '.', '-w']])(
    "or one that was seen: a deploy after %s stops before a colleague's icon",
    async (...look) => {
      await using cloud = await FakeCloud.start();
      const { workspace, id } = await downloaded(cloud);
      await using _workspace = workspace;
      cloud.edit(id, { apiDefinition: petStore({ description: 'Theirs' }), icon: petIcon('theirs') });
      cloud.fault({ method: 'GET', path: '/icon.png', times: 9, status: 200, html: '<html>Sign in to Wi-Fi</html>' });
      expect(await runInProcess(workspace, ...look)).toMatchObject({
        exitCode: 0,
        stderr: expect.stringContaining("Can't download the icon: "),
      });
      cloud.clearFaults();
      await workspace.write('icon.png', petIcon('mine'));
      const { exitCode, stderr } = await runInProcess(workspace, 'deploy');
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 4, stderr: expect.stringMatching(/: icon\. Nothing /u) });
      expect(Buffer.from(cloud.connector(id).icon)).toEqual(Buffer.from(petIcon('theirs')));
    },
  );

  test('or one that was seen by a first download: a deploy stops before it', async () => {
    await using cloud = await FakeCloud.start();
    const { id, environment } = cloud.addConnector({ apiDefinition: petStore(), icon: petIcon('theirs') });
    await using workspace = await signedIn(cloud, { settings: null });
    cloud.fault({ path: '/icon.png', status: 404 });
    await runInProcess(workspace, ...['download', '-e', environment, '-c', id, '-u', cloud.url, '-d', '.']);
    await workspace.write('icon.png', petIcon('mine'));
    const settings = await workspace.read('settings.json');
    await workspace.write('settings.json', settings.replace('"icon": null', '"icon": "icon.png"'));
    expect(await runInProcess(workspace, 'deploy')).toMatchObject({ exitCode: 4 });
    expect(Buffer.from(cloud.connector(id).icon)).toEqual(Buffer.from(petIcon('theirs')));
  });

  test('pull downloads the icon when it is available again', async () => {
    await using cloud = await FakeCloud.start();
    const { id, environment } = cloud.addConnector({ apiDefinition: petStore(), icon: petIcon() });
    await using workspace = await signedIn(cloud, { settings: null });
    cloud.fault({ path: '/icon.png', status: 404 });
    await runInProcess(workspace, ...['download', '-e', environment, '-c', id, '-u', cloud.url, '-d', '.']);
    expect(await workspace.exists('icon.png')).toBe(false);
    expect((await runInProcess(workspace, 'pull')).exitCode).toBe(0);
    expect(await workspace.readBytes('icon.png')).toEqual(Buffer.from(petIcon()));
    expect(JSON.parse(await workspace.read('settings.json'))).toMatchObject({ icon: 'icon.png' });
  });
});

test("files without an icon don't differ in anything that an update could change", async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ icon: petIcon('own') });
  await using workspace = await signedIn(cloud, { connector });
  await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '-w');
  await rm(workspace.path('icon.png'));
  const settings: Readonly<Record<string, unknown>> = JSON.parse(await workspace.read('settings.json'));
  await workspace.write('settings.json', JSON.stringify({ ...settings, icon: null }));
  for (const sides of [[], ['local', 'environment']]) {
    const { exitCode, stderr } = await runInProcess(workspace, 'diff', ...sides, '--exit-code');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr).toContain("Note: Not compared, because the files leave it out and an update can't remove it: icon.");
  }
  const { exitCode, stderr } = await runInProcess(workspace, 'deploy');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(' is up to date.') });
  await workspace.write('settings.json', JSON.stringify(settings));
  await workspace.write('icon.png', petIcon('mine'));
  expect(await runInProcess(workspace, 'diff', '--exit-code')).toMatchObject({ exitCode: 1 });
});
