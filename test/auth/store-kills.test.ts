import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { TokenCache } from '../../src/auth/stored-sign-in.ts';
import type { Profile } from '../../src/auth/profile.ts';
import { SignInStore } from '../../src/auth/sign-in-store.ts';
import { BundledProgram } from '../support/bundled-program.ts';
import { MemoryKeychain } from '../support/memory-keychain.ts';
import { TemporaryDirectory } from '../support/temporary-directory.ts';

const profile: Profile = {
  clientId: 'c',
  tenant: 'common',
  authorityUrl: 'https://localhost/',
  resource: 'https://service.powerapps.com/',
  tenantId: 'b',
  homeAccountId: 'a.b',
  username: 'adele@contoso.example',
  request: { method: 'device-code' },
};
const other: Profile = { ...profile, tenantId: 'c' };
/** As long as a real one, so that writing it takes a while. */
const msal = JSON.stringify({ RefreshToken: 'x'.repeat(60_000) });
const tokenCache: TokenCache = { msal, accessToken: { value: 'token', expiresOn: 0, objectId: 'oid' } };

test('killed processes lose no token, and never block another run for a second', async () => {
  await using program = await BundledProgram.create(fileURLToPath(new URL('store-user.ts', import.meta.url)));
  await using directory = await TemporaryDirectory.create();
  const { signal } = new AbortController();
  const store = new SignInStore({
    directory: directory.path,
    openKeychain: () => new MemoryKeychain(),
    tokenStore: 'file',
    signal,
  });
  for (const one of [profile, other]) await store.keep({ profile: one, tokenCache });
  let renewals = 0;
  let longestWait = 0;
  for (let round = 0; round < 8; round += 1) {
    const users = [1, 2, 3].map(() => program.start(directory.path));
    await Promise.all(users.map(async (user) => await user.waitFor(/renewing/u)));
    for (const user of users) {
      await pause(Math.random() * 30);
      user.signal('SIGKILL');
    }
    await Promise.all(users.map(async (user) => await user.finished));
    const killed = Date.now();
    renewals = await store.exclusively(async () => {
      longestWait = Math.max(longestWait, Date.now() - killed);
      expect(await store.profiles()).toEqual([other, profile]);
      expect((await store.read(profile))?.tokenCache.msal).toBe(msal);
      const { expiresOn = 0 } = (await store.read(other))?.tokenCache.accessToken ?? {};
      expect(expiresOn).toBeGreaterThanOrEqual(renewals);
      return expiresOn;
    });
  }
  expect(renewals).toBeGreaterThan(0);
  expect(longestWait).toBeLessThan(3000);

  await store.removeAll();
  expect(await readdir(directory.path)).toEqual([]);
});
