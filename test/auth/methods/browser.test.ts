import { describe, expect, test } from 'vitest';
import { authenticate, renew } from '../../../src/auth/authenticate.ts';
import { Authority } from '../../../src/auth/authority.ts';
import type { Authentication } from '../../../src/auth/sign-in-request.ts';
import { signInByBrowser } from '../../../src/auth/methods/browser.ts';
import { type AuthenticationChoices, authenticationOptions } from '../../support/authentication.ts';
import { visit } from '../../support/browser-user.ts';
import { FakeCloud } from '../../support/fake-cloud/fake-cloud.ts';
import { adele, contosoTenant } from '../../support/fake-cloud/users.ts';

/** A sign-in whose browser is there, and opens what it is told. */
function start(
  cloud: FakeCloud,
  choices: AuthenticationChoices = {},
): { readonly outcome: Promise<Authentication>; readonly opened: Promise<URL> } {
  let open = (_url: URL): void => undefined;
  const opened = new Promise<URL>((resolve) => {
    open = resolve;
  });
  const openBrowser = async (url: URL): Promise<boolean> => {
    open(url);
    return await Promise.resolve(true);
  };
  const options = authenticationOptions(cloud, { request: { method: 'browser' }, openBrowser, ...choices });
  const outcome = authenticate(options);
  outcome.catch(() => undefined);
  return { outcome, opened };
}

describe('signing in in the browser', () => {
  test('succeeds when the browser returns, and shows a page that confirms it', async () => {
    await using cloud = await FakeCloud.start();
    const { outcome, opened } = start(cloud);
    const { action, page } = await visit((await opened).href);
    expect(action.hostname).toBe('localhost');
    expect(page).toContain('You are signed in.');
    expect(page).toContain('go back to the terminal');
    const { accessToken, username, tenantId, homeAccountId, msal } = await outcome;
    expect(cloud.signIn.accessToken(accessToken.value)?.user).toEqual(adele);
    expect({ username, tenantId }).toEqual({ username: adele.userPrincipalName, tenantId: contosoTenant });
    const renewed = await renew(authenticationOptions(cloud, { request: { method: 'browser' } }), {
      homeAccountId,
      msal,
    });
    expect(renewed.accessToken.value).not.toBe(accessToken.value);
    // Nobody listens any more.
    await expect(visit((await opened).href)).rejects.toThrow(/ECONNREFUSED/u);
  });

  test.each([
    ['is declined', 'decline', 'Consent to this application was declined (AADSTS65004).'],
    [
      'is blocked',
      { error: 'access_denied', description: 'AADSTS53003: Access has been blocked by Conditional Access policies.' },
      'A Conditional Access policy of the tenant blocks this sign-in (AADSTS53003).',
    ],
  ] as const)('that %s ends with the reason', async (_what, next, message) => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.next = next;
    const { outcome, opened } = start(cloud);
    const { page } = await visit((await opened).href);
    expect(page).toContain('The sign-in failed. See the terminal for the reason.');
    await expect(outcome).rejects.toMatchObject({ exitCode: 3, message });
  });

  test('refuses a code from another sign-in', async () => {
    await using cloud = await FakeCloud.start();
    const { outcome, opened } = start(cloud);
    const { href } = await opened;
    expect((await visit(href, { state: 'guessed' })).page).toContain('Invalid');
    await visit(href);
    expect(await outcome).toMatchObject({ username: adele.userPrincipalName });
  });

  test('is refused if the authority did not start it', async () => {
    await using cloud = await FakeCloud.start();
    const { outcome, opened } = start(cloud);
    await visit((await opened).href, { code: 'made up' });
    await expect(outcome).rejects.toThrow('AADSTS54005');
  });

  test('also shows the URL', async () => {
    await using cloud = await FakeCloud.start();
    const shown: string[] = [];
    const { outcome, opened } = start(cloud, { show: (message) => void shown.push(message) });
    const { href } = await opened;
    await visit(href);
    await outcome;
    expect(shown).toEqual([`Sign in with the browser that opens. If no browser opens, go to:\n${href}`]);
  });

  test('shows only the URL without a browser, and how to return over SSH', async () => {
    await using cloud = await FakeCloud.start();
    const shown: string[] = [];
    const { outcome } = start(cloud, {
      show: (message) => void shown.push(message),
      openBrowser: async () => await Promise.resolve(false),
      variables: { SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' },
    });
    await expect.poll(() => shown.length).toBe(2);
    const [, address = ''] =
      /^To sign in, open this URL in a browser on this computer:\n(\S+)$/u.exec(shown[0] ?? '') ?? [];
    const { port } = new URL(new URL(address).searchParams.get('redirect_uri') ?? '');
    expect(shown[1]).toContain(`ssh -L ${port}:localhost:${port} <host>`);
    await visit(address);
    expect(await outcome).toMatchObject({ username: adele.userPrincipalName });
  });

  test('can be canceled while it waits for the browser', async () => {
    await using cloud = await FakeCloud.start();
    const interruption = new AbortController();
    const { outcome, opened } = start(cloud, { signal: interruption.signal });
    const { href } = await opened;
    interruption.abort();
    await expect(outcome).rejects.toMatchObject({ exitCode: 130 });
    await visit(href);
  });

  test('ends after the time limit, and closes the port', async () => {
    await using cloud = await FakeCloud.start();
    const shown: string[] = [];
    const options = authenticationOptions(cloud, { show: (message) => void shown.push(message) });
    await expect(signInByBrowser(new Authority(options), options, 50)).rejects.toMatchObject({
      exitCode: 3,
      message: "You didn't sign in with the browser in time (timed_out).",
    });
    await expect(visit(shown[0]?.split('\n')[1] ?? '')).rejects.toThrow(/ECONNREFUSED|hang up/u);
  });
});
