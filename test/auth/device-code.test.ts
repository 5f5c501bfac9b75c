import { describe, expect, test } from 'vitest';
import { authenticate } from '../../src/auth/authenticate.ts';
import { InterruptedError, NetworkError } from '../../src/errors.ts';
import { authenticationOptions } from '../support/authentication.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';

const always = 99;
const pending = { error: 'authorization_pending', error_description: 'AADSTS70016: Authorization is pending.' };
const code = { device_code: 'x', user_code: 'ABC', verification_uri: 'https://login.example/device', expires_in: 900 };

function pollTimes({ requests }: FakeCloud): number[] {
  return requests.filter(({ path }) => path.endsWith('/token')).map(({ startedAt }) => startedAt);
}

/** Signs in; gives the messages that were shown. */
async function shownMessages(cloud: FakeCloud): Promise<string[]> {
  const shown: string[] = [];
  await authenticate(authenticationOptions(cloud, { show: (message) => void shown.push(message) }));
  return shown;
}

describe.concurrent('signing in by device code', () => {
  test('shows the message of the authority once, and polls until the user has signed in', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.interval = 0.05;
    cloud.signIn.next = { pending: 4 };
    expect(await shownMessages(cloud)).toEqual([
      expect.stringMatching(
        /^To sign in, use a web browser to open the page \S+ and enter the code \w+ to authenticate\.\nYou sign in at localhost:\d+\.$/u,
      ),
    ]);
    expect(pollTimes(cloud)).toHaveLength(5);
  });

  test.each([
    ['https://login.example/device', true],
    ['http://localhost:8080/device', false],
    ['http://login.example/device', false],
    ['http://localhost.login.example/device', false],
    ['javascript:alert(1)', false],
    ['file:///etc/passwd', false],
    ['data:text/html,<script>alert(1)</script>', false],
    ['ms-settings:', false],
    [String.raw`\\\\host\share\a.exe`, false],
  ])('offers the page %j to a browser: %s', async (page, isOffered) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: '/devicecode', status: 200, json: { ...code, verification_uri: page, interval: 0.05 } });
    cloud.fault({ path: '/token', status: 400, json: { error: 'authorization_declined' } });
    const offered: (URL | undefined)[] = [];
    const opened: URL[] = [];
    const options = authenticationOptions(cloud, {
      waitForUser: async (work, url) => {
        offered.push(url);
        return await work;
      },
      openBrowser: async (url) => {
        opened.push(url);
        return await Promise.resolve(true);
      },
    });
    await expect(authenticate(options)).rejects.toThrow(/declined/u);
    expect(offered.map((url) => url?.href)).toEqual([isOffered ? page : undefined]);
    // Only whoever presses Enter has it opened.
    expect(opened).toEqual([]);
  });

  test('waits for the interval that the authority requests between polls', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.interval = 1;
    cloud.signIn.next = { pending: 1 };
    await shownMessages(cloud);
    const [first = 0, second = 0] = pollTimes(cloud);
    expect(second - first).toBeGreaterThanOrEqual(990);
  });

  test('waits five seconds longer after a slow_down, and continues', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.interval = 0.05;
    cloud.signIn.next = 'slow_down';
    await shownMessages(cloud);
    const [first = 0, second = 0] = pollTimes(cloud);
    expect(second - first).toBeGreaterThanOrEqual(5000);
  });

  test.each([undefined, null, 0, -1, 'often'])('waits five seconds when the interval is %s', async (interval) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: '/devicecode', status: 200, json: { ...code, interval } });
    cloud.fault({ path: '/token', status: 400, json: pending });
    cloud.fault({ path: '/token', status: 400, json: { error: 'authorization_declined' } });
    await expect(shownMessages(cloud)).rejects.toThrow(/declined/u);
    const [first = 0, second = 0] = pollTimes(cloud);
    expect(second - first).toBeGreaterThanOrEqual(4990);
  });

  test('shows URL and code when the authority returns no message', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: '/devicecode', status: 200, json: code });
    cloud.fault({ path: '/token', status: 400, json: { error: 'authorization_declined' } });
    const shown: string[] = [];
    const signingIn = authenticate(authenticationOptions(cloud, { show: (message) => void shown.push(message) }));
    await expect(signingIn).rejects.toThrow(/declined/u);
    expect(shown).toEqual([
      expect.stringMatching(
        /^To sign in, open https:\/\/login\.example\/device in a web browser and enter the code ABC\.\nYou sign in at localhost:\d+\.$/u,
      ),
    ]);
  });

  test('ends when the code expires, even if the authority still asks to wait', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: '/devicecode', status: 200, json: { ...code, expires_in: 1, interval: 0.3 } });
    cloud.fault({ path: '/token', times: always, status: 400, json: pending });
    await expect(shownMessages(cloud)).rejects.toThrow("The code wasn't entered in time (device_code_expired).");
  });

  test('does not poll again after a refusal', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.interval = 0.05;
    cloud.signIn.next = 'decline';
    await expect(shownMessages(cloud)).rejects.toThrow(/declined/u);
    expect(pollTimes(cloud)).toHaveLength(1);
  });

  test.each(['reset', 'truncate'] as const)('survives a %s in the middle', async (action) => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.interval = 0.05;
    cloud.signIn.next = { pending: 2 };
    cloud.fault({ path: '/token', skip: 1, action });
    expect(await shownMessages(cloud)).toHaveLength(1);
  });

  test('continues when the authority is busy', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.interval = 0.05;
    cloud.signIn.next = { pending: 1 };
    cloud.fault({ path: '/token', status: 503, html: '<html>busy</html>' });
    cloud.fault({ path: '/token', status: 429, json: { error: 'temporarily_unavailable' } });
    expect(await shownMessages(cloud)).toHaveLength(1);
  });

  test('reports a network that stays unavailable', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: '/token', times: always, action: 'reset' });
    const signingIn = shownMessages(cloud);
    await expect(signingIn).rejects.toThrow(NetworkError);
    await expect(signingIn).rejects.toThrow(/^POST \S+\/common\/oauth2\/v2\.0\/token failed: the connection broke\.$/u);
  });

  test.each([
    ['while the user is at the sign-in page', 0.05, { pending: Infinity }],
    ['in a long pause between two polls', 60, { pending: Infinity }],
    ['in the pause after a slow_down', 0.05, 'slow_down'],
  ] as const)('can be interrupted %s', { timeout: 20_000 }, async (_when, interval, next) => {
    await using cloud = await FakeCloud.start();
    Object.assign(cloud.signIn, { interval, next });
    const interruption = new AbortController();
    const signingIn = authenticate(authenticationOptions(cloud, { signal: interruption.signal }));
    await expect.poll(() => cloud.requests.find(({ path }) => path.endsWith('/token'))?.endedAt).toBeDefined();
    interruption.abort();
    await expect(signingIn).rejects.toThrow(InterruptedError);
  });
});

describe.concurrent('an authority that answers something else', () => {
  const notJson = /^https:\/\/localhost:\d+ responded to the sign-in with status \d+ and content that isn't JSON\.$/u;
  const notThat = /^https:\/\/localhost:\d+ responded to the sign-in with status \d+ and unexpected content\.$/u;

  test.each<[path: string, status: number, text: string, message: RegExp]>([
    ['/openid-configuration', 404, '{}', notThat],
    ['/openid-configuration', 200, '{"token_endpoint":"https://localhost/token"}', notThat],
    ['/openid-configuration', 200, '{"token_endpoint":"http://localhost/token","issuer":"https://localhost"}', notThat],
    ['/openid-configuration', 200, 'Sign in to our Wi-Fi', notJson],
    ['/devicecode', 200, '{}', notThat],
    ['/devicecode', 200, '{"message":"Go there","device_code":1}', notThat],
    ['/devicecode', 404, '{"message":"Not found"}', notThat],
    ['/token', 200, '{}', notThat],
    ['/token', 200, '[]', notJson],
    ['/token', 200, 'null', notJson],
    ['/token', 200, '', notJson],
    ['/token', 200, '{"access_token":""}', notThat],
    ['/token', 400, '{}', notThat],
    ['/token', 401, '{"error":{"code":"Unauthorized","message":"No"}}', notThat],
    ['/token', 500, '{"message":"An error has occurred."}', notThat],
    ['/token', 403, '{"access_token":"not for you"}', notThat],
  ])('at %s, status %i: %s', async (path, status, text, message) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path, times: always, status, text });
    await expect(shownMessages(cloud)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(message),
      hint: 'Check the authority URL and the tenant. A proxy may have responded instead.',
    });
  });
});
