import { describe, expect, test } from 'vitest';
import { authenticate, renew } from '../../src/auth/authenticate.ts';
import { NotSignedInError } from '../../src/errors.ts';
import { authenticationOptions } from '../support/authentication.ts';
import { visit } from '../support/browser-user.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';

const proofs = ['client_secret', 'client_assertion', 'refresh_token', 'code', 'code_verifier', 'device_code'];

/** What the requests for tokens proved somebody's rights by. */
function sentProofs({ requests }: FakeCloud): Record<string, string> {
  const sent = requests.filter(({ path }) => path.endsWith('/token')).map(({ body }) => new URLSearchParams(body));
  return Object.fromEntries(
    sent.flatMap((form) => proofs.flatMap((name) => form.getAll(name).map((value) => [name, value] as const))),
  );
}

describe('credentials are never shown', () => {
  test('a device code, its tokens, and the refresh token of a renewal', async () => {
    await using cloud = await FakeCloud.start();
    const concealed = new Set<string>();
    const options = authenticationOptions(cloud, { conceal: (secret) => void concealed.add(secret) });
    const { accessToken, homeAccountId, msal } = await authenticate(options);
    const { device_code: deviceCode } = sentProofs(cloud);
    expect(concealed).toContain(deviceCode);
    expect(concealed).toContain(accessToken.value);

    concealed.clear();
    await renew(options, { homeAccountId, msal });
    const { refresh_token: refreshToken } = sentProofs(cloud);
    expect(refreshToken).toBeDefined();
    expect(concealed).toContain(refreshToken);
  });

  test('the code and verifier of a sign-in in the browser', async () => {
    await using cloud = await FakeCloud.start();
    const concealed = new Set<string>();
    const options = authenticationOptions(cloud, {
      request: { method: 'browser' },
      conceal: (secret) => void concealed.add(secret),
      openBrowser: async (url) => {
        void visit(url.href);
        return await Promise.resolve(true);
      },
    });
    await authenticate(options);
    const { code, code_verifier: verifier } = sentProofs(cloud);
    expect([code, verifier].map((secret) => concealed.has(secret ?? ''))).toEqual([true, true]);
  });

  test.each([
    ['device_code', 'device'],
    ['refresh_token', 'refreshed'],
  ])('also where the authority repeats it: %s', async (_name, step) => {
    await using cloud = await FakeCloud.start();
    const options = authenticationOptions(cloud);
    const code = 'a word';
    const { homeAccountId, msal } = await authenticate(options);
    const answer = { device_code: code, user_code: 'ABC', verification_uri: 'https://x.example', interval: 0.01 };
    cloud.fault({ path: '/devicecode', status: 200, json: answer });
    const refreshToken = /"RefreshToken":\{"[^"]+":\{[^}]*"secret":"(?<secret>[^"]+)"/u.exec(msal)?.groups?.['secret'];
    const secret = step === 'device' ? code : (refreshToken ?? 'missing');
    const description = `AADSTS1: '${secret}' is no good`;
    cloud.fault({ path: '/token', status: 400, json: { error: 'invalid_grant', error_description: description } });
    const refused = step === 'device' ? authenticate(options) : renew(options, { homeAccountId, msal });
    const error: unknown = await refused.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NotSignedInError);
    expect(JSON.stringify([String(error), error])).not.toContain(secret);
  });
});
