import { describe, expect, test } from 'vitest';
import { authenticate, renew } from '../../../src/auth/authenticate.ts';
import { UsageError } from '../../../src/errors.ts';
import { type AuthenticationChoices, authenticationOptions } from '../../support/authentication.ts';
import { FakeCloud } from '../../support/fake-cloud/fake-cloud.ts';
import { contosoTenant } from '../../support/fake-cloud/users.ts';

const secret = 'x8Q~secret';

function choices(clientId: string, others: AuthenticationChoices = {}): AuthenticationChoices {
  return {
    request: { method: 'client-secret', secret },
    ...others,
    settings: { clientId, tenant: contosoTenant, ...others.settings },
  };
}

describe('an application that signs in by a client secret', () => {
  test('gets its own token, with the object ID from the token', async () => {
    await using cloud = await FakeCloud.start();
    const application = cloud.signIn.applications.add({ secret });
    const { accessToken, ...account } = await authenticate(authenticationOptions(cloud, choices(application.clientId)));
    expect(cloud.signIn.accessToken(accessToken.value)?.user).toBe(application);
    expect(accessToken.objectId).toBe(application.objectId);
    expect(account).toEqual({
      homeAccountId: '',
      username: 'Contoso Deployment',
      tenantId: contosoTenant,
      msal: '',
    });
  });

  test('gets its next token in the same way', async () => {
    await using cloud = await FakeCloud.start();
    const { clientId } = cloud.signIn.applications.add({ secret });
    const options = authenticationOptions(cloud, choices(clientId));
    const first = await authenticate(options);
    const second = await renew(options, first);
    expect(second.accessToken.value).not.toBe(first.accessToken.value);
    expect(cloud.signIn.accessToken(second.accessToken.value)).toBeDefined();
  });

  test('passes on what a service asks of the next token', async () => {
    await using cloud = await FakeCloud.start();
    const { clientId } = cloud.signIn.applications.add({ secret });
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1600000000"}}}';
    await renew(authenticationOptions(cloud, choices(clientId, { claims })), { homeAccountId: '', msal: '' });
    const sent = new URLSearchParams(cloud.requests.at(-1)?.body);
    expect(JSON.parse(sent.get('claims') ?? '')).toMatchObject(JSON.parse(claims));
  });

  test('is refused with a wrong or expired secret', async () => {
    await using cloud = await FakeCloud.start();
    const application = cloud.signIn.applications.add({ secret: 'another' });
    const options = authenticationOptions(cloud, choices(application.clientId));
    await expect(authenticate(options)).rejects.toMatchObject({
      exitCode: 3,
      message: "The client secret isn't valid for the application (AADSTS7000215).",
    });
    application.expiredSecrets.add(secret);
    await expect(authenticate(options)).rejects.toMatchObject({
      exitCode: 3,
      message: 'The client secret has expired (AADSTS7000222).',
    });
  });

  test.each([
    ['that the tenant does not know', { clientId: '11111111-2222-4333-8444-555555555555' }],
    ['of another tenant', { tenant: 'fabrikam.example' }],
  ])('is refused as one %s', async (_what, settings) => {
    await using cloud = await FakeCloud.start();
    const { clientId } = cloud.signIn.applications.add({ secret });
    await expect(authenticate(authenticationOptions(cloud, choices(clientId, { settings })))).rejects.toThrow(
      'AADSTS700016',
    );
  });

  test.each(['common', 'organizations', 'Common'])('needs a tenant, which %s is not', async (tenant) => {
    await using cloud = await FakeCloud.start();
    const options = authenticationOptions(cloud, choices('a-client', { settings: { tenant } }));
    await expect(authenticate(options)).rejects.toMatchObject({
      exitCode: 2,
      hint: expect.stringContaining('AZURE_TENANT_ID'),
    });
    expect(cloud.requests).toEqual([]);
  });
});

describe('a credential', () => {
  const elsewhere = 'https://login.evil.example/';

  test("is not sent to an authority that is neither Microsoft's nor trusted", async () => {
    await using cloud = await FakeCloud.start();
    const signingIn = authenticate(
      authenticationOptions(cloud, choices('a-client', { settings: { authorityUrl: elsewhere } })),
    );
    await expect(signingIn).rejects.toThrow(UsageError);
    await expect(signingIn).rejects.toMatchObject({
      message: "login.evil.example isn't a Microsoft sign-in host, so paconn didn't send the credential.",
      hint: 'To trust the host, set PACONN_TRUSTED_HOSTS=login.evil.example.',
    });
  });

  test('is sent to a trusted authority', async () => {
    await using cloud = await FakeCloud.start();
    const options = authenticationOptions(
      cloud,
      choices('a-client', { settings: { authorityUrl: elsewhere }, trustedHosts: ['*.evil.example'] }),
    );
    await expect(authenticate(options)).rejects.toThrow(/^GET https:\/\/login\.evil\.example\/\S+ failed/u);
  });
});
