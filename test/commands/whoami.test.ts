import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { adele, contosoTenant, diego } from '../support/fake-cloud/users.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedInByDeviceCode } from '../support/signed-in.ts';
import { hasModes } from '../support/system.ts';
import { TerminalSession } from '../support/terminal-session.ts';
import { Workspace } from '../support/workspace.ts';

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);

async function reported(workspace: Workspace, ...flags: readonly string[]): Promise<unknown> {
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'whoami', '-o', 'json', ...flags);
  if (exitCode !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('whoami', () => {
  test('shows account, cloud, method, expiry, and storage, without a request', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud);
    const account = {
      active: true,
      name: adele.userPrincipalName,
      accountType: 'user',
      tenantId: contosoTenant,
      tenantName: null,
      cloud: 'custom',
      clientId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
      authorityUrl: `${cloud.url}/`,
      resource: 'https://service.powerapps.com/',
      method: 'device-code',
      source: 'login',
      expiresOn: time,
      expired: false,
      renewable: true,
      protection: 'file',
    };
    const path = join(workspace.configDirectory, 'sign-ins.json');
    const cache = { path, protection: 'file' };
    const defaults = { environment: null, output: null, cloud: null, account: null };
    expect(await reported(workspace)).toEqual({ version: 2, account, accounts: [account], cache, defaults });
    expect(cloud.requests).toEqual([]);
  });

  test.runIf(TerminalSession.isSupported)(
    'shows the name of the tenant, which a sign-in at a terminal has found',
    async () => {
      await using cloud = await FakeCloud.start();
      await using workspace = await Workspace.create(cloud);
      await using session = TerminalSession.start(workspace, ['login', ...cloud.loginFlags]);
      await session.end();
      expect(await reported(workspace)).toMatchObject({
        account: { tenantId: contosoTenant, tenantName: 'Contoso (contoso.example)' },
      });
      expect((await runInProcess(workspace, 'whoami')).stdout).toContain('  Contoso (contoso.example)  ');
      // A script's sign-in to the same tenant finds it there.
      cloud.signIn.user = diego;
      await runInProcess(workspace, 'login', ...cloud.loginFlags, '--force');
      expect(await reported(workspace)).toMatchObject({
        account: { name: 'diego@contoso.example', tenantName: 'Contoso (contoso.example)' },
      });
    },
  );

  test('shows a table of all accounts, the one that commands use marked', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedInByDeviceCode(cloud);
    cloud.signIn.user = diego;
    await runInProcess(workspace, 'login', ...cloud.loginFlags, '--force');
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'whoami');
    const [, first, second] = stdout.split('\n');
    expect(exitCode).toBe(0);
    expect(first).toMatch(/^\* +diego@contoso\.example +72a1f6c4\S+ +custom +device code +\d{4}-\d\d-\d\d \d\d:\d\d$/u);
    expect(second).toMatch(/^ +adele@contoso\.example +72a1f6c4\S+ +custom +device code +\d{4}-\d\d-\d\d \d\d:\d\d$/u);
    const file = join('~', '.paconn', 'sign-ins.json');
    const whose = hasModes ? ', readable only by you' : '';
    expect(stderr).toBe(`Credentials: ${file} (unencrypted${whose}, renewed automatically)\n`);
    const other = await runInProcess(workspace, 'whoami', '--account', 'adele', '-o', 'tsv', '--quiet');
    expect(other.stdout).toMatch(/^\*\tadele@contoso\.example\t.*\n\tdiego@contoso\.example\t/u);
  });

  test('renews an expired token, so that its status is correct', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.accessTokenLifetime = 1;
    await using workspace = await signedInByDeviceCode(cloud);
    cloud.signIn.accessTokenLifetime = 3600;
    expect(await reported(workspace)).toMatchObject({ account: { expired: false, renewable: true } });
    expect(cloud.requests.filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
  });

  test('shows stored information without a network', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.accessTokenLifetime = -10;
    await using workspace = await signedInByDeviceCode(cloud);
    cloud.fault({ path: '/token', times: 9, action: 'reset' });
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'whoami', '-o', 'json');
    expect({ exitCode, account: JSON.parse(stdout).account }).toMatchObject({
      exitCode: 0,
      account: { name: adele.userPrincipalName, expired: true, renewable: true },
    });
    expect(stderr).toContain(', expired, renewal failed)\n');
  });

  test('ends with 3 without a sign-in, or if it has expired', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.accessTokenLifetime = 200;
    await using workspace = await signedInByDeviceCode(cloud);
    cloud.signIn.revokeRefreshTokens();
    expect(await runInProcess(workspace, 'whoami')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        "Error: Access token invalid. Please login again.\nThe sign-in has expired because it wasn't used for a long time (AADSTS700082).\nSign in again with:\n  paconn login --force --account adele@contoso.example\n",
    });
    await runInProcess(workspace, 'logout');
    expect(await runInProcess(workspace, 'whoami')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: "Error: Access token invalid. Please login again.\nYou aren't signed in. Sign in with:\n  paconn login\n",
    });
    const variables = { AZURE_CLIENT_ID: 'an-application', AZURE_TENANT_ID: 'a-tenant', GITHUB_ACTIONS: 'true' };
    expect((await runInProcessWith(workspace, ['whoami'], { variables })).stderr).toBe(
      `Error: Access token invalid. Please login again.\nYou aren't signed in. Sign in with:\n  paconn login\nTo sign in by environment variables alone, add "permissions: id-token: write" to the job.\n`,
    );
  });

  test('shows a token of environment variables, and one of the Python tool', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud);
    const { text, expiresAt } = cloud.accessToken();
    const variables = { PACONN_ACCESS_TOKEN: text };
    const given = await runInProcessWith(workspace, ['whoami', '-o', 'json'], { variables });
    expect(JSON.parse(given.stdout)).toMatchObject({
      account: {
        name: adele.userPrincipalName,
        tenantId: contosoTenant,
        cloud: 'public',
        method: 'access-token',
        source: 'environment variables',
        renewable: false,
        protection: null,
      },
    });
    expect(given.stderr).toBe('Credentials: environment variables (not stored, not renewed)\n');
    const token = { access_token: text, expires_on: expiresAt / 1000, oid: adele.objectId };
    await workspace.write('../home/.paconn/accessTokens.json', JSON.stringify(token));
    expect(await reported(workspace)).toMatchObject({
      account: { name: adele.userPrincipalName, method: null, source: 'accessTokens.json', renewable: false },
    });
  });

  test('shows that an account is an application, without token or secret', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud);
    const { clientId, tenantId } = cloud.signIn.applications.add({ secret: 'x8Q~secret' });
    const variables = { PACONN_SP_SECRET: 'x8Q~secret' };
    const login = ['login', '--service-principal', ...cloud.loginFlags, '--clid', clientId, '--tenant', tenantId];
    expect((await runInProcessWith(workspace, login, { variables })).exitCode).toBe(0);
    const { stdout } = await runInProcess(workspace, 'whoami', '-o', 'json');
    expect(JSON.parse(stdout).account).toMatchObject({
      name: 'Contoso Deployment',
      accountType: 'application',
      clientId,
      method: 'client-secret',
    });
    expect(stdout).not.toMatch(/x8Q|eyJ/u);
  });
});
