import { EventEmitter, once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Keychain } from '../../src/auth/keychain.ts';
import { SignInStore, type SignInStoreOptions, type TokenCache } from '../../src/auth/sign-in-store.ts';
import { DamagedFileError, KeychainError, NotSignedInError, PaconnError } from '../../src/errors.ts';
import { MemoryKeychain } from '../support/memory-keychain.ts';
import { TemporaryDirectory } from '../support/temporary-directory.ts';

const profile = {
  version: 1,
  clientId: 'c',
  tenant: 'common',
  authorityUrl: 'https://localhost/',
  resource: 'https://service.powerapps.com/',
  homeAccountId: 'a.b',
  username: 'adele@contoso.example',
} as const;

const tokens: TokenCache = {
  msal: '{"RefreshToken":{"x":{"secret":"hush"}}}',
  accessToken: { value: 'hush-hush', expiresOn: 4_000_000_000, objectId: 'oid' },
};
const newer: TokenCache = { ...tokens, accessToken: { ...tokens.accessToken, value: 'hush-hush-hush' } };

/** A new store over what is there, as each run opens one. */
function open(
  { path }: TemporaryDirectory,
  keychain: Keychain,
  tokenStore: SignInStoreOptions['tokenStore'] = 'auto',
): SignInStore {
  const { signal } = new AbortController();
  return new SignInStore({ directory: path, openKeychain: () => keychain, tokenStore, signal });
}

describe('a sign-in that was kept', () => {
  test.each([
    ['auto', 'keychain', 'token-cache.sealed'],
    ['keychain', 'keychain', 'token-cache.sealed'],
    ['file', 'file', 'token-cache.json'],
  ] as const)('with the token store %s is in the %s, and read by the next run', async (tokenStore, store, name) => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    expect(await open(directory, keychain, tokenStore).keep(profile, tokens)).toEqual({
      store,
      path: directory.join(name),
      keychainProblem: undefined,
    });
    expect(await readdir(directory.path)).toEqual(['profile.json', name]);
    expect((await readFile(directory.join(name), 'utf8')).includes('hush')).toBe(store === 'file');
    for (const next of ['auto', 'keychain', 'file'] as const) {
      expect(await open(directory, keychain, next).read()).toEqual({
        profile: { ...profile, store },
        tokenCache: tokens,
      });
    }
  });

  test('in a file is read without a keychain', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain, 'file').keep(profile, tokens);
    await open(directory, keychain).read();
    expect(keychain.uses).toBe(0);
  });

  test('stays where it is when its tokens are renewed', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain).keep(profile, tokens);
    const store = open(directory, keychain, 'file');
    const signIn = await store.read();
    if (!signIn) throw new Error('Nothing was kept.');
    await store.update({ ...signIn, tokenCache: newer });
    expect(await open(directory, keychain).read()).toEqual({ ...signIn, tokenCache: newer });
    expect(await readdir(directory.path)).toEqual(['profile.json', 'token-cache.sealed']);
  });

  test('leaves the keychain for a file when that is asked for, also after it was read', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain).keep(profile, tokens);
    const store = open(directory, keychain, 'file');
    await store.read();
    expect(await store.keep(profile, newer)).toMatchObject({ store: 'file' });
    expect(await open(directory, keychain).read()).toMatchObject({ profile: { store: 'file' }, tokenCache: newer });
  });

  test('has one key for all time', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain).keep(profile, tokens);
    const key = keychain.value;
    await open(directory, keychain).keep(profile, newer);
    expect(keychain.value).toBe(key);
    expect(await open(directory, keychain).read()).toMatchObject({ tokenCache: newer });
  });
});

/** A keychain that does something else with what is put into it. */
function withSet(set: Keychain['set']): Keychain {
  const { get, delete: remove } = new MemoryKeychain();
  return { get, set, delete: remove };
}

describe('a keychain that cannot be used', () => {
  test.each<[what: string, keychain: Keychain, problem: string]>([
    ['fails', Object.assign(new MemoryKeychain(), { problem: new KeychainError('is on fire') }), 'is on fire'],
    ['forgets', withSet(async () => undefined), 'does not keep what is put into it'],
    [
      'is read-only',
      withSet(async () => {
        throw new KeychainError('cannot be changed');
      }),
      'cannot be changed',
    ],
  ])('because it %s: the sign-in goes into a file, or nowhere', async (_what, keychain, keychainProblem) => {
    await using directory = await TemporaryDirectory.create();
    expect(await open(directory, keychain).keep(profile, tokens)).toEqual({
      store: 'file',
      path: directory.join('token-cache.json'),
      keychainProblem,
    });
    await open(directory, keychain).remove();
    const keeping = open(directory, keychain, 'keychain').keep(profile, tokens);
    await expect(keeping).rejects.toThrow(PaconnError);
    expect(await readdir(directory.path)).toEqual([]);
  });

  test('for a reason nobody foresaw is a bug', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = Object.assign(new MemoryKeychain(), { problem: new TypeError('x is not a function') });
    await expect(open(directory, keychain).keep(profile, tokens)).rejects.toThrow(TypeError);
  });
});

describe('what is not as it was left', () => {
  test.each([
    ['token-cache.json', Buffer.from('{"msal":"{","accessToken":{"value":"x","expiresOn":1,"objectId":"o"}}')],
    ['token-cache.json', Buffer.from('{"msal":"{}","accessToken":{"value":"","expiresOn":1,"objectId":"o"}}')],
    ['token-cache.json', Buffer.of(0xff, 0x00)],
    ['profile.json', Buffer.of(0xff, 0x00)],
    ['profile.json', Buffer.from('[]')],
  ])('is damaged: %s', async (name, content) => {
    await using directory = await TemporaryDirectory.create();
    const store = open(directory, new MemoryKeychain(), 'file');
    await store.keep(profile, tokens);
    await writeFile(directory.join(name), content);
    await expect(store.read()).rejects.toThrow(DamagedFileError);
  });

  test('is no sign-in any more when it was sealed by another version', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    // @ts-expect-error What another version keeps.
    await open(directory, keychain).keep(profile, { tokens: [] });
    await expect(open(directory, keychain).read()).rejects.toThrow(NotSignedInError);
  });
});

describe('forgetting', () => {
  test('what is not there touches nothing', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    const { signal } = new AbortController();
    const nowhere = { directory: directory.join('no', 'where'), openKeychain: () => keychain, signal } as const;
    const expected = { wasThere: false, keychainProblem: undefined };
    expect(await new SignInStore({ ...nowhere, tokenStore: 'auto' }).remove()).toEqual(expected);
    expect(await open(directory, keychain).remove()).toEqual(expected);
    expect(await readdir(directory.path)).toEqual([]);
    expect(keychain.uses).toBe(0);
  });

  test('takes away all files of the sign-in, the key, and what a run left that was ended, and nothing else', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain, 'file').keep(profile, tokens);
    await open(directory, keychain).keep(profile, tokens);
    await writeFile(directory.join('token-cache.json'), 'from before');
    const leftovers = ['.token-cache.json.0a1b2c3d4e5f.new', '.token-cache.sealed.0a1b2c3d4e5f.new'];
    const others = ['.token-cache.json.mine', 'my-token-cache.json', 'settings.json'];
    for (const name of [...leftovers, ...others]) await writeFile(directory.join(name), 'x');
    expect(await open(directory, keychain).remove()).toEqual({ wasThere: true, keychainProblem: undefined });
    expect(await readdir(directory.path)).toEqual(others);
    expect(keychain.value).toBeUndefined();
  });

  test('says what the keychain had against it, and forgets all the same', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain).keep(profile, tokens);
    keychain.problem = new KeychainError('is on fire');
    expect(await open(directory, keychain).remove()).toEqual({ wasThere: true, keychainProblem: 'is on fire' });
    expect(await readdir(directory.path)).toEqual([]);
  });

  test('waits for a run that renews the sign-in just now, which does not bring it back', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    const store = open(directory, keychain);
    await store.keep(profile, tokens);
    const run = new EventEmitter();
    const begun = once(run, 'begun');
    const renewing = store.exclusively(async () => {
      const goOn = once(run, 'go on');
      run.emit('begun');
      await goOn;
      await store.update({ profile: { ...profile, store: 'keychain' }, tokenCache: newer });
    });
    await begun;
    const removing = open(directory, keychain).remove();
    run.emit('go on');
    await Promise.all([renewing, removing]);
    expect(await readdir(directory.path)).toEqual([]);
  });
});
