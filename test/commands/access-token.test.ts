import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { diego } from '../support/fake-cloud/users.ts';
import { noBaseNote } from '../support/notes.ts';
import { petIcon, petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedInByDeviceCode } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';
import { validDefinition } from '../support/valid-definition.ts';

const invalid = {
  exitCode: 3,
  stdout: '',
  stderr:
    'Error: Access token invalid. Please login again.\nSign in with:\n  paconn login\nTo check only the local files, pass --offline.\n',
};
const validate = ['validate', '-s', 'settings.json'];
const apiDefinition = petStore();

function tokenRequests({ requests }: FakeCloud): number {
  return requests.filter(({ path }) => path.endsWith('/token')).length;
}

function tokenFile(cloud: FakeCloud, lifetime: number): Readonly<Record<string, unknown>> {
  const { text, expiresAt } = cloud.accessToken({ lifetime });
  const { objectId: oid } = cloud.signIn.user;
  return { access_token: text, token_type: 'Bearer', expires_on: expiresAt / 1000, oid };
}

describe.concurrent('a token that expires soon', () => {
  test('is renewed silently, and the new token is stored', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.accessTokenLifetime = 200;
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition });
    cloud.signIn.accessTokenLifetime = 3600;

    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
    expect(tokenRequests(cloud)).toBe(1);
  });

  test('within ten minutes is renewed by login without a prompt', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.accessTokenLifetime = 500;
    await using workspace = await signedInByDeviceCode(cloud);
    expect(await runInProcess(workspace, 'login')).toEqual({ exitCode: 0, stdout: '', stderr: 'Login successful.\n' });
    expect(tokenRequests(cloud)).toBe(1);
  });

  test('requires a new sign-in if it can no longer be renewed, which login starts', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.accessTokenLifetime = 200;
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition });
    cloud.signIn.revokeRefreshTokens();
    expect(await runInProcess(workspace, ...validate)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        "Error: Access token invalid. Please login again.\nThe sign-in has expired because it wasn't used for a long time (AADSTS700082).\nSign in again with:\n  paconn login --force --account adele@contoso.example\nTo check only the local files, pass --offline.\n",
    });
    expect((await runInProcess(workspace, 'login', ...cloud.loginFlags)).stdout).toMatch(/^To sign in/u);
  });

  test('does not require a new sign-in if the renewal failed only temporarily', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.accessTokenLifetime = 200;
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition });
    cloud.fault({ path: '/token', times: 9, action: 'reset' });
    const { exitCode, stderr } = await runInProcess(workspace, ...validate);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error: POST \S+\/token failed: the connection broke\.\n$/u);
    cloud.clearFaults();
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
  });
});

describe('a token that the service refuses', () => {
  test('is renewed once for all requests, which are repeated', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedInByDeviceCode(cloud, { connector, apiDefinition, icon: petIcon() });
    cloud.signIn.expireAccessTokens();
    expect(await workspace.paconn('update', '-s', 'settings.json')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `${noBaseNote}${connector.id} updated successfully.\n`,
    });
    expect(tokenRequests(cloud)).toBe(1);
  });

  test('ends the run if its renewed token is also refused', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition });
    cloud.audiences.clear();
    const { exitCode, stdout, stderr } = await workspace.paconn(...validate);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toMatch(
      /^Error: Can't validate the API definition: .*wrong audience or resource.* \(\w+, HTTP 401\)\nCorrelation ID: \S+\nSign in again with:\n {2}paconn login --force --account adele@contoso\.example\nTo check only the local files, pass --offline\.\n$/u,
    );
    expect(tokenRequests(cloud)).toBe(1);
  });
});

describe('accessTokens.json of the Python tool', () => {
  const name = '../home/.paconn/accessTokens.json';

  async function workspaceWith(cloud: FakeCloud, file: Readonly<Record<string, unknown>> | string): Promise<Workspace> {
    const workspace = await Workspace.create(cloud, { apiDefinition });
    await workspace.write(name, typeof file === 'string' ? file : JSON.stringify(file));
    return workspace;
  }

  test('is used while its token is valid', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceWith(cloud, tokenFile(cloud, 60));
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
    expect(await workspace.list('../home')).toEqual(['.paconn/accessTokens.json']);
  });

  test.each([
    ['the time as text', ({ expires_on }: { expires_on?: unknown }) => ({ expires_on: String(expires_on) })],
    ['the time in a form of its own: it is in the token', () => ({ expires_on: '2026-11-29 02:00:00.000000' })],
    ['an empty time: it is in the token', () => ({ expires_on: '' })],
    ['no time: it is in the token', () => ({ expires_on: undefined })],
    ['no object ID: it is in the token', () => ({ oid: undefined })],
    [
      '"Bearer" before the token',
      ({ access_token }: { access_token?: unknown }) => ({ access_token: `Bearer ${String(access_token)}\n` }),
    ],
    ['keys that we do not know', () => ({ refresh_token: 'x', resource: 'y' })],
  ])('may have %s', async (_what, change) => {
    await using cloud = await FakeCloud.start();
    const file = tokenFile(cloud, 3600);
    await using workspace = await workspaceWith(cloud, { ...file, ...change(file) });
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
  });

  test('without a time expires with its token', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceWith(cloud, { ...tokenFile(cloud, -1), expires_on: undefined });
    expect(await runInProcess(workspace, ...validate)).toEqual(invalid);
    expect(cloud.requests).toEqual([]);
  });

  test('with an opaque token is used until the service refuses it', async () => {
    await using cloud = await FakeCloud.start();
    const { objectId: oid } = cloud.signIn.user;
    await using workspace = await workspaceWith(cloud, { access_token: 'opaque', oid });
    expect(await runInProcess(workspace, 'whoami', '-o', 'json')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/"expiresOn": null,\s+"expired": null/u),
    });
    expect(await runInProcess(workspace, ...validate)).toEqual(invalid);
    expect(cloud.requests).toHaveLength(1);
  });

  test('that has expired leads to the sentence of the Python tool, and login prompts', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceWith(cloud, tokenFile(cloud, -1));
    expect(await runInProcess(workspace, ...validate)).toEqual(invalid);
    expect(cloud.requests).toEqual([]);
    expect((await runInProcess(workspace, 'login', ...cloud.loginFlags)).stdout).toMatch(/^To sign in/u);
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
  });

  test('whose token the service refuses cannot be renewed', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceWith(cloud, tokenFile(cloud, 3600));
    cloud.signIn.expireAccessTokens();
    expect(await runInProcess(workspace, ...validate)).toEqual(invalid);
  });

  test.each([
    [900, /^$/u],
    [300, /^To sign in/u],
  ])('with %i seconds to live: login asks only when they are less than ten minutes', async (lifetime, stdout) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceWith(cloud, tokenFile(cloud, lifetime));
    const result = await runInProcess(workspace, 'login', ...cloud.loginFlags);
    expect(result).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(stdout) });
  });

  test.each(['', '{', '[]', '{"access_token": 1}'])('that holds %j is damaged, which login mends', async (content) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceWith(cloud, content);
    expect(await runInProcess(workspace, ...validate)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: `Error: Can't read your saved sign-in: ${join(workspace.configDirectory, 'accessTokens.json')} is damaged.\nSign in again with:\n  paconn login --force\nTo check only the local files, pass --offline.\n`,
    });
    expect((await runInProcess(workspace, 'login', ...cloud.loginFlags)).exitCode).toBe(0);
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
  });

  test('has less precedence than our own sign-in', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition });
    const { text, expiresAt } = cloud.accessToken({ user: diego });
    await workspace.write(
      name,
      JSON.stringify({ access_token: text, expires_on: expiresAt / 1000, oid: diego.objectId }),
    );
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
    expect(cloud.requests[0]?.path).toContain(cloud.signIn.user.objectId);
  });
});
