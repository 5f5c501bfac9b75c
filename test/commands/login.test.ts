import { chmod, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedInByDeviceCode } from '../support/signed-in.ts';
import { hasModes } from '../support/system.ts';
import { Workspace } from '../support/workspace.ts';

/** What modes of files say means nothing on Windows. */
const forOwner = hasModes ? ', which only you can read' : '';

const successful = { exitCode: 0, stdout: '', stderr: 'Login successful.\n' };
const asksToSignIn =
  /^To sign in, use a web browser to open the page \S+ and enter the code \w+ to authenticate\.\nYou sign in at localhost:\d+\.\n$/u;

test('login shows URL and code, where the sign-in is stored, and that it succeeded', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud);
  const { exitCode, stdout, stderr } = await workspace.paconn('login', '--authority_url', cloud.settings.authorityUrl);
  expect(stdout).toMatch(asksToSignIn);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: `Login successful.\nWarning: The sign-in is stored unencrypted in ${join('~', '.paconn', 'sign-ins.json')}${forOwner}.\n`,
  });
});

test('URL and code appear immediately, also in a pipe, while login waits for the user', async () => {
  await using cloud = await FakeCloud.start();
  cloud.signIn.next = { pending: Number.POSITIVE_INFINITY };
  await using workspace = await Workspace.create(cloud);
  const tool = workspace.start(['login', ...cloud.loginFlags]);
  await tool.waitFor(/enter the code/u);
  await expect.poll(() => cloud.requests.some(({ path }) => path.endsWith('/token'))).toBe(true);
  cloud.signIn.next = 'approve';
  expect(await tool.finished).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/^Login successful\.\nWarning: [^\n]+\n$/u),
  });
  expect(cloud.requests.filter(({ path }) => path.endsWith('/token')).length).toBeGreaterThan(1);
});

test.concurrent('login polls more slowly if the authority requests it', async () => {
  await using cloud = await FakeCloud.start();
  cloud.signIn.interval = 0.1;
  cloud.signIn.next = 'slow_down';
  await using workspace = await Workspace.create(cloud);
  expect((await runInProcess(workspace, 'login', ...cloud.loginFlags)).exitCode).toBe(0);
});

test('a second login succeeds with the same words, without a prompt or request', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud);
  expect(await runInProcess(workspace, 'login')).toEqual(successful);
  expect(await runInProcess(workspace, 'login', ...cloud.loginFlags, '--force', 'false')).toEqual(successful);
  expect(cloud.requests).toEqual([]);
});

test.each(['--force', '-f', '--force=true', '--fo'])('%s asks in any case', async (force) => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud);
  const { exitCode, stdout } = await runInProcess(workspace, 'login', ...cloud.loginFlags, force);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(asksToSignIn);
});

test.each([
  ['-t', 'contoso.example'],
  ['--tenant', '72a1f6c4-9d0e-4f3b-8c57-1f0be3a4d2c8'],
  ['-i', '11111111-2222-4333-8444-555555555555'],
  ['--clid', '11111111-2222-4333-8444-555555555555'],
])('a sign-in that was made with something else than %s %s is not taken for it', async (flag, value) => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud);
  const login = ['login', ...cloud.loginFlags, flag, value];
  expect((await runInProcess(workspace, ...login)).stdout).toMatch(asksToSignIn);
  expect(await runInProcess(workspace, ...login)).toEqual(successful);
  expect(await runInProcess(workspace, 'login')).toEqual(successful);
});

test('options specify tenant, client, authority, and resource', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud);
  const clientId = '11111111-2222-4333-8444-555555555555';
  const flags = ['--authority-url', cloud.url, '-t', 'contoso.example', '-i', clientId, '-r', 'https://other.example'];
  expect((await runInProcess(workspace, 'login', ...flags)).exitCode).toBe(0);
  const asked = cloud.requests.find(({ path }) => path.endsWith('/devicecode'));
  expect(asked?.path).toBe('/contoso.example/oauth2/v2.0/devicecode');
  const form = Object.fromEntries(new URLSearchParams(asked?.body));
  expect(form).toMatchObject({ client_id: clientId });
  expect(form['scope']?.split(' ')).toContain('https://other.example/.default');
});

test('a settings file also specifies them, and replaces options', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud, { settings: { tenant: 'contoso.example' } });
  const { exitCode, stdout, stderr } = await runInProcess(
    workspace,
    'login',
    '-s',
    'settings.json',
    '-t',
    'other.example',
    '-f',
  );
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(asksToSignIn);
  expect(stderr).toMatch(/^Warning: --tenant is ignored because settings\.json is used \(-s\)\./u);
  const asked = cloud.requests.find(({ path }) => path.endsWith('/devicecode'));
  expect(asked?.path).toBe('/contoso.example/oauth2/v2.0/devicecode');
});

test('without options, resource and client are those of the Python tool, exactly', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud);
  await workspace.signIn();
  const asked = cloud.requests.find(({ path }) => path.endsWith('/devicecode'));
  const form = Object.fromEntries(new URLSearchParams(asked?.body));
  expect(asked?.path).toBe('/common/oauth2/v2.0/devicecode');
  expect(form['client_id']).toBe('04b07795-8ddb-461a-bbee-02f9e1bf7b46');
  expect(form['scope']?.split(' ')).toContain('https://service.powerapps.com//.default');
});

describe('stored data', () => {
  test('is readable only by the user, in ~/.paconn', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud);
    expect(await workspace.list('../home')).toEqual(['.paconn/sign-ins.json']);
    const mode = async (...names: string[]): Promise<string> =>
      ((await stat(join(workspace.configDirectory, ...names))).mode & 0o777).toString(8);
    expect(await mode()).toBe('700');
    expect(await mode('sign-ins.json')).toBe('600');
  });

  test.skipIf(!hasModes)("is closed to other users in paconn's own folder, whatever rights that had", async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud);
    const file = join(workspace.configDirectory, 'sign-ins.json');
    await chmod(file, 0o666);
    await chmod(workspace.configDirectory, 0o777);
    expect((await runInProcess(workspace, 'whoami')).stderr).toMatch(
      /^Credentials: \S+ \(unencrypted, other users can read or replace it, renewed automatically\)\n$/u,
    );
    expect((await runInProcess(workspace, 'login', ...cloud.loginFlags, '--force')).stderr).toMatch(
      /^Warning: The sign-in is stored unencrypted in \S+, which only you can read\.$/mu,
    );
    for (const path of [file, workspace.configDirectory]) expect((await stat(path)).mode & 0o077).toBe(0);
  });

  test.skipIf(!hasModes)('is reported as open in a folder of the user that others can change', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud);
    workspace.variables['PACONN_CONFIG_DIR'] = workspace.directory;
    await chmod(workspace.directory, 0o777);
    const { stderr } = await runInProcess(workspace, 'login', ...cloud.loginFlags);
    expect(stderr).toMatch(/, which other users can read or replace\.$/mu);
    expect((await stat(workspace.directory)).mode & 0o777).toBe(0o777);
  });

  test('is in PACONN_CONFIG_DIR if it is set', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { apiDefinition: petStore() });
    workspace.variables['PACONN_CONFIG_DIR'] = workspace.path('deep', 'config');
    await workspace.signIn();
    expect(await workspace.list('deep')).toEqual(['config/sign-ins.json']);
    expect(await workspace.list('../home')).toEqual([]);
    expect((await workspace.paconn('validate', '-s', 'settings.json')).exitCode).toBe(0);
  });

  test('contains account, cloud, type, and method', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud);
    const profile = {
      clientId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
      tenant: 'common',
      authorityUrl: cloud.settings.authorityUrl,
      resource: 'https://service.powerapps.com/',
      homeAccountId: `${cloud.signIn.user.objectId}.${cloud.signIn.user.tenantId}`,
      tenantId: cloud.signIn.user.tenantId,
      username: cloud.signIn.user.userPrincipalName,
      request: { method: 'device-code' },
    };
    expect(await workspace.readJson('../home/.paconn/sign-ins.json')).toEqual({
      version: 2,
      hasKey: false,
      signIns: [{ profile, tokenCache: expect.anything() }],
    });
  });

  test.each([
    ['sign-ins.json', ''],
    ['sign-ins.json', '{"version": 2'],
    ['sign-ins.json', '{"version": 2}'],
    ['sign-ins.json', '{"version": 2, "signIns": [{ "profile": {} }]}'],
  ])('%s is found damaged (%s): commands say so, and login makes it anew', async (name, content) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    await workspace.write(`../home/.paconn/${name}`, content);
    expect(await runInProcess(workspace, 'validate', '-s', 'settings.json')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: `Error: Can't read your saved sign-in: ${join(workspace.configDirectory, name)} is damaged.\nSign in again with:\n  paconn login --force\nTo check only the local files, pass --offline.\n`,
    });
    expect((await runInProcess(workspace, 'login', ...cloud.loginFlags)).stdout).toMatch(asksToSignIn);
    expect((await runInProcess(workspace, 'validate', '-s', 'settings.json')).exitCode).toBe(0);
  });

  test('without sign-ins.json there is no sign-in', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    await workspace.launch(['rm', join(workspace.configDirectory, 'sign-ins.json')]).finished;
    expect((await runInProcess(workspace, 'validate', '-s', 'settings.json')).exitCode).toBe(3);
  });
});

test("a configuration folder that can't be created is reported before the sign-in", async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud, { files: { file: 'x' } });
  workspace.variables['PACONN_CONFIG_DIR'] = workspace.path('file', 'config');
  expect(await workspace.paconn('login', ...cloud.loginFlags)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `Error: ${workspace.path('file')} can't be written: a file of that name is in the way.\n`,
  });
});

test('commands use the cloud of a login with a settings file, also without a name', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud);
  await runInProcess(workspace, 'login', '-s', 'settings.json');
  const { stdout } = await runInProcess(workspace, 'environments', '--query', 'environments[].id', '-o', 'tsv');
  expect(stdout).toBe(`${cloud.environment.id}\n`);
});
