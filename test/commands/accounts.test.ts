import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { adele, diego, type User } from '../support/fake-cloud/users.ts';
import { ForwardProxy } from '../support/forward-proxy.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn, signedInByDeviceCode } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const validate = ['validate', '-s', 'settings.json'];
const govResource = 'https://gov.service.powerapps.us/';

async function login(cloud: FakeCloud, workspace: Workspace, user: User, ...flags: readonly string[]): Promise<void> {
  cloud.signIn.user = user;
  const { exitCode, stderr } = await runInProcess(workspace, 'login', ...cloud.loginFlags, '--force', ...flags);
  if (exitCode !== 0) throw new Error(stderr);
}

/** Whom the last request for a validation was made for. */
function caller(cloud: FakeCloud): string | undefined {
  const path = cloud.requests.findLast((request) => request.path.endsWith('/validateApiSwagger'))?.path;
  return [adele, diego].find(({ objectId }) => path?.includes(objectId))?.userPrincipalName;
}

/** Adele signed in first, then Diego. */
async function twoAccounts(cloud: FakeCloud): Promise<Workspace> {
  const workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
  await login(cloud, workspace, diego);
  return workspace;
}

async function names(workspace: Workspace): Promise<string> {
  return (await runInProcess(workspace, 'whoami', '--query', 'accounts[].name', '-o', 'tsv')).stdout;
}

async function signedInToCustomCloud(cloud: FakeCloud): Promise<Workspace> {
  const workspace = await Workspace.create(cloud, { apiDefinition: petStore() });
  await workspace.write('cloud.json', JSON.stringify(cloud.settings));
  const { exitCode, stderr } = await runInProcess(workspace, 'login', '-s', 'cloud.json');
  if (exitCode !== 0) throw new Error(stderr);
  return workspace;
}

/** Where the accounts have signed in, and what for. */
async function places(workspace: Workspace): Promise<readonly string[]> {
  const signIns = await workspace.read('../home/.paconn/sign-ins.json');
  return signIns.match(/"(?:cloud|authorityUrl|resource|powerAppsUrl|flowUrl)":\s*"[^"]*"/gu) ?? [];
}

describe('of several accounts', () => {
  test('commands use the one that signed in last, unless --account or PACONN_ACCOUNT names another', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoAccounts(cloud);
    expect((await runInProcess(workspace, ...validate)).exitCode).toBe(0);
    expect(caller(cloud)).toBe('diego@contoso.example');
    for (const name of ['adele@contoso.example', 'Adele', 'adele@']) {
      cloud.forgetRequests();
      expect((await runInProcess(workspace, ...validate, '--account', name)).exitCode).toBe(0);
      expect(caller(cloud)).toBe('adele@contoso.example');
    }
    const variables = { PACONN_ACCOUNT: 'adele' };
    expect((await runInProcessWith(workspace, validate, { variables })).exitCode).toBe(0);
    expect(caller(cloud)).toBe('adele@contoso.example');
    expect((await runInProcessWith(workspace, [...validate, '--account', 'diego'], { variables })).exitCode).toBe(0);
    expect(caller(cloud)).toBe('diego@contoso.example');
  });

  test('an unknown or ambiguous account is an error that lists the accounts, without a request', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoAccounts(cloud);
    cloud.forgetRequests();
    const unknown = await runInProcess(workspace, ...validate, '--account', 'megan');
    expect(unknown.exitCode).toBe(3);
    expect(unknown.stderr).toMatch(
      /^Error: You aren't signed in as 'megan'\.\nSigned in: diego@contoso\.example, adele@contoso\.example\.\nPass an account that is signed in, or sign in to another one:\n {2}paconn login --force\n/u,
    );
    const again = await runInProcess(workspace, 'login', '--force', '--account', 'megan', '-t', 'contoso.example');
    expect(again.stderr).toMatch(
      /\nTo add an account, sign in without --account:\n {2}paconn login --tenant contoso\.example --force\n$/u,
    );
    expect(await runInProcess(workspace, ...validate, '--account', 'contoso')).toMatchObject({
      exitCode: 2,
      stderr:
        "Error: 'contoso' matches several accounts: diego@contoso.example, adele@contoso.example.\nSpecify one, such as --account diego@contoso.example\n",
    });
    expect(cloud.requests).toEqual([]);
  });

  test('login --account warns where another account has signed in', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    const again = ['login', '--force', '--account', 'adele'];
    expect((await runInProcess(workspace, ...again)).stderr).not.toContain('You signed in as');
    cloud.signIn.user = diego;
    expect(await runInProcess(workspace, ...again)).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(
        /^Login successful\.\nWarning: You signed in as diego@contoso\.example, not as adele@contoso\.example\.\nWarning: The sign-in is stored [^\n]+\n$/u,
      ),
    });
  });

  test('an unknown account is never replaced by another sign-in', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    expect((await runInProcess(workspace, ...validate)).exitCode).toBe(0);
    const variables = { PACONN_ACCOUNT: 'adele' };
    for (const run of [
      await runInProcess(workspace, ...validate, '--account', 'adele'),
      await runInProcessWith(workspace, validate, { variables }),
    ]) {
      expect(run).toMatchObject({
        exitCode: 3,
        stderr: expect.stringMatching(/^Error: You aren't signed in as 'adele'\./u),
      });
    }
  });

  test('login makes an existing one active, without a prompt', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoAccounts(cloud);
    cloud.forgetRequests();
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'login', '--account', 'adele');
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: 'Login successful.\n' });
    expect(cloud.requests).toEqual([]);
    await runInProcess(workspace, ...validate);
    expect(caller(cloud)).toBe('adele@contoso.example');
  });

  test('the same account in another tenant is separate, and shown with its tenant', async () => {
    await using cloud = await FakeCloud.start();
    const tenantId = '0d1b5b1c-6f0e-4f5f-9d7a-3f6f6a8c9b10';
    const { objectId } = adele;
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    await login(cloud, workspace, {
      ...adele,
      objectId: diego.objectId,
      tenantId,
      home: { objectId, tenantId: adele.tenantId },
    });
    const { exitCode, stderr } = await runInProcess(workspace, ...validate, '--account', 'adele');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`adele@contoso.example ${tenantId}, adele@contoso.example ${adele.tenantId}`);
    expect((await runInProcess(workspace, ...validate, '--account', `adele ${tenantId}`)).exitCode).toBe(0);
    expect((await runInProcess(workspace, ...validate, '--account', adele.tenantId)).exitCode).toBe(0);
  });

  test('applications with the same name are shown with their client IDs', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { apiDefinition: petStore() });
    const secret = 'x8Q~aSecretOfTheApplication';
    const clientIds = ['one', 'other'].map(() => cloud.signIn.applications.add({ secret }).clientId);
    const signIn = ['login', ...cloud.loginFlags, '--service-principal', '--tenant', 'contoso.example', '--clid'];
    for (const clientId of clientIds) {
      const variables = { PACONN_SP_SECRET: secret };
      expect((await runInProcessWith(workspace, [...signIn, clientId], { variables })).exitCode).toBe(0);
    }
    const [one = '', other = ''] = clientIds;
    const { exitCode, stderr } = await runInProcess(workspace, ...validate, '--account', 'Contoso Deployment');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `Error: 'Contoso Deployment' matches several accounts: Contoso Deployment ${other}, Contoso Deployment ${one}.\nSpecify one, such as --account "Contoso Deployment ${other}"\n`,
    });
    for (const name of [one, `Contoso Deployment ${one}`]) {
      expect((await runInProcess(workspace, ...validate, '--account', name)).exitCode).toBe(0);
    }
    expect((await runInProcess(workspace, 'logout', '--account', `Contoso Deployment ${one}`)).exitCode).toBe(0);
    expect((await runInProcess(workspace, 'whoami', '--query', 'accounts[].clientId', '-o', 'tsv')).stdout).toBe(
      `${other}\n`,
    );
  });

  test('the only one, of a cloud without a name, signs in again with the same values', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { apiDefinition: petStore() });
    await workspace.write('cloud.json', JSON.stringify({ ...cloud.settings, tenant: 'contoso.example' }));
    expect((await runInProcess(workspace, 'login', '-s', 'cloud.json')).exitCode).toBe(0);
    cloud.signIn.expireAccessTokens();
    cloud.signIn.revokeRefreshTokens();
    const { exitCode, stderr } = await runInProcess(workspace, 'list', '-e', cloud.environment.id);
    expect(exitCode).toBe(3);
    const again = ['login', '--force', '--account', 'adele@contoso.example'];
    expect(stderr).toMatch(/^Error: Access token invalid\. Please login again\.\n/u);
    expect(stderr).toContain(`\nSign in again with:\n  paconn ${again.join(' ')}\n`);
    cloud.forgetRequests();
    expect((await runInProcess(workspace, ...again)).exitCode).toBe(0);
    expect(cloud.requests.find(({ path }) => path.endsWith('/devicecode'))?.path).toMatch(/^\/contoso\.example\//u);
    expect((await runInProcess(workspace, 'list', '-e', cloud.environment.id)).exitCode).toBe(0);
  });

  test('an account signs in again to its own service, whatever PACONN_CLOUD and a file without a service say', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInToCustomCloud(cloud);
    await workspace.write('tenant.json', JSON.stringify({ tenant: 'contoso.example' }));
    const before = await places(workspace);
    const variables = { PACONN_CLOUD: 'gcc' };
    for (const more of [[], ['-s', 'tenant.json']]) {
      const again = ['login', '--force', '--account', 'adele', ...more];
      expect(await runInProcessWith(workspace, again, { variables })).toMatchObject({ exitCode: 0 });
      expect(await places(workspace)).toEqual(before);
    }
    expect((await runInProcess(workspace, 'list', '-e', cloud.environment.id)).exitCode).toBe(0);
  });

  test.each([['--cloud gcc'], ['-s gov.json']])("an account doesn't sign in to another cloud: %s", async (named) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInToCustomCloud(cloud);
    await workspace.write('gov.json', JSON.stringify({ powerAppsUrl: 'https://gov.api.powerapps.us' }));
    const before = await places(workspace);
    cloud.forgetRequests();
    const again = ['login', '--force', '--account', 'adele', ...named.split(' ')];
    expect(await runInProcess(workspace, ...again)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: adele@contoso.example signed in to a custom cloud, not to the cloud gcc.\nTo sign in to that cloud, run it without --account:\n  paconn login ${named} --force\n`,
    });
    expect(cloud.requests).toEqual([]);
    expect(await places(workspace)).toEqual(before);
  });

  test('a new sign-in without a name goes to the cloud of the last one, also to one without a name', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud);
    await workspace.write('cloud.json', JSON.stringify(cloud.settings));
    expect((await runInProcess(workspace, 'login', '-s', 'cloud.json', '--force')).exitCode).toBe(0);
    cloud.forgetRequests();
    expect((await runInProcess(workspace, 'login', '--force')).exitCode).toBe(0);
    expect(cloud.requests.some(({ path }) => path.endsWith('/devicecode'))).toBe(true);
    expect((await runInProcess(workspace, 'list', '-e', cloud.environment.id)).exitCode).toBe(0);
  });

  test('an expired one is named, and login with that name uses the same values', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    await login(cloud, workspace, diego, '--tenant', 'contoso.example');
    cloud.signIn.expireAccessTokens();
    cloud.signIn.revokeRefreshTokens();
    const { stderr } = await runInProcess(workspace, ...validate);
    expect(stderr).toContain('\nSign in again with:\n  paconn login --force --account diego@contoso.example\n');
    cloud.forgetRequests();
    expect((await runInProcess(workspace, 'login', '--force', '--account', 'diego@contoso.example')).exitCode).toBe(0);
    expect(cloud.requests.find(({ path }) => path.endsWith('/devicecode'))?.path).toMatch(/^\/contoso\.example\//u);
    expect(await names(workspace)).toBe('diego@contoso.example\nadele@contoso.example\n');
    expect((await runInProcess(workspace, ...validate)).exitCode).toBe(0);
  });

  test('an application is also an account, and login --force --account renews it with its stored secret', async () => {
    await using cloud = await FakeCloud.start();
    const { clientId, tenantId } = cloud.signIn.applications.add({ secret: 'x8Q~secret' });
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    const flags = ['--service-principal', '--clid', clientId, '--tenant', tenantId];
    const variables = { PACONN_SP_SECRET: 'x8Q~secret' };
    const first = await runInProcessWith(workspace, ['login', ...cloud.loginFlags, ...flags], { variables });
    expect(first.exitCode).toBe(0);
    expect(await names(workspace)).toBe('Contoso Deployment\nadele@contoso.example\n');
    const again = await runInProcess(workspace, 'login', '--force', '--account', clientId);
    expect(again).toMatchObject({ exitCode: 0, stdout: '' });
    cloud.signIn.expireAccessTokens();
    expect((await runInProcess(workspace, ...validate, '--account', clientId)).exitCode).toBe(0);
  });
});

describe('logout', () => {
  test('requires an account or --all if there are several', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoAccounts(cloud);
    expect(await runInProcess(workspace, 'logout')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'Error: Several accounts are signed in.\n  diego@contoso.example\n  adele@contoso.example\nPass --account <name>, or --all.\n',
    });
    expect(await runInProcess(workspace, 'logout', '--account', 'megan')).toMatchObject({ exitCode: 3 });
    expect(await runInProcess(workspace, 'logout', '--account', 'diego')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'Still signed in: adele@contoso.example.\nLogout successful.\n',
    });
    expect((await runInProcess(workspace, ...validate)).exitCode).toBe(0);
    expect(caller(cloud)).toBe('adele@contoso.example');
    expect(await runInProcess(workspace, 'logout')).toMatchObject({ exitCode: 0, stderr: 'Logout successful.\n' });
    expect((await runInProcess(workspace, ...validate)).exitCode).toBe(3);
  });

  test('--all removes all of them, and the token file of the Python tool', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoAccounts(cloud);
    await workspace.write('../home/.paconn/accessTokens.json', '{}');
    expect(await runInProcess(workspace, 'logout', '--all')).toMatchObject({
      exitCode: 0,
      stderr: 'Logout successful.\n',
    });
    expect(await workspace.list('../home')).toEqual(['.paconn/']);
    expect(await runInProcess(workspace, 'logout', '--all')).toMatchObject({ stderr: "You weren't signed in.\n" });
  });

  test('of one account keeps the token file of the Python tool', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await twoAccounts(cloud);
    await workspace.write('../home/.paconn/accessTokens.json', '{}');
    expect((await runInProcess(workspace, 'logout', '--account', 'adele')).exitCode).toBe(0);
    expect(await workspace.list('../home')).toEqual(['.paconn/accessTokens.json', '.paconn/sign-ins.json']);
  });
});

describe('a sign-in for another cloud', () => {
  const pau = ['--pau', 'https://gov.api.powerapps.us'];

  test('is not sent to a service that would refuse it', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    expect(await runInProcess(workspace, 'validate', '-d', 'apiDefinition.swagger.json', ...pau)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: `Error: You signed in at ${new URL(cloud.url).host}, so paconn doesn't send your token to gov.api.powerapps.us in the cloud gcc.\nPass --power-apps-url <url>, or sign in to that cloud with:\n  paconn login --cloud gcc\nTo check only the local files, pass --offline.\n`,
    });
    expect(cloud.requests).toEqual([]);
  });

  test('is not sent there either if another program acquired the token', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    await runInProcess(workspace, 'logout');
    const { text, expiresAt } = cloud.accessToken();
    const token = { access_token: text, expires_on: expiresAt / 1000, oid: adele.objectId };
    await workspace.write('../home/.paconn/accessTokens.json', JSON.stringify(token));
    const result = await runInProcess(workspace, 'validate', '-d', 'apiDefinition.swagger.json', ...pau);
    expect(result).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/^Error: The sign-in is for the cloud public,/u),
    });
  });

  test('is stored next to the first, and each is used for its cloud', async () => {
    await using cloud = await FakeCloud.start();
    cloud.audiences.add(govResource);
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    await login(cloud, workspace, adele, '--cloud', 'gcc');
    const form = new URLSearchParams(cloud.requests.find(({ path }) => path.endsWith('/devicecode'))?.body);
    expect(form.get('scope')?.split(' ')).toContain(`${govResource}/.default`);
    const active = ['whoami', '--query', 'account.cloud', '-o', 'tsv'];
    expect((await runInProcess(workspace, ...active)).stdout).toBe('gcc\n');
    expect((await runInProcess(workspace, ...active, '--cloud', 'GCC')).stdout).toBe('gcc\n');
    expect((await runInProcess(workspace, ...active, '--cloud', 'public')).stdout).toBe('custom\n');
    expect((await runInProcess(workspace, ...active, '--pau', 'https://europe.api.powerapps.com')).stdout).toBe(
      'custom\n',
    );
    expect((await runInProcess(workspace, ...active, '--cloud', 'china')).exitCode).toBe(3);
    const variables = { PACONN_CLOUD: 'dod' };
    expect((await runInProcessWith(workspace, active, { variables })).stderr).toContain('paconn login --cloud dod');
  });

  test('leads commands without URLs to its cloud', async () => {
    await using cloud = await FakeCloud.start();
    await using proxy = await ForwardProxy.start({ refuseWith: 403 });
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    await login(cloud, workspace, adele, '--cloud', 'gcc');
    const variables = { HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost' };
    const { stderr } = await runInProcessWith(workspace, ['validate', '-d', 'apiDefinition.swagger.json'], {
      variables,
    });
    expect(stderr).toMatch(/^Error: POST https:\/\/gov\.api\.powerapps\.us\/providers\/.+ failed through the proxy /u);
  });

  test('is renewed by login --force alone', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    await login(cloud, workspace, adele, '--cloud', 'gcc');
    cloud.forgetRequests();
    expect((await runInProcess(workspace, 'login', ...cloud.loginFlags, '--force')).exitCode).toBe(0);
    const form = new URLSearchParams(cloud.requests.find(({ path }) => path.endsWith('/devicecode'))?.body);
    expect(form.get('scope')?.split(' ')).toContain(`${govResource}/.default`);
  });

  test('keeps its name, and where one signs in, when login --force renews it', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
    await login(cloud, workspace, adele, '--cloud', 'gcc');
    const list = ['whoami', '--query', 'accounts[].[name, cloud]', '-o', 'json'];
    const before = await runInProcess(workspace, ...list);
    cloud.forgetRequests();
    expect((await runInProcess(workspace, 'login', '--force')).exitCode).toBe(0);
    const form = new URLSearchParams(cloud.requests.find(({ path }) => path.endsWith('/devicecode'))?.body);
    expect(form.get('scope')?.split(' ')).toContain(`${govResource}/.default`);
    expect(await runInProcess(workspace, ...list)).toEqual(before);
    expect(JSON.parse(before.stdout)).toContainEqual(['adele@contoso.example', 'gcc']);
  });
});
