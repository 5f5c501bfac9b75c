import { describe, expect, test } from 'vitest';
import { commandWord } from '../../src/io/terminal/command-word.ts';
import { authenticate } from '../../src/auth/authenticate.ts';
import { findSignIn, type SignInOptions } from '../../src/auth/credential-chain.ts';
import { Session, type VariableSignIn } from '../../src/auth/session.ts';
import { SignInStore } from '../../src/auth/sign-in-store.ts';
import { NetworkError, NotSignedInError } from '../../src/errors.ts';
import { authenticationOptions } from '../support/authentication.ts';
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
    const options = authenticationOptions(cloud);
    const { msal, accessToken, ...account } = await authenticate(options);
    const profile = { ...options.settings, ...account, request: { method: 'device-code' } } as const;
    await machine.options().store.keep({ profile, tokenCache: { msal, accessToken } });
    cloud.signIn.accessTokenLifetime = 3600;
    cloud.forgetRequests();
    return machine;
  }

  /** Where nobody is signed in. */
  static async create(cloud: FakeCloud): Promise<Machine> {
    return new Machine(cloud, await TemporaryDirectory.create());
  }

  options(signIn?: VariableSignIn): SignInOptions {
    const { path: directory } = this.#directory;
    const { signal, ...options } = authenticationOptions(this.#cloud);
    const store = new SignInStore({ directory, openKeychain: () => new MemoryKeychain(), tokenStore: 'file', signal });
    return {
      ...options,
      signal,
      store,
      configDirectory: directory,
      choose: ([first]) => first,
      isNamed: false,
      fromVariables: () => signIn,
      whatVariablesLack: () => undefined,
      conceal: (token) => void this.concealed.push(token),
    };
  }

  async session(signIn?: VariableSignIn): Promise<Session> {
    const session = await findSignIn(this.options(signIn), 'command');
    if (!(session instanceof Session)) throw session;
    return session;
  }

  /** The refresh token and the ID token that are kept. */
  async keptTokens(): Promise<readonly (string | undefined)[]> {
    const { store } = this.options();
    const [profile] = await store.profiles();
    const msal = (profile && (await store.read(profile)))?.tokenCache.msal ?? '';
    return ['RefreshToken', 'IdToken'].map(
      (kind) => new RegExp(`"${kind}":\\{"[^"]+":\\{[^}]*"secret":"([^"]+)"`, 'u').exec(msal)?.[1],
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#directory[Symbol.asyncDispose]();
  }
}

function renewals({ requests }: FakeCloud): number {
  return requests.filter(({ path }) => path.endsWith('/token')).length;
}

describe('a session', () => {
  test('uses a valid token without a request', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud);
    const session = await machine.session();
    expect(cloud.signIn.accessToken(session.token())?.user.objectId).toBe(session.objectId);
    expect(cloud.requests).toEqual([]);
  });

  test('renews a token that expires soon once, regardless of the next expiry', async () => {
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
    const [sentRefreshToken] = await machine.keptTokens();
    await Promise.all(Array.from({ length: 5 }, async () => await session.renew(refused)));
    await session.renew(refused);
    expect(session.token()).not.toBe(refused);
    const [refreshToken, idToken] = await machine.keptTokens();
    expect(refreshToken).not.toBe(sentRefreshToken);
    // What is sent and answered is concealed at once, and the token again as that of the session.
    expect(machine.concealed).toEqual([
      refused,
      sentRefreshToken,
      session.token(),
      refreshToken,
      idToken,
      session.token(),
    ]);
    expect(renewals(cloud)).toBe(1);
    expect((await machine.session()).token()).toBe(session.token());
  });

  test('can renew again when the new token is also refused', async () => {
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

  test('end with a reason when one of them signs out', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud);
    const session = await machine.session();
    await machine.options().store.removeAll();
    await expect(session.renew(session.token())).rejects.toThrow(NotSignedInError);
    expect(await findSignIn(machine.options(), 'command')).toBeInstanceOf(NotSignedInError);
    expect(renewals(cloud)).toBe(0);
  });
});

describe('a sign-in that cannot be renewed', () => {
  test('is not used, and the reason is reported', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud, 200);
    cloud.signIn.revokeRefreshTokens();
    const found = await findSignIn(machine.options(), 'command');
    expect(found).toBeInstanceOf(NotSignedInError);
    expect(found).toMatchObject({
      message: 'Access token invalid. Please login again.',
      detail: expect.stringContaining('AADSTS700082'),
      hint: `Sign in again with:\n  paconn login --force --account ${commandWord('adele@contoso.example')}`,
    });
  });

  test('because of a temporary failure is still stored afterwards', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud, 200);
    cloud.fault({ path: '/token', times: 4, action: 'reset' });
    await expect(findSignIn(machine.options(), 'command')).rejects.toThrow(NetworkError);
    expect(await findSignIn(machine.options(), 'command')).toBeInstanceOf(Session);
  });
});

describe('a service that asks more of a token', () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';
  const others = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

  test('gets a token that meets the request, which other runs also use', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud);
    const [one, other] = [await machine.session(), await machine.session()];
    await one.renew(one.token(), claims);
    expect(cloud.signIn.accessToken(one.token())?.claims).toMatchObject(JSON.parse(claims).access_token);
    await other.renew(other.token(), claims);
    expect(other.token()).toBe(one.token());
    expect(renewals(cloud)).toBe(1);
  });

  test('does not use a token that another run renewed for another reason', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud);
    const [one, other] = [await machine.session(), await machine.session()];
    await one.renew(one.token(), others);
    await other.renew(other.token(), claims);
    expect(cloud.signIn.accessToken(other.token())?.claims).toMatchObject(JSON.parse(claims).access_token);
    expect(renewals(cloud)).toBe(2);
  });
});

describe('a sign-in by environment variables', () => {
  const secret = 'x8Q~secret';

  function signInOf(cloud: FakeCloud, isExplicit: boolean): VariableSignIn {
    const { clientId, tenantId: tenant } = cloud.signIn.applications.add({ secret });
    const { settings } = authenticationOptions(cloud, { settings: { clientId, tenant } });
    return { isExplicit, settings, request: { method: 'client-secret', secret } };
  }

  test('has precedence over a stored one if it is explicit', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud);
    const session = await machine.session(signInOf(cloud, true));
    expect(session.origin.kind).toBe('variables');
    expect(cloud.signIn.accessToken(session.token())?.user.displayName).toBe('Contoso Deployment');
  });

  test('has no precedence over a stored one if it is not explicit, even if that one cannot be renewed', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.signedIn(cloud, 200);
    const signIn = signInOf(cloud, false);
    expect((await machine.session(signIn)).origin.kind).toBe('kept');
    cloud.signIn.expireAccessTokens();
    cloud.signIn.revokeRefreshTokens();
    const session = await machine.session(signIn);
    await expect(session.renew(session.token())).rejects.toMatchObject({
      detail: expect.stringContaining('AADSTS700082'),
    });
  });

  test('is used without a sign-in, renewed in the same way, and never stored', async () => {
    await using cloud = await FakeCloud.start();
    await using machine = await Machine.create(cloud);
    const signIn = signInOf(cloud, false);
    const session = await machine.session(signIn);
    const first = session.token();
    await session.renew(first);
    expect(session.token()).not.toBe(first);
    // Each as it is answered, and as that of the session.
    expect(machine.concealed).toEqual([first, first, session.token(), session.token()]);
    expect(await machine.options().store.list()).toEqual([]);
    expect(await findSignIn(machine.options(signIn), 'login')).toBeInstanceOf(NotSignedInError);
  });
});
