import { describe, expect, test } from 'vitest';
import { authenticate } from '../../../src/auth/authenticate.ts';
import type { Authentication } from '../../../src/auth/sign-in-request.ts';
import { authenticationOptions } from '../../support/authentication.ts';
import { FakeCloud } from '../../support/fake-cloud/fake-cloud.ts';
import { adele, contosoTenant } from '../../support/fake-cloud/users.ts';

async function take(cloud: FakeCloud, token: string): Promise<Authentication> {
  return await authenticate(authenticationOptions(cloud, { request: { method: 'access-token', token } }));
}

describe('PACONN_ACCESS_TOKEN', () => {
  test.each([
    'https://service.powerapps.com/',
    'https://service.powerapps.com',
    '475226c6-020e-4fb2-8a90-7a972cbfc1d4',
  ])('is taken as it is, for the audience %s', async (audience) => {
    await using cloud = await FakeCloud.start();
    const { text, expiresAt } = cloud.accessToken({ audience });
    expect(await take(cloud, text)).toEqual({
      accessToken: { value: text, expiresOn: Math.floor(expiresAt / 1000), objectId: adele.objectId },
      homeAccountId: '',
      username: adele.userPrincipalName,
      tenantId: contosoTenant,
      msal: '',
    });
    expect(cloud.requests).toEqual([]);
  });

  test.each([
    ['the scheme', (token: string) => `Bearer ${token}\r\n`],
    ['the scheme and a colon', (token: string) => `bearer: ${token}`],
    ['the header', (token: string) => `Authorization: Bearer ${token}`],
    ['a quoted header', (token: string) => `'Authorization': 'Bearer ${token}'`],
    ['the answer of the Azure CLI', (token: string) => JSON.stringify({ accessToken: token, tokenType: 'Bearer' })],
    ['one line of that answer', (token: string) => `  "accessToken": "${token}",`],
    ['a comma', (token: string) => `${token},`],
  ])('is taken without %s', async (_what, written) => {
    await using cloud = await FakeCloud.start();
    const { text } = cloud.accessToken();
    expect((await take(cloud, written(text))).accessToken.value).toBe(text);
  });

  test.each([
    ['a blank in it', (token: string) => token.replace('.', '. ')],
    ['a line end in its signature', (token: string) => `${token.slice(0, -2)}\n${token.slice(-2)}`],
    ['dots for the rest', (token: string) => `${token.slice(0, -2)}...`],
    ['a second one', (token: string) => `${token} ${token}`],
  ])('with %s is refused before the first call', async (_what, written) => {
    await using cloud = await FakeCloud.start();
    await expect(take(cloud, written(cloud.accessToken().text))).rejects.toMatchObject({
      exitCode: 3,
      message: "The token in PACONN_ACCESS_TOKEN isn't an access token of Microsoft Entra ID.",
    });
    expect(cloud.requests).toEqual([]);
  });

  test('for another audience is refused before the first call', async () => {
    await using cloud = await FakeCloud.start();
    const { text } = cloud.accessToken({ audience: 'https://graph.microsoft.com' });
    await expect(take(cloud, text)).rejects.toMatchObject({
      exitCode: 3,
      message:
        'The token in PACONN_ACCESS_TOKEN is for https://graph.microsoft.com, but paconn needs one for https://service.powerapps.com/.',
    });
    expect(cloud.requests).toEqual([]);
  });

  test('is refused with its expiry if it has expired', async () => {
    await using cloud = await FakeCloud.start();
    const { text, expiresAt } = cloud.accessToken({ lifetime: -60 });
    const when = new Date(Math.floor(expiresAt / 1000) * 1000).toISOString();
    await expect(take(cloud, text)).rejects.toMatchObject({
      exitCode: 3,
      message: `The token in PACONN_ACCESS_TOKEN expired at ${when}.`,
    });
  });

  test.each(['opaque', 'a.b.c', 'Bearer x'])('that is no access token is refused: %s', async (text) => {
    await using cloud = await FakeCloud.start();
    await expect(take(cloud, text)).rejects.toMatchObject({
      exitCode: 3,
      message: "The token in PACONN_ACCESS_TOKEN isn't an access token of Microsoft Entra ID.",
    });
  });
});
