import { describe, expect, test } from 'vitest';
import { authenticate } from '../../src/auth/authenticate.ts';
import { Session, type SessionOptions } from '../../src/auth/session.ts';
import { SignInStore } from '../../src/auth/sign-in-store.ts';
import { NetworkError, NotSignedInError } from '../../src/errors.ts';
import { authenticatorOptions } from '../support/authenticator.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { MemoryKeychain } from '../support/memory-keychain.ts';
import { TemporaryDirectory } from '../support/temporary-directory.ts';

/** What each run of somebody who is signed in starts with. */
class Machine implements AsyncDisposable {
  /** The tokens that may not be shown. */
  readonly concealed: string[] = [];
  readonly #cloud: FakeCloud;
  readonly #directory: TemporaryDirectory;

  private constructor(cloud: FakeCloud, directory: TemporaryDirectory) {
    this.#cloud = cloud;
    this.#directory = directory;
  }

  static async signedIn(cloud: FakeCloud, accessTokenLifetime = 3600): Promise<Machine> {
    const machine = new Machine(cloud, await TemporaryDirectory.create());
    cloud.signIn.accessTokenLifetime = accessTokenLifetime;
    const { settings } = authenticatorOptions(cloud);
    const options = { ...machine.options(), settings, request: { way: 'device-code' } } as const;
    const signIn = { ...options, show: () => undefined, openBrowser: async () => false };
    const { msal, accessToken, ...account } = await authenticate(signIn);
    const profile = { ...settings, ...account, request: options.request };
    await options.store.keep({ profile, tokenCache: { msal, accessToken } });
    cloud.signIn.accessTokenLifetime = 3600;
    cloud.forgetRequests();
    return machine;
  }

  options(): SessionOptions {
    const { http, signal, log } = authenticatorOptions(this.#cloud);
    const { path: directory } = this.#directory;
    const store = new SignInStore({ directory, openKeychain: () => new MemoryKeychain(), tokenStore: 'file', signal });
    return {
      store,
      configDirectory: directory,
      http,
      signal,
      log,
      variables: {},
      trustedHosts: [],
      timeout: 30_000,
      choose: ([first]) => first,
      fromVariables: () => undefined,
      conceal: (token) => void this.concealed.push(token),
    };
  }

  async session(): Promise<Session> {
    const session = await Session.find(this.options(), 'command');
    if (!(session instanceof Session)) throw session;
    return session;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#directory[Symbol.asyncDispose]();
  }
}

function renewals({ requests }: FakeCloud): number {
  return requests.filter(({ path }) => path.endsWith('/token')).length;
}

describe('a session', () => {
  test('takes a token that is good without asking anybody', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud);
    const session = await machine.session();
    expect(cloud.signIn.accessToken(session.token())?.user.objectId).toBe(session.objectId);
    expect(cloud.requests).toEqual([]);
  });

  test('renews a token that ends soon once, whatever the life of the next one', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud, 290);
    cloud.signIn.accessTokenLifetime = 60;
    const session = await machine.session();
    expect(cloud.signIn.accessToken(session.token())).toBeDefined();
    expect(renewals(cloud)).toBe(1);
  });

  test('renews a refused token once for all its requests', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud);
    const session = await machine.session();
    const refused = session.token();
    await Promise.all(Array.from({ length: 5 }, async () => await session.renew(refused)));
    await session.renew(refused);
    expect(session.token()).not.toBe(refused);
    expect(machine.concealed).toEqual([refused, session.token()]);
    expect(renewals(cloud)).toBe(1);
    expect((await machine.session()).token()).toBe(session.token());
  });

  test('can renew again when the new token is refused, too', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud);
    const session = await machine.session();
    await session.renew(session.token());
    const second = session.token();
    await session.renew(second);
    expect(session.token()).not.toBe(second);
    expect(renewals(cloud)).toBe(2);
  });

  test('can try again after a renewal that failed', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud);
    const session = await machine.session();
    const refused = session.token();
    const fault = cloud.fault({ path: '/token', status: 400, json: { error: 'server_error' } });
    await expect(Promise.all([session.renew(refused), session.renew(refused)])).rejects.toThrow(NotSignedInError);
    expect(fault.hits).toBe(1);
    await session.renew(refused);
    expect(session.token()).not.toBe(refused);
  });
});

describe('several runs side by side', () => {
  test('renew an ending token once', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud, 200);
    const sessions = await Promise.all(Array.from({ length: 6 }, async () => await machine.session()));
    expect(new Set(sessions.map((session) => session.token())).size).toBe(1);
    expect(renewals(cloud)).toBe(1);
  });

  test('renew a refused token once', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud);
    const sessions = await Promise.all(Array.from({ length: 6 }, async () => await machine.session()));
    await Promise.all(sessions.map(async (session) => await session.renew(session.token())));
    expect(new Set(sessions.map((session) => session.token())).size).toBe(1);
    expect(renewals(cloud)).toBe(1);
  });

  test('end when one of them signs out, each with a reason', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud);
    const session = await machine.session();
    await machine.options().store.removeAll();
    await expect(session.renew(session.token())).rejects.toThrow(NotSignedInError);
    expect(await Session.find(machine.options(), 'command')).toBeInstanceOf(NotSignedInError);
    expect(renewals(cloud)).toBe(0);
  });
});

describe('a sign-in that cannot be renewed', () => {
  test('is none, with the reason', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud, 200);
    cloud.signIn.revokeRefreshTokens();
    const found = await Session.find(machine.options(), 'command');
    expect(found).toBeInstanceOf(NotSignedInError);
    expect(found).toMatchObject({ message: expect.stringContaining('AADSTS700082') });
  });

  test('just now is still there afterwards', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud, 200);
    cloud.fault({ path: '/token', times: 4, action: 'reset' });
    await expect(Session.find(machine.options(), 'command')).rejects.toThrow(NetworkError);
    expect(await Session.find(machine.options(), 'command')).toBeInstanceOf(Session);
  });
});
