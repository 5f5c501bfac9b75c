import { EventEmitter, once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Keychain } from '../../src/auth/keychain.ts';
import type { StoredSignIn, TokenCache } from '../../src/auth/stored-sign-in.ts';
import type { Profile } from '../../src/auth/profile.ts';
import { newKey, seal } from '../../src/auth/sealed-file.ts';
import { SignInStore, type SignInStoreOptions } from '../../src/auth/sign-in-store.ts';
import { DamagedFileError, KeychainError, NotSignedInError, PaconnError } from '../../src/errors.ts';
import { MemoryKeychain } from '../support/memory-keychain.ts';
import { TemporaryDirectory } from '../support/temporary-directory.ts';

const profile: Profile = {
  cloud: 'public',
  clientId: 'c',
  tenant: 'common',
  authorityUrl: 'https://localhost/',
  resource: 'https://service.powerapps.com/',
  tenantId: 'b',
  homeAccountId: 'a.b',
  username: 'adele@contoso.example',
  request: { method: 'device-code' },
};
const application: Profile = {
  ...profile,
  homeAccountId: '',
  username: 'Pipeline',
  request: { method: 'client-secret' },
};

const tokenCache: TokenCache = {
  msal: '{"RefreshToken":{"x":{"secret":"hush"}}}',
  accessToken: { value: 'hush-hush', expiresOn: 4_000_000_000, objectId: 'oid' },
};
const newer: TokenCache = { ...tokenCache, accessToken: { ...tokenCache.accessToken, value: 'hush-hush-hush' } };
const ofApplication: TokenCache = { ...tokenCache, msal: '', clientSecret: 'hush, too' };

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
    ['auto', 'keychain'],
    ['keychain', 'keychain'],
    ['file', 'file'],
  ] as const)(
    'with the token store %s is protected by the %s, and read by the next run',
    async (tokenStore, protection) => {
      await using directory = await TemporaryDirectory.create();
      const keychain = new MemoryKeychain();
      const path = directory.join('sign-ins.json');
      const keeping = await open(directory, keychain, tokenStore).keep({
        profile: application,
        tokenCache: ofApplication,
      });
      expect(keeping).toEqual({ protection, path, keychainProblem: undefined });
      expect(await readdir(directory.path)).toEqual(['sign-ins.json']);
      expect((await readFile(path, 'utf8')).includes('hush')).toBe(protection === 'file');
      for (const next of ['auto', 'keychain', 'file'] as const) {
        const store = open(directory, keychain, next);
        expect(await store.profiles()).toEqual([application]);
        expect(await store.read(application)).toEqual({ profile: application, tokenCache: ofApplication });
      }
    },
  );

  test('in a file is read without a keychain', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain, 'file').keep({ profile, tokenCache });
    await open(directory, keychain).read(profile);
    expect(keychain.uses).toBe(0);
  });

  test('keeps its protection when its tokens are renewed', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain).keep({ profile, tokenCache });
    const store = open(directory, keychain, 'file');
    await store.update({ profile, tokenCache: newer });
    expect(await open(directory, keychain).read(profile)).toEqual({ profile, tokenCache: newer });
    expect(await open(directory, keychain).list()).toEqual([{ profile, sealed: expect.any(String) }]);
  });

  test('leaves the keychain for a file when that is asked for, also after it was read', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain).keep({ profile, tokenCache });
    const store = open(directory, keychain, 'file');
    await store.read(profile);
    expect(await store.keep({ profile, tokenCache: newer })).toMatchObject({ protection: 'file' });
    expect(await open(directory, keychain).list()).toEqual([{ profile, tokenCache: newer }]);
  });

  test('keeps its key', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain).keep({ profile, tokenCache });
    const key = keychain.value;
    await open(directory, keychain).keep({ profile, tokenCache: newer });
    expect(keychain.value).toBe(key);
    expect(await open(directory, keychain).read(profile)).toMatchObject({ tokenCache: newer });
  });
});

describe('several sign-ins', () => {
  const elsewhere: Profile = { ...profile, tenantId: 'another' };
  const government: Profile = { ...profile, cloud: 'gcc', resource: 'https://gov.service.powerapps.us/' };

  test('are stored together, the last one first; the same account in the same cloud is stored once', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    const store = open(directory, keychain);
    for (const one of [profile, application, elsewhere, government]) await store.keep({ profile: one, tokenCache });
    expect(await store.profiles()).toEqual([government, elsewhere, application, profile]);
    const again: Profile = { ...profile, tenant: 'contoso.example', clientId: 'd', request: { method: 'browser' } };
    await store.keep({ profile: again, tokenCache: newer });
    expect(await store.profiles()).toEqual([again, government, elsewhere, application]);
    expect(await store.read(profile)).toEqual({ profile: again, tokenCache: newer });
    expect(await store.read(elsewhere)).toMatchObject({ tokenCache });
    await store.putFirst(elsewhere);
    expect(await store.profiles()).toEqual([elsewhere, again, government, application]);
  });

  test('can have different protection; renewing one leaves the others unchanged', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain).keep({ profile, tokenCache });
    await open(directory, keychain, 'file').keep({ profile: application, tokenCache: ofApplication });
    const [, sealed] = await open(directory, keychain).list();
    await open(directory, keychain).update({ profile: application, tokenCache: newer });
    expect(await open(directory, keychain).list()).toEqual([{ profile: application, tokenCache: newer }, sealed]);
  });

  test('are removed one by one, and the key with the last one that it encrypts', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    const store = open(directory, keychain);
    await open(directory, keychain, 'file').keep({ profile: application, tokenCache });
    for (const one of [profile, elsewhere]) await store.keep({ profile: one, tokenCache });
    expect(await store.remove(profile)).toEqual({ wasThere: true, keychainProblem: undefined });
    expect(await store.profiles()).toEqual([elsewhere, application]);
    expect(keychain.value).toBeDefined();
    await store.remove(elsewhere);
    expect(await store.profiles()).toEqual([application]);
    expect(keychain.value).toBeUndefined();
    await store.remove(application);
    expect(await readdir(directory.path)).toEqual([]);
  });

  test('renewing one that was removed in the meantime does not restore it', async () => {
    await using directory = await TemporaryDirectory.create();
    const store = open(directory, new MemoryKeychain());
    for (const one of [profile, elsewhere]) await store.keep({ profile: one, tokenCache });
    await store.remove(profile);
    await store.update({ profile, tokenCache: newer });
    expect(await store.profiles()).toEqual([elsewhere]);
    expect(await store.read(profile)).toBeUndefined();
  });
});

describe('the sign-in of a version that stored only one', () => {
  const { clientId, tenant, authorityUrl, resource, homeAccountId, username } = profile;
  const single = { version: 1, clientId, tenant, authorityUrl, resource, homeAccountId, username };
  const migrated: Profile = {
    ...{ clientId, tenant, authorityUrl, resource, homeAccountId, username },
    tenantId: 'b',
    request: { method: 'device-code' },
  };

  async function writeSingle(directory: TemporaryDirectory, store: 'keychain' | 'file', tokens: string): Promise<void> {
    await writeFile(directory.join(store === 'file' ? 'token-cache.json' : 'token-cache.sealed'), tokens);
    await writeFile(directory.join('profile.json'), JSON.stringify({ ...single, store }));
  }

  test.each(['keychain', 'file'] as const)(
    'in the %s is read, and becomes one of several when something is written',
    async (kind) => {
      await using directory = await TemporaryDirectory.create();
      const keychain = new MemoryKeychain();
      keychain.value = newKey();
      const text = JSON.stringify(tokenCache);
      await writeSingle(directory, kind, kind === 'file' ? text : seal(text, keychain.value));
      const store = open(directory, keychain);
      expect(await store.profiles()).toEqual([migrated]);
      expect(await store.read(migrated)).toEqual({ profile: migrated, tokenCache });
      await store.update({ profile: migrated, tokenCache: newer });
      expect(await readdir(directory.path)).toEqual(['sign-ins.json']);
      expect(await open(directory, keychain).read(migrated)).toEqual({ profile: migrated, tokenCache: newer });
    },
  );

  test('is not used again if a run was killed after migrating it', async () => {
    await using directory = await TemporaryDirectory.create();
    const store = open(directory, new MemoryKeychain(), 'file');
    await store.keep({ profile, tokenCache: newer });
    await writeSingle(directory, 'file', JSON.stringify(tokenCache));
    expect(await store.list()).toEqual([{ profile, tokenCache: newer }]);
    await store.remove(profile);
    expect(await readdir(directory.path)).toEqual([]);
  });

  test.each([
    ['profile.json', '[]'],
    ['token-cache.json', '{"msal":"{"}'],
  ])('may be damaged: %s', async (name, content) => {
    await using directory = await TemporaryDirectory.create();
    await writeSingle(directory, 'file', JSON.stringify(tokenCache));
    await writeFile(directory.join(name), content);
    const store = open(directory, new MemoryKeychain());
    await expect(store.list()).rejects.toThrow(DamagedFileError);
    await store.keep({ profile, tokenCache });
    expect(await readdir(directory.path)).toEqual(['sign-ins.json']);
  });

  test('is ignored without its tokens', async () => {
    await using directory = await TemporaryDirectory.create();
    for (const store of ['keychain', 'file']) {
      await writeFile(directory.join('profile.json'), JSON.stringify({ ...single, store }));
      expect(await open(directory, new MemoryKeychain()).list()).toEqual([]);
    }
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
    ['forgets', withSet(async () => undefined), "doesn't store keys"],
    [
      'is read-only',
      withSet(async () => {
        throw new KeychainError('cannot be changed');
      }),
      'cannot be changed',
    ],
  ])('because it %s: the sign-in goes into a file, or nowhere', async (_what, keychain, keychainProblem) => {
    await using directory = await TemporaryDirectory.create();
    expect(await open(directory, keychain).keep({ profile, tokenCache })).toEqual({
      protection: 'file',
      path: directory.join('sign-ins.json'),
      keychainProblem,
    });
    await open(directory, keychain).removeAll();
    const keeping = open(directory, keychain, 'keychain').keep({ profile, tokenCache });
    await expect(keeping).rejects.toThrow(PaconnError);
    expect(await readdir(directory.path)).toEqual([]);
  });

  test('an unexpected error is reported as a bug', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = Object.assign(new MemoryKeychain(), { problem: new TypeError('x is not a function') });
    await expect(open(directory, keychain).keep({ profile, tokenCache })).rejects.toThrow(TypeError);
  });

  test('gets no new key while it is locked and another sign-in is encrypted with its key', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain).keep({ profile, tokenCache });
    const key = keychain.value;
    keychain.value = undefined;
    const keeping = await open(directory, keychain).keep({ profile: application, tokenCache: ofApplication });
    expect(keeping).toMatchObject({
      protection: 'file',
      keychainProblem: expect.stringMatching(/^is locked, or no longer has the key/u),
    });
    expect(keychain.value).toBeUndefined();
    await expect(open(directory, keychain).read(profile)).rejects.toThrow(NotSignedInError);
    expect(await open(directory, keychain).read(application)).toMatchObject({ tokenCache: ofApplication });
    keychain.value = key;
    expect(await open(directory, keychain).read(profile)).toEqual({ profile, tokenCache });
  });
});

describe('a key that no longer encrypts anything', () => {
  test('is removed when the sign-in moves to a file', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain).keep({ profile, tokenCache });
    await open(directory, keychain, 'file').keep({ profile, tokenCache });
    expect(keychain.value).toBeUndefined();
    const { uses } = keychain;
    expect(await open(directory, keychain).removeAll()).toEqual({ wasThere: true, keychainProblem: undefined });
    expect(keychain.uses).toBe(uses);
  });

  test('is removed later if it is unavailable now', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain).keep({ profile, tokenCache });
    keychain.problem = new KeychainError('is on fire');
    await open(directory, keychain).keep({ profile, tokenCache: newer });
    await open(directory, keychain).keep({ profile: application, tokenCache });
    expect(await open(directory, keychain).remove(application)).toEqual({
      wasThere: true,
      keychainProblem: 'is on fire',
    });
    expect(await open(directory, keychain).read(profile)).toEqual({ profile, tokenCache: newer });
    keychain.problem = undefined;
    expect(keychain.value).toBeDefined();
    expect(await open(directory, keychain).removeAll()).toEqual({ wasThere: true, keychainProblem: undefined });
    expect(keychain.value).toBeUndefined();
  });
});

describe('a changed sign-in file', () => {
  test.each([
    ['nothing', Buffer.of()],
    ['half of it', Buffer.from('{"version": 2, "signIns": [')],
    ['another version', Buffer.from('{"version": 3, "signIns": []}')],
    ['no text', Buffer.of(0xff, 0x00)],
    [
      'tokens that are none',
      Buffer.from(JSON.stringify({ version: 2, signIns: [{ profile, tokenCache: { msal: '{' } }] })),
    ],
  ])('is damaged, and made anew: %s', async (_what, content) => {
    await using directory = await TemporaryDirectory.create();
    await writeFile(directory.join('sign-ins.json'), content);
    const store = open(directory, new MemoryKeychain(), 'file');
    await expect(store.list()).rejects.toThrow(DamagedFileError);
    await store.keep({ profile, tokenCache });
    expect(await store.list()).toEqual([{ profile, tokenCache }]);
  });

  test("that another version encrypted doesn't count as a sign-in", async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    // @ts-expect-error What another version keeps.
    await open(directory, keychain).keep({ profile, tokenCache: { tokens: [] } });
    await expect(open(directory, keychain).read(profile)).rejects.toThrow(NotSignedInError);
  });
});

describe('forgetting', () => {
  test('a missing sign-in changes nothing', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    const { signal } = new AbortController();
    const nowhere = { directory: directory.join('no', 'where'), openKeychain: () => keychain, signal } as const;
    const expected = { wasThere: false, keychainProblem: undefined };
    expect(await new SignInStore({ ...nowhere, tokenStore: 'auto' }).removeAll()).toEqual(expected);
    expect(await open(directory, keychain).removeAll()).toEqual(expected);
    expect(await readdir(directory.path)).toEqual([]);
    expect(keychain.uses).toBe(0);
  });

  test('removes all files of sign-ins, the key, and partial files of killed runs, and nothing else', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain).keep({ profile, tokenCache });
    await open(directory, keychain, 'file').keep({ profile: application, tokenCache });
    const leftovers = ['.paconn-0a1b2c3d4e5f6071.new', '.paconn-0a1b2c3d4e5f6072.old', 'token-cache.json'];
    const others = ['.paconn-mine.new', 'my-sign-ins.json', 'settings.json'];
    for (const name of [...leftovers, ...others]) await writeFile(directory.join(name), 'x');
    expect(await open(directory, keychain).removeAll()).toEqual({ wasThere: true, keychainProblem: undefined });
    expect(await readdir(directory.path)).toEqual(others);
    expect(keychain.value).toBeUndefined();
  });

  test('reports the error of the keychain, and removes the sign-in anyway', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    await open(directory, keychain).keep({ profile, tokenCache });
    keychain.problem = new KeychainError('is on fire');
    expect(await open(directory, keychain).removeAll()).toEqual({ wasThere: true, keychainProblem: 'is on fire' });
    expect(await readdir(directory.path)).toEqual([]);
  });

  test('waits for a run that is renewing the sign-in, which does not restore it', async () => {
    await using directory = await TemporaryDirectory.create();
    const keychain = new MemoryKeychain();
    const store = open(directory, keychain);
    await store.keep({ profile, tokenCache });
    const run = new EventEmitter();
    const begun = once(run, 'begun');
    const renewing = store.exclusively(async () => {
      const goOn = once(run, 'go on');
      run.emit('begun');
      await goOn;
      await store.update({ profile, tokenCache: newer });
    });
    await begun;
    const removing = open(directory, keychain).removeAll();
    run.emit('go on');
    await Promise.all([renewing, removing]);
    expect(await readdir(directory.path)).toEqual([]);
  });
});

test('profiles contain no secrets', async () => {
  await using directory = await TemporaryDirectory.create();
  const store = open(directory, new MemoryKeychain(), 'file');
  await store.keep({ profile: application, tokenCache: ofApplication });
  const [kept]: readonly StoredSignIn[] = await store.list();
  expect(JSON.stringify(kept?.profile)).not.toContain('hush');
});

test('a sign-in of an earlier version, with another name for its method, is read', async () => {
  await using directory = await TemporaryDirectory.create();
  await open(directory, new MemoryKeychain(), 'file').keep({ profile: application, tokenCache: ofApplication });
  const path = directory.join('sign-ins.json');
  const written = await readFile(path, 'utf8');
  await writeFile(path, written.replace('"method"', '"way"'));

  expect(await open(directory, new MemoryKeychain(), 'file').profiles()).toEqual([application]);
});
