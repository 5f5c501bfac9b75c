import { describe, expect, test } from 'vitest';
import { authenticate } from '../../../src/auth/authenticate.ts';
import type { Authentication } from '../../../src/auth/sign-in-request.ts';
import { type AuthenticationChoices, authenticationOptions } from '../../support/authentication.ts';
import { type FakeAzBehaviour, installFakeAz } from '../../support/fake-az.ts';
import { FakeCloud } from '../../support/fake-cloud/fake-cloud.ts';
import { adele, contosoTenant } from '../../support/fake-cloud/users.ts';
import { TemporaryDirectory } from '../../support/temporary-directory.ts';

interface Attempt {
  readonly outcome: Promise<Authentication>;
  readonly calls: () => Promise<string[][]>;
}

/** Signs in by an Azure CLI that behaves so. */
async function signIn(
  cloud: FakeCloud,
  directory: TemporaryDirectory,
  behaviour: FakeAzBehaviour,
  choices: AuthenticationChoices = {},
): Promise<Attempt> {
  const { path, calls } = await installFakeAz(directory.path, behaviour);
  const options = authenticationOptions(cloud, {
    request: { method: 'azure-cli' },
    variables: { PATH: path },
    ...choices,
  });
  const outcome = authenticate(options);
  // Whoever made the attempt looks at how it ends.
  outcome.catch(() => undefined);
  return { outcome, calls };
}

function tokenAnswer(cloud: FakeCloud, options?: Parameters<FakeCloud['accessToken']>[0]): string {
  const { text, expiresAt } = cloud.accessToken(options);
  return JSON.stringify({
    accessToken: text,
    expiresOn: '2026-01-01 00:00:00.000000',
    expires_on: Math.floor(expiresAt / 1000),
    tenant: contosoTenant,
    tokenType: 'Bearer',
  });
}

describe('signing in by the Azure CLI', () => {
  test('uses the token of the account that is signed in there, for the resource', async () => {
    await using cloud = await FakeCloud.start();
    await using directory = await TemporaryDirectory.create();
    const { outcome, calls } = await signIn(cloud, directory, { stdout: tokenAnswer(cloud) });
    const { accessToken, username, tenantId } = await outcome;
    expect(cloud.signIn.accessToken(accessToken.value)?.user).toEqual(adele);
    expect({ objectId: accessToken.objectId, username, tenantId }).toEqual({
      objectId: adele.objectId,
      username: adele.userPrincipalName,
      tenantId: contosoTenant,
    });
    expect(await calls()).toEqual([
      ['account', 'get-access-token', '--resource', 'https://service.powerapps.com/', '--output', 'json'],
    ]);
  });

  test('names the tenant when one is asked for', async () => {
    await using cloud = await FakeCloud.start();
    await using directory = await TemporaryDirectory.create();
    const settings = { tenant: contosoTenant };
    const { outcome, calls } = await signIn(cloud, directory, { stdout: tokenAnswer(cloud) }, { settings });
    await outcome;
    expect((await calls())[0]?.slice(-2)).toEqual(['--tenant', contosoTenant]);
  });

  test('reads the expiry from the token if an old Azure CLI returns no UTC time', async () => {
    await using cloud = await FakeCloud.start();
    await using directory = await TemporaryDirectory.create();
    const { text } = cloud.accessToken({ lifetime: 1000 });
    const stdout = JSON.stringify({ accessToken: text, expiresOn: '2026-01-01 00:00:00.000000' });
    const { outcome } = await signIn(cloud, directory, { stdout });
    const left = (await outcome).accessToken.expiresOn - Date.now() / 1000;
    expect(left).toBeGreaterThan(980);
    expect(left).toBeLessThan(1001);
  });

  test.each<[what: string, behaviour: FakeAzBehaviour, message: string, hint: string]>([
    [
      'nobody is signed in',
      { exitCode: 1, stderr: "WARNING: something\nERROR: Please run 'az login' to setup account.\n" },
      "The Azure CLI didn't return a token: Please run 'az login' to setup account.",
      'Sign in with:\n  az login',
    ],
    [
      'the tenant asks for more',
      {
        exitCode: 1,
        stderr:
          'ERROR: AADSTS50076: Due to a configuration change you must use multi-factor authentication. Trace ID: x Correlation ID: y\nInteractive authentication is needed.\n',
      },
      "The Azure CLI didn't return a token: AADSTS50076: Due to a configuration change you must use multi-factor authentication.",
      'Sign in with:\n  az login',
    ],
    [
      'it says nothing',
      { exitCode: 3 },
      "The Azure CLI didn't return a token: it ended with exit code 3.",
      'Sign in with:\n  az login',
    ],
    [
      'it says something else',
      { stdout: '{}' },
      "The Azure CLI didn't return a token: its output isn't valid.",
      'Sign in with:\n  az login',
    ],
  ])('says why there is no token when %s', async (_what, behaviour, message, hint) => {
    await using cloud = await FakeCloud.start();
    await using directory = await TemporaryDirectory.create();
    const { outcome } = await signIn(cloud, directory, behaviour);
    await expect(outcome).rejects.toMatchObject({ exitCode: 3, message, hint });
  });

  test('reports that it is not installed', async () => {
    await using cloud = await FakeCloud.start();
    await using directory = await TemporaryDirectory.create();
    const variables = { PATH: directory.path };
    const options = authenticationOptions(cloud, { request: { method: 'azure-cli' }, variables });
    await expect(authenticate(options)).rejects.toMatchObject({
      exitCode: 3,
      message: "The Azure CLI isn't installed, or isn't on the PATH.",
    });
  });

  test('waits for a limited time', async () => {
    await using cloud = await FakeCloud.start();
    await using directory = await TemporaryDirectory.create();
    const { outcome } = await signIn(cloud, directory, { hangs: true }, { timeout: 300 });
    await expect(outcome).rejects.toMatchObject({
      exitCode: 3,
      message: "The Azure CLI didn't respond within 0.3 seconds.",
    });
  });

  test('can be interrupted', async () => {
    await using cloud = await FakeCloud.start();
    await using directory = await TemporaryDirectory.create();
    const interruption = new AbortController();
    const { outcome, calls } = await signIn(cloud, directory, { hangs: true }, { signal: interruption.signal });
    await expect.poll(calls).toHaveLength(1);
    interruption.abort();
    await expect(outcome).rejects.toMatchObject({ exitCode: 130 });
  });

  test('reports a token that is for another resource or has expired', async () => {
    await using cloud = await FakeCloud.start();
    await using directory = await TemporaryDirectory.create();
    const wrong = tokenAnswer(cloud, { audience: 'https://management.core.windows.net/' });
    await expect((await signIn(cloud, directory, { stdout: wrong })).outcome).rejects.toThrow(
      'The token of the Azure CLI is for https://management.core.windows.net/, but paconn needs one for https://service.powerapps.com/.',
    );
    const old = tokenAnswer(cloud, { lifetime: -5 });
    await expect((await signIn(cloud, directory, { stdout: old })).outcome).rejects.toThrow(
      /^The token of the Azure CLI expired at /u,
    );
  });

  test.each(['https://x/ & calc', '--debug', '%PATH%', '"; rm -rf /', 'a\nb', '$(x)'])(
    'passes nothing on that a shell could take for a command: %j',
    async (resource) => {
      await using cloud = await FakeCloud.start();
      await using directory = await TemporaryDirectory.create();
      const { outcome, calls } = await signIn(cloud, directory, {}, { settings: { resource } });
      await expect(outcome).rejects.toMatchObject({ exitCode: 2 });
      expect(await calls()).toEqual([]);
    },
  );
});
