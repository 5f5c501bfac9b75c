import { describe, expect, test } from 'vitest';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const icon = Buffer.from(petIcon());
const script = 'public class Script : ScriptBase {}';
const download = ['download', '-s', 'settings.json', '-d', 'new/directory'];

test("a connector that doesn't exist is reported with the service's message, and leaves no folder", async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  cloud.removeConnector(connector.id);
  const { exitCode, stdout, stderr } = await workspace.paconn(...download, '--verbose');
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  const message = `Could not find API '${connector.id}'.`;
  const [first = '', ...rest] = stderr.slice(stderr.indexOf('Error: ')).split('\n');
  expect(first).toMatch(
    new RegExp(
      `^Error: Can't read the connector ${connector.id}: ${message} \\(ApiResourceNotFound, HTTP 404\\)$`,
      'u',
    ),
  );
  expect(rest.join('\n').replace(/^Correlation ID: [\da-f-]{36}\n/u, 'Correlation ID: ID\n')).toBe(
    `Correlation ID: ID\n${JSON.stringify({ error: { code: 'ApiResourceNotFound', message } }, null, 2)}\n404 Client Error: Not Found for url: ${cloud.url}/providers/Microsoft.PowerApps/apis/${connector.id}\nIt may have been deleted, or be in another environment. List the connectors of an environment with:\n  paconn list -s settings.json --environment ${connector.environment}\n`,
  );
  expect(await workspace.list()).toEqual(['settings.json']);
});

test('download without a sign-in sends no request', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud, { connector: cloud.addConnector() });
  expect((await workspace.paconn(...download)).exitCode).toBe(3);
  expect(cloud.requests).toEqual([]);
  expect(await workspace.list()).toEqual(['settings.json']);
});

test('an environment without access is an error with a hint', async () => {
  await using cloud = await FakeCloud.start();
  const { id: environment } = cloud.addEnvironment({ accessible: false });
  await using workspace = await signedIn(cloud);
  const { exitCode, stderr } = await runInProcess(workspace, 'download', '-e', environment, '-c', 'x', '-u', cloud.url);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /\(\S+, HTTP 403\)\nCorrelation ID: \S+\nCheck that your account has permission to do this in the environment\.\n$/u,
  );
});

describe.concurrent('if one of the files is unavailable, no file is written', () => {
  test.each<[what: string, fault: FaultOrder, message: string]>([
    [
      'a script that is an error page',
      { path: '/script.csx', status: 404, html: '<html><body>Not here</body></html>' },
      "Can't download the script: the response is a web page, perhaps from a proxy or gateway, not from the service.",
    ],
    [
      'a script that storage refuses',
      {
        path: '/script.csx',
        status: 403,
        text: '\uFEFF<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request.\nRequestId:1\nTime:2</Message></Error>',
      },
      "Can't download the script: Server failed to authenticate the request. (AuthenticationFailed",
    ],
    [
      'a script of which half came',
      { path: '/script.csx', times: 9, action: 'truncate' },
      "Can't download the script from CLOUD: the connection broke.",
    ],
    [
      'a definition of which half came',
      { path: '.swagger.json', times: 9, action: 'truncate' },
      "Can't download the API definition from CLOUD: the connection broke.",
    ],
    [
      'a definition that is none',
      { path: '.swagger.json', status: 200, html: '<html>' },
      "Can't download the API definition: the response is a web page, perhaps from a proxy or gateway",
    ],
    [
      'a definition that is garbage',
      { path: '.swagger.json', action: 'garbage' },
      "Can't download the API definition: the response isn't what the storage has: its checksum differs.",
    ],
    [
      'a definition in another encoding',
      { path: '.swagger.json', status: 200, bytes: Buffer.from('{"swagger":"2.0"}', 'utf16le') },
      "The API definition that the service has isn't UTF-8 text.\n",
    ],
    [
      'a definition that is an error',
      { path: '.swagger.json', status: 200, json: { error: { code: 'Gone', message: 'Not here.' } } },
      "Can't download the API definition: the response is JSON, but not an API definition.",
    ],
    [
      'a script that is a web page, and says yes',
      { path: '/script.csx', status: 200, html: '<p>Sign in to Wi-Fi</p>' },
      "Can't download the script: the response is a web page, perhaps from a proxy or gateway",
    ],
    [
      'a script that is words of a gateway',
      { path: '/script.csx', status: 200, headers: { 'content-type': 'text/HTML; charset=utf-8' }, text: 'Wait' },
      "Can't download the script: the response is a web page",
    ],
    [
      'a script that is an error',
      { path: '/script.csx', status: 200, json: { error: { code: 'Gone', message: 'Not here.' } } },
      "Can't download the script: Not here. (Gone, HTTP 200",
    ],
    [
      'a script that is JSON',
      { path: '/script.csx', status: 200, json: [1] },
      "Can't download the script: the response isn't C#. (HTTP 200",
    ],
    [
      'a script that is a sentence',
      { path: '/script.csx', status: 200, text: 'Access denied by policy 42.' },
      "Can't download the script: the response isn't a complete script with 'class Script : ScriptBase'. (HTTP 200",
    ],
    [
      'a script that is a picture',
      { path: '/script.csx', status: 200, text: 'GIF89a\0\0' },
      "Can't download the script: the response isn't a complete script with 'class Script : ScriptBase'. (HTTP 200",
    ],
    [
      'a script that is empty',
      { path: '/script.csx', status: 200, text: '\ufeff \n' },
      "Can't download the script: the response is empty. (HTTP 200",
    ],
    [
      'a definition that is empty',
      { path: '.swagger.json', status: 200, text: '' },
      "Can't download the API definition: the response is empty. (HTTP 200",
    ],
    [
      'no connection to a file',
      { path: '/script.csx', times: 9, action: 'reset' },
      "Can't download the script from CLOUD: the connection broke.",
    ],
    [
      'an empty answer',
      { path: '/script.csx', status: 204 },
      "Can't download the script: the response is empty. (HTTP 204",
    ],
    [
      'a part of a script',
      { path: '/script.csx', status: 206, text: 'public class' },
      "Can't download the script: the response isn't the whole file. (HTTP 206",
    ],
  ])('%s', async (_what, fault, message) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ icon, script });
    await using workspace = await signedIn(cloud, { connector });
    cloud.fault(fault);
    const { exitCode, stdout, stderr } = await runInProcess(workspace, ...download);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr.replaceAll(/(?:https:\/\/)?localhost:\d+(?:\/connectors\/[\da-f]+)?/gu, 'CLOUD')).toContain(
      `Error: ${message}`,
    );
    expect(stderr).not.toMatch(/sig=|bug in/u);
    expect(await workspace.list()).toEqual(['settings.json']);
  });

  test('and existing files stay unchanged', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector({ icon, script });
    await using workspace = await signedIn(cloud, { connector });
    await workspace.write('new/directory/icon.png', 'old');
    cloud.fault({ path: '/script.csx', times: 9, action: 'truncate' });
    expect((await runInProcess(workspace, ...download, '--overwrite')).exitCode).toBe(1);
    expect(await workspace.list('new/directory')).toEqual(['icon.png']);
    expect(await workspace.read('new/directory/icon.png')).toBe('old');
  });
});

test('a connection that broke in the middle of a file is tried again', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ icon });
  await using workspace = await signedIn(cloud, { connector });
  cloud.fault({ path: '/icon.png', action: 'truncate' });
  expect((await runInProcess(workspace, ...download)).exitCode).toBe(0);
  expect(await workspace.readBytes('new/directory/icon.png')).toEqual(icon);
});

describe('an icon that is somewhere else', () => {
  async function downloadIconFrom(
    cloud: FakeCloud,
    iconUri: string,
  ): Promise<{ stderr: string; workspace: Workspace }> {
    const connector = cloud.addConnector({ overrides: { iconUri: JSON.stringify(iconUri) } });
    const workspace = await signedIn(cloud, { connector });
    const { stderr } = await runInProcess(workspace, ...download);
    return { stderr, workspace };
  }

  test('is followed through redirections, without the token', async () => {
    await using cloud = await FakeCloud.start();
    await using other = await FakeCloud.start();
    cloud.fault({ path: '/moved.png', redirect: `${other.url}/defaulticons/api-dedicated.png` });
    const { stderr, workspace } = await downloadIconFrom(cloud, `${cloud.url}/moved.png`);
    await using _workspace = workspace;
    expect(stderr).toMatch(/^The connector is downloaded to /u);
    expect(await workspace.readBytes('new/directory/icon.png')).toEqual(Buffer.from(other.storage.defaultIcon.bytes));
    expect(other.requests.map(({ authorized }) => authorized)).toEqual([false]);
  });

  test.each(['file:///etc/passwd', 'http://icons.example/icon.png', 'icon.png', 'ftp://x/y'])(
    'at %s is not asked for',
    async (iconUri) => {
      await using cloud = await FakeCloud.start();
      const { stderr, workspace } = await downloadIconFrom(cloud, iconUri);
      await using _workspace = workspace;
      expect(stderr).toMatch(
        /^Warning: Can't download the icon: the service (returned a URL that isn't HTTPS|didn't return a URL)\. The connector is downloaded without its icon\.\n/u,
      );
      expect(await workspace.exists('new/directory/icon.png')).toBe(false);
    },
  );

  test('and goes round in circles is given up', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: '/round.png', times: 99, redirect: `${cloud.url}/round.png` });
    const { stderr, workspace } = await downloadIconFrom(cloud, `${cloud.url}/round.png`);
    await using _workspace = workspace;
    expect(stderr).toContain(
      `Can't download the icon from ${new URL(cloud.url).host}: it was redirected more than 5 times. The connector is`,
    );
  });
});

test('a response that is not a connector is reported', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  cloud.fault({ path: connector.id, status: 200, json: { name: 1 } });
  const { exitCode, stderr } = await runInProcess(workspace, ...download);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    new RegExp(
      `^Error: Can't read the connector ${connector.id}: the service returned an unexpected response: 'name' must be a string, not a number\\. `,
      'u',
    ),
  );
});

test('Ctrl+C while it waits for the service ends download silently, without files', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ script });
  await using workspace = await signedIn(cloud, { connector });
  const hanging = cloud.fault({ path: '/script.csx', action: 'hang' });
  const tool = workspace.start(download);
  await expect.poll(() => hanging.hits).toBe(1);
  tool.signal('SIGINT');
  expect(await tool.finished).toEqual({ exitCode: 130, stdout: '', stderr: '' });
  expect(await workspace.list()).toEqual(['settings.json']);
});

test('a service that never answers is given up after PACONN_HTTP_TIMEOUT', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector });
  cloud.fault({ path: connector.id, times: 9, action: 'hang' });
  const { exitCode, stderr } = await runInProcessWith(workspace, download, {
    variables: { PACONN_HTTP_TIMEOUT: '0.3' },
  });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: `Error: GET ${cloud.url}/providers/Microsoft.PowerApps/apis/${connector.id} failed: the response took too long; to wait longer, set PACONN_HTTP_TIMEOUT to a number of seconds.\n`,
  });
});
