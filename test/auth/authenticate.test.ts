import { describe, expect, test } from 'vitest';
import { authenticate, renew } from '../../src/auth/authenticate.ts';
import type { Authentication } from '../../src/auth/sign-in-request.ts';
import { NetworkError, NotSignedInError, UsageError } from '../../src/errors.ts';
import { type AuthenticationChoices, authenticationOptions } from '../support/authentication.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { adele, contosoTenant } from '../support/fake-cloud/users.ts';

async function signIn(cloud: FakeCloud, choices?: AuthenticationChoices): Promise<Authentication> {
  return await authenticate(authenticationOptions(cloud, choices));
}

/** What is in the middle of a token. */
function claimsOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

function pathsOf({ requests }: FakeCloud): string[] {
  return requests.map(({ path }) => path);
}

describe('a sign-in', () => {
  test('belongs to the user who signed in, with the expiry that the authority returned', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.accessTokenLifetime = 1234;
    const before = Date.now() / 1000;
    const { accessToken, homeAccountId, username } = await signIn(cloud);
    expect(cloud.signIn.accessToken(accessToken.value)?.user).toEqual(adele);
    expect(accessToken.objectId).toBe(adele.objectId);
    expect(accessToken.expiresOn).toBeGreaterThanOrEqual(Math.floor(before + 1234));
    expect(accessToken.expiresOn).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000) + 1234);
    expect({ homeAccountId, username }).toEqual({
      homeAccountId: `${adele.objectId}.${contosoTenant}`,
      username: adele.userPrincipalName,
    });
  });

  test.each([
    ['https://service.powerapps.com/', 'https://service.powerapps.com/'],
    ['https://service.powerapps.com', 'https://service.powerapps.com'],
    ['https://service.powerapps.com//.default', 'https://service.powerapps.com/'],
    ['https://service.powerapps.com/.default', 'https://service.powerapps.com'],
    ['475226c6-020e-4fb2-8a90-7a972cbfc1d4', '475226c6-020e-4fb2-8a90-7a972cbfc1d4'],
  ])('for the resource %s gives a token for the audience %s', async (resource, aud) => {
    await using cloud = await FakeCloud.start();
    const { accessToken } = await signIn(cloud, { settings: { resource } });
    expect(claimsOf(accessToken.value)).toMatchObject({ aud });
  });

  test.each([
    ['contoso.example', 'contoso.example'],
    ['Contoso.Example', 'contoso.example'],
    ['organizations', 'organizations'],
    [contosoTenant, contosoTenant],
  ])('goes to the tenant %s', async (tenant, segment) => {
    await using cloud = await FakeCloud.start();
    await signIn(cloud, { settings: { tenant } });
    expect(pathsOf(cloud)).toEqual([
      `/${segment}/v2.0/.well-known/openid-configuration`,
      `/${segment}/oauth2/v2.0/devicecode`,
      `/${segment}/oauth2/v2.0/token`,
    ]);
  });

  test.each([
    ['a b', '/a%20b/'],
    ['../x', '/..%2fx/'],
    ['x/y', '/x%2fy/'],
    ['?q#f', '/%3fq%23f/'],
    ['ä.example', '/%c3%a4.example/'],
    ['%2e%2e', '/%252e%252e/'],
  ])('with %j for a tenant goes nowhere else', async (tenant, segment) => {
    await using cloud = await FakeCloud.start();
    await expect(signIn(cloud, { settings: { tenant } })).rejects.toThrow(/AADSTS900023/u);
    expect(pathsOf(cloud)).toEqual([`${segment}v2.0/.well-known/openid-configuration`]);
  });

  test.each(['', '/', '/?a=b', '/#fragment'])('takes an authority URL that ends in %j', async (end) => {
    await using cloud = await FakeCloud.start();
    await signIn(cloud, { settings: { authorityUrl: cloud.url + end } });
    expect(pathsOf(cloud)).toContain('/common/oauth2/v2.0/token');
  });

  test('is refused for an authority without https', async () => {
    await using cloud = await FakeCloud.start({ http: true });
    await expect(signIn(cloud, { settings: { authorityUrl: cloud.httpUrl } })).rejects.toThrow(UsageError);
    expect(cloud.requests).toEqual([]);
  });

  test('is refused if the token endpoint is on another host', async () => {
    await using cloud = await FakeCloud.start();
    await using other = await FakeCloud.start();
    const endpoint = (name: string): string => `${other.url}/common/oauth2/v2.0/${name}`;
    cloud.fault({
      path: '/openid-configuration',
      status: 200,
      json: {
        issuer: `${other.url}/common/v2.0`,
        token_endpoint: endpoint('token'),
        authorization_endpoint: endpoint('authorize'),
        jwks_uri: endpoint('keys'),
      },
    });
    await expect(signIn(cloud)).rejects.toThrow(NotSignedInError);
    expect(other.requests).toEqual([]);
  });
});

describe('a guest', () => {
  const home = { objectId: '11111111-2222-4333-8444-555555555555', tenantId: '66666666-7777-4888-8999-aaaaaaaaaaaa' };

  test('has the object ID of the tenant they are a guest in, and stays signed in', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.user = { ...adele, home };
    const { accessToken, homeAccountId, msal } = await signIn(cloud, { settings: { tenant: contosoTenant } });
    expect({ objectId: accessToken.objectId, homeAccountId }).toEqual({
      objectId: adele.objectId,
      homeAccountId: `${home.objectId}.${home.tenantId}`,
    });
    const options = authenticationOptions(cloud, { settings: { tenant: contosoTenant } });
    expect((await renew(options, { homeAccountId, msal })).accessToken.objectId).toBe(adele.objectId);
  });
});

describe('renewing a sign-in', () => {
  test('uses the cached refresh token, also many times', async () => {
    await using cloud = await FakeCloud.start();
    const first = await signIn(cloud);
    let { msal } = first;
    const tokens = new Set([first.accessToken.value]);
    for (let count = 0; count < 3; count += 1) {
      const renewed = await renew(authenticationOptions(cloud), { msal, homeAccountId: first.homeAccountId });
      tokens.add(renewed.accessToken.value);
      ({ msal } = renewed);
      expect(renewed).toMatchObject({ homeAccountId: first.homeAccountId, username: first.username });
    }
    expect(tokens.size).toBe(4);
    for (const token of tokens) expect(cloud.signIn.accessToken(token)).toBeDefined();
  });

  test('needs a new sign-in when the refresh token is no longer accepted', async () => {
    await using cloud = await FakeCloud.start();
    const { msal, homeAccountId } = await signIn(cloud);
    cloud.signIn.revokeRefreshTokens();
    const renewing = renew(authenticationOptions(cloud), { msal, homeAccountId });
    await expect(renewing).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining('AADSTS700082') });
  });

  test.each([
    ['is empty', ''],
    ['holds something else', '[1, "x"]'],
  ])('needs a new sign-in when the cache %s', async (_what, cache) => {
    await using cloud = await FakeCloud.start();
    const renewing = renew(authenticationOptions(cloud), { msal: cache, homeAccountId: 'somebody' });
    await expect(renewing).rejects.toThrow(NotSignedInError);
  });

  test('needs a new sign-in for a user who is not in the cache', async () => {
    await using cloud = await FakeCloud.start();
    const { msal } = await signIn(cloud);
    const renewing = renew(authenticationOptions(cloud), { msal, homeAccountId: 'somebody.else' });
    await expect(renewing).rejects.toThrow(NotSignedInError);
  });

  test('reports the network as the problem when there is none', async () => {
    const cloud = await FakeCloud.start();
    const { msal, homeAccountId } = await signIn(cloud);
    const options = authenticationOptions(cloud);
    await cloud.close();
    await expect(renew(options, { msal, homeAccountId })).rejects.toThrow(NetworkError);
  });
});
