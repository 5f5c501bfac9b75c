import { describe, expect, test } from 'vitest';
import { authenticate } from '../../../src/auth/authenticate.ts';
import type { Authentication } from '../../../src/auth/sign-in-request.ts';
import { authenticationOptions } from '../../support/authentication.ts';
import { FakeCloud } from '../../support/fake-cloud/fake-cloud.ts';
import { contosoTenant } from '../../support/fake-cloud/users.ts';

type Place = 'a virtual machine' | 'App Service';

function variablesOf(cloud: FakeCloud, place: Place): Readonly<Record<string, string>> {
  return place === 'App Service'
    ? cloud.identities.appServiceVariables(cloud.url)
    : { AZURE_POD_IDENTITY_AUTHORITY_HOST: cloud.url };
}

async function signIn(
  cloud: FakeCloud,
  variables: Readonly<Record<string, string>>,
  clientId?: string,
): Promise<Authentication> {
  const request = { method: 'managed-identity', ...(clientId !== undefined && { clientId }) } as const;
  return await authenticate(authenticationOptions(cloud, { request, variables }));
}

describe.each<Place>(['a virtual machine', 'App Service'])('the managed identity of %s', (place) => {
  test('has a token for the resource', async () => {
    await using cloud = await FakeCloud.start();
    const identity = cloud.signIn.applications.add({ displayName: 'build-agent' });
    cloud.identities.system = identity;
    const { accessToken, ...account } = await signIn(cloud, variablesOf(cloud, place));
    expect(cloud.signIn.accessToken(accessToken.value)).toMatchObject({
      user: identity,
      audience: 'https://service.powerapps.com/',
    });
    expect(accessToken.objectId).toBe(identity.objectId);
    expect(accessToken.expiresOn).toBeGreaterThan(Date.now() / 1000 + 3500);
    expect(account).toEqual({ homeAccountId: '', username: 'build-agent', tenantId: contosoTenant, msal: '' });
  });

  test('can be one of several that are assigned to it', async () => {
    await using cloud = await FakeCloud.start();
    const identities = [cloud.signIn.applications.add(), cloud.signIn.applications.add()];
    cloud.identities.userAssigned.push(...identities);
    const [, { clientId, objectId } = { clientId: '', objectId: '' }] = identities;
    expect((await signIn(cloud, variablesOf(cloud, place), clientId)).accessToken.objectId).toBe(objectId);
  });

  test("is reported if it doesn't exist, with how to select another", async () => {
    await using cloud = await FakeCloud.start();
    await expect(signIn(cloud, variablesOf(cloud, place))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/^The managed identity didn't return a token: .*Identity.*found.*\.$/u),
      hint: expect.stringContaining('--client-id'),
    });
    await expect(signIn(cloud, variablesOf(cloud, place), 'an-id')).rejects.toMatchObject({
      hint: 'Check that the identity an-id is assigned to this computer.',
    });
  });
});

test('App Service requires the secret in its header', async () => {
  await using cloud = await FakeCloud.start();
  cloud.identities.system = cloud.signIn.applications.add();
  const variables = { ...variablesOf(cloud, 'App Service'), IDENTITY_HEADER: 'guessed' };
  await expect(signIn(cloud, variables)).rejects.toThrow("The managed identity didn't return a token: Unauthorized.");
});

test('without a response, there is no managed identity', async () => {
  const cloud = await FakeCloud.start({ http: true });
  const { httpUrl } = cloud;
  await cloud.close();
  const variables = { AZURE_POD_IDENTITY_AUTHORITY_HOST: httpUrl };
  await using other = await FakeCloud.start();
  await expect(signIn(other, variables)).rejects.toMatchObject({
    exitCode: 3,
    message: "No managed identity found: the token endpoint of Azure doesn't respond.",
  });
});

test.each([
  ['AZURE_POD_IDENTITY_AUTHORITY_HOST', 'http://elsewhere.example'],
  ['AZURE_POD_IDENTITY_AUTHORITY_HOST', 'http://169.254.elsewhere.example'],
  ['AZURE_POD_IDENTITY_AUTHORITY_HOST', 'nonsense'],
  ['IDENTITY_ENDPOINT', 'http://elsewhere.example/msi/token'],
])('%s=%s is not asked', async (name, value) => {
  await using cloud = await FakeCloud.start();
  await expect(signIn(cloud, { [name]: value, IDENTITY_HEADER: 'x' })).rejects.toMatchObject({
    exitCode: 2,
    message: `The environment variable ${name} isn't valid: the URL must use https or this computer.`,
  });
});

test('a token for another resource is refused before it is sent', async () => {
  await using cloud = await FakeCloud.start();
  const { text } = cloud.accessToken({ audience: 'https://management.azure.com/' });
  cloud.fault({ path: '/metadata', status: 200, json: { access_token: text, expires_on: '4102444800' } });
  await expect(signIn(cloud, variablesOf(cloud, 'a virtual machine'))).rejects.toThrow(
    'The token of the managed identity is for https://management.azure.com/, but paconn needs one for https://service.powerapps.com/.',
  );
});
