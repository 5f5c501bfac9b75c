import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Downloaded, downloaded } from '../support/downloaded.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

/** What a gateway, a proxy or the sign-in page of a network answers, with status 200, to whatever it is asked. */
const answers: Readonly<Record<string, Partial<FaultOrder>>> = {
  'a web page': { html: '<!DOCTYPE html>\n<html><body>Sign in to Wi-Fi</body></html>' },
  'a piece of a page': { html: '\ufeff <!-- 1 --><center>Blocked</center>' },
  'an error in JSON': { json: { error: { code: 'Blocked', message: 'Ask your administrator.' } } },
  nothing: { text: '' },
};

/** The headers that storage sends with a file. */
function ofStorage(content: string): Readonly<Record<string, string>> {
  return { 'x-ms-blob-type': 'BlockBlob', 'content-md5': createHash('md5').update(content).digest('base64') };
}

/** The same where only a script shows that it is none. */
const notScripts: Readonly<Record<string, Partial<FaultOrder>>> = {
  'a sentence with a semicolon': { text: 'Access denied; contact your administrator.' },
  'a word': { text: 'Blocked' },
  'a word in JSON': { json: 'X' },
  'a comment': { text: '// please sign in' },
  'a comment with the class': { text: '/* class Script : ScriptBase {} */ Blocked {};' },
  JavaScript: { text: "window.location = 'http://portal/login';", headers: { 'content-type': 'text/javascript' } },
  'JSON by its type': { text: petScript(), headers: { 'content-type': 'application/json; charset=utf-8' } },
  'JSON that is cut': { text: '{"error": "Unavail' },
  'half a script': { text: petScript().slice(0, -20) },
  'a sentence under the headers of storage': { text: 'Access denied', headers: { 'x-ms-blob-type': 'BlockBlob' } },
  'another script under the checksum of storage': { text: petScript('other'), headers: ofStorage(petScript()) },
  'a script that ends in its second class': { text: `${petScript()}\nclass Helper { public void Help() { va` },
};

const definition = 'apiDefinition.swagger.json';
const blobs = ['.swagger.json', '/script.csx'];

const commands: readonly (readonly string[])[] = [
  ['download', '-s', 'settings.json', '-d', '.', '-w'],
  ['pull'],
  ['pull', '--theirs'],
  ['diff'],
  ['update', '-s', 'settings.json', '--skip-validation'],
  ['download', '--all', '-s', '../cloud.json', '-d', '..', '--overwrite'],
];

/** A connector that was downloaded, then edited on both sides. */
async function edited(): Promise<Downloaded> {
  const shop = await downloaded({ apiDefinition: petStore(), icon: petIcon(), script: petScript() });
  const { cloud, connector, workspace } = shop;
  await workspace.write('../cloud.json', JSON.stringify({ ...cloud.settings, environment: cloud.environment.id }));
  cloud.edit(connector.id, { apiDefinition: petStore({ description: 'Theirs' }), script: `${petScript()}// Theirs\n` });
  await workspace.write(definition, petStore({ title: 'Ours' }));
  return shop;
}

/** All files of a folder with their content, but for the names that completion has from listings. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'listings.json');
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path, 'latin1')] as const)));
}

describe.concurrent.each(Object.entries(notScripts))('%s in place of a script', (_what, answer) => {
  test.each(commands.map((command) => command.join(' ')))('is in no file after %s', async (command) => {
    await using shop = await edited();
    const { cloud, workspace } = shop;
    const before = await filesIn(workspace.path('..'));
    cloud.fault({ method: 'GET', path: '/script.csx', times: 99, status: 200, ...answer });
    const { exitCode, stderr } = await runInProcess(workspace, ...command.split(' '));
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/Can't download the script: the response isn't /u),
    });
    expect(await filesIn(workspace.path('..'))).toEqual(before);
    expect(cloud.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });
});

describe('a script that is no C#', () => {
  const warning =
    "Warning: The script that the service has isn't a complete script with 'class Script : ScriptBase'. It's downloaded anyway.\n";

  test('is downloaded, compared, and backed up where the checksum of storage shows that it is there', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: '// nothing yet' });
    await using workspace = await signedIn(cloud, { connector });
    const { exitCode, stderr } = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '-w');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining(warning) });
    expect(await workspace.read('script.csx')).toBe('// nothing yet');
    expect(await runInProcess(workspace, 'diff')).toMatchObject({ exitCode: 0 });
    expect(await runInProcess(workspace, 'delete', '-s', 'settings.json', '--yes')).toMatchObject({ exitCode: 0 });
  });

  test('is downloaded with a warning where only the headers of storage show that, if it replaces no script', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript() });
    await using workspace = await signedIn(cloud, { connector });
    const headers = { 'x-ms-blob-type': 'BlockBlob' };
    cloud.fault({ method: 'GET', path: '/script.csx', times: 99, status: 200, text: '// nothing yet', headers });
    for (const _time of [1, 2]) {
      const { exitCode, stderr } = await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '-w');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining(warning) });
      expect(await workspace.read('script.csx')).toBe('// nothing yet');
    }
  });

  test('packed, has the checksum of what it was packed to, which is not compared', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ script: petScript() });
    await using workspace = await signedIn(cloud, { connector });
    const packed = gzipSync(petScript());
    const headers = { 'x-ms-blob-type': 'BlockBlob', 'content-md5': 'AAAA', 'content-encoding': 'gzip' };
    cloud.fault({ method: 'GET', path: '/script.csx', times: 99, status: 200, bytes: packed, headers });
    expect(await runInProcess(workspace, 'download', '-s', 'settings.json', '-d', '.', '-w')).toMatchObject({
      exitCode: 0,
    });
    expect(await workspace.read('script.csx')).toBe(petScript());
  });
});

test.each(['.swagger.json', '/icon.png'])(
  'what has another checksum than storage says is nothing of it: %s',
  async (path) => {
    await using shop = await edited();
    const { cloud, workspace } = shop;
    const headers = ofStorage('something else');
    const answer = path === '/icon.png' ? { bytes: petIcon('other') } : { text: petStore({ title: 'Other' }) };
    cloud.fault({ method: 'GET', path, times: 99, status: 200, headers, ...answer });
    const { exitCode, stderr } = await runInProcess(workspace, 'delete', '-s', 'settings.json', '--yes');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining("the response isn't what the storage has: its checksum differs."),
    });
    expect(cloud.connectors()).toHaveLength(1);
  },
);

test.each([
  ['no words of a definition', { info: 'Access denied' }],
  ['another version of OpenAPI', { openapi: '3.0.0', info: { title: 'Pets' }, paths: {} }],
  ['the version of a definition alone', { swagger: '2.0' }],
  ['an error', { error: { openapi: 'none' }, openapi: '3.0.0' }],
])('JSON with %s is no definition', async (_what, json) => {
  await using shop = await edited();
  const { cloud, workspace } = shop;
  cloud.fault({ method: 'GET', path: '.swagger.json', times: 99, status: 200, json });
  expect(await runInProcess(workspace, 'pull')).toMatchObject({
    exitCode: 1,
    stderr: "Error: Can't download the API definition: the response is JSON, but not an API definition.\n",
  });
});

describe.concurrent.each(Object.entries(answers))('%s in place of a part', (_what, answer) => {
  test.each(commands.flatMap((command) => blobs.map((path) => ({ command: command.join(' '), path }))))(
    'is in no file and nowhere else after $command: $path',
    async ({ command, path }) => {
      await using shop = await edited();
      const { cloud, workspace } = shop;
      const before = await filesIn(workspace.path('..'));
      cloud.fault({ method: 'GET', path, times: 99, status: 200, ...answer });
      const { exitCode, stderr } = await runInProcess(workspace, ...command.split(' '));
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
      expect(stderr).toMatch(/Can't download the (?:API definition|script): /u);
      expect(stderr).not.toContain('bug in');
      expect(await filesIn(workspace.path('..'))).toEqual(before);
      expect(cloud.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
    },
  );

  test('is not the uploaded version: an update records nothing from it', async () => {
    await using shop = await edited();
    const { cloud, workspace, connector } = shop;
    await runInProcess(workspace, 'pull', '--ours');
    const base = await workspace.read('paconn.base.json');
    for (const path of blobs) {
      cloud.fault({ method: 'GET', path, skip: path === '/script.csx' ? 1 : 0, times: 99, status: 200, ...answer });
    }
    const update = ['update', '-s', 'settings.json', '--skip-validation'];
    const { exitCode, stderr } = await runInProcess(workspace, ...update);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr).toContain("the last synced version couldn't be saved. Can't download the ");
    expect(await workspace.read('paconn.base.json')).toBe(base);
    cloud.clearFaults();
    expect(await runInProcess(workspace, ...update)).toMatchObject({ exitCode: 0 });
    expect(connector.displayName).toBe('Pet Store');
  });
});
