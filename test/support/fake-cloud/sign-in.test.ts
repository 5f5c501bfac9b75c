import { PublicClientApplication, type INetworkModule, type NetworkResponse } from '@azure/msal-node';
import axios from 'axios';
import { expect, test } from 'vitest';
import { FakeCloud } from './fake-cloud.ts';
import { diego } from './users.ts';

const scopes = ['https://service.powerapps.com//.default'];

/** MSAL's way to the network, with requests to poll more slowly taken as "not yet", as a client should. */
const patientNetwork: INetworkModule = {
  sendGetRequestAsync: (url, options) => send('GET', url, options?.headers),
  sendPostRequestAsync: (url, options) => send('POST', url, options?.headers, options?.body),
};

async function send<T>(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<NetworkResponse<T>> {
  const response = await axios.request<T>({ method, url, headers, data: body, validateStatus: () => true });
  const slowed = JSON.stringify(response.data).replace('"slow_down"', '"authorization_pending"');
  const data: T = JSON.parse(slowed);
  return { status: response.status, headers: {}, body: data };
}

function application(cloud: FakeCloud, tenant = 'common'): PublicClientApplication {
  const authority = `${cloud.url}/${tenant}`;
  return new PublicClientApplication({
    auth: { clientId: 'a-client', authority, knownAuthorities: [new URL(cloud.url).host] },
    system: { networkClient: patientNetwork },
  });
}

async function signIn(client: PublicClientApplication) {
  const messages: string[] = [];
  const deviceCodeCallback = ({ message }: { readonly message: string }): void => void messages.push(message);
  const result = await client.acquireTokenByDeviceCode({ scopes, deviceCodeCallback });
  if (!result?.account) throw new Error('MSAL gave no account.');
  return { ...result, account: result.account, messages };
}

test.each(['common', 'organizations', 'contoso.example', '72a1f6c4-9d0e-4f3b-8c57-1f0be3a4d2c8'])(
  'MSAL signs in by device code in the tenant %s',
  async (tenant) => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.user = diego;

    const { accessToken, account, messages } = await signIn(application(cloud, tenant));

    expect(messages).toEqual([
      expect.stringMatching(/open the page https:\/\/localhost:\d+\/device and enter the code/),
    ]);
    expect(account.localAccountId).toBe(diego.objectId);
    expect(account.idTokenClaims?.oid).toBe(diego.objectId);
    expect(account.homeAccountId).toBe(`${diego.objectId}.${diego.tenantId}`);
    expect(account.username).toBe(diego.userPrincipalName);
    expect(cloud.signIn.accessToken(accessToken)?.audience).toBe('https://service.powerapps.com/');
  },
);

test('a short-lived access token is renewed silently, until refresh tokens are revoked', async () => {
  await using cloud = await FakeCloud.start();
  cloud.signIn.accessTokenLifetime = 60;
  const client = application(cloud);
  const first = await signIn(client);

  const second = await client.acquireTokenSilent({ scopes, account: first.account });
  expect(second.accessToken).not.toBe(first.accessToken);

  cloud.signIn.revokeRefreshTokens();
  await expect(client.acquireTokenSilent({ scopes, account: first.account })).rejects.toMatchObject({
    errorCode: 'invalid_grant',
    errorMessage: expect.stringContaining('AADSTS700082'),
  });
});

test('polls go on while sign-in is pending and when they are to slow down', async () => {
  await using cloud = await FakeCloud.start();
  cloud.signIn.interval = 0.02;
  const client = application(cloud);
  const polls = (): number => cloud.requests.filter(({ body }) => body.includes('device_code=')).length;

  cloud.signIn.next = { pending: 2 };
  await signIn(client);
  expect(polls()).toBe(3);

  cloud.forgetRequests();
  cloud.signIn.next = 'slow_down';
  await signIn(client);
  expect(polls()).toBe(2);
});

test.each([
  ['decline', 'authorization_declined'],
  ['expire', 'expired_token'],
  [{ error: 'access_denied', description: 'AADSTS53003: Access has been blocked.' }, 'access_denied'],
] as const)('a sign-in that ends with %j fails', async (next, error) => {
  await using cloud = await FakeCloud.start();
  cloud.signIn.next = next;
  await expect(signIn(application(cloud))).rejects.toThrow(error);
});

test('unknown tenants and applications are refused with the numbers Entra uses', async () => {
  await using cloud = await FakeCloud.start();
  cloud.signIn.unknownTenants.add('fabrikam.example');
  cloud.signIn.unknownClients.add('stranger');
  const start = (tenant: string, fields: Record<string, string>) =>
    axios.post(`${cloud.url}/${tenant}/oauth2/v2.0/devicecode`, new URLSearchParams(fields), { validateStatus: null });

  const scope = scopes.join(' ');
  expect(await start('fabrikam.example', { client_id: 'a-client', scope })).toMatchObject({
    status: 400,
    data: { error: 'invalid_request', error_codes: [90002] },
  });
  expect(await start('common', { client_id: 'stranger', scope })).toMatchObject({
    status: 400,
    data: { error: 'unauthorized_client', error_codes: [700016] },
  });
  expect(await start('common', { client_id: 'a-client' })).toMatchObject({
    status: 400,
    data: { error_description: expect.stringContaining("'scope'") },
  });
});
