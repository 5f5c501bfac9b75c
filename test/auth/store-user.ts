import { SignInStore } from '../../src/auth/sign-in-store.ts';

// Run by `store-kills.test.ts` as a process of its own, which is killed: renews the tokens in DIRECTORY again and again.

const [, , directory = ''] = process.argv;
const { signal } = new AbortController();
const openKeychain = (): never => {
  throw new Error('There is no keychain in this test.');
};
const store = new SignInStore({ directory, openKeychain, tokenStore: 'file', signal });
const [profile] = await store.profiles();
if (!profile) throw new Error('Nobody is signed in.');

process.stdout.write('renewing\n');
for (;;) {
  await store.exclusively(async () => {
    const signIn = await store.read(profile);
    if (!signIn) throw new Error('The sign-in is lost.');
    const { accessToken } = signIn.tokenCache;
    const next = { ...accessToken, expiresOn: accessToken.expiresOn + 1 };
    await store.update({ profile, tokenCache: { ...signIn.tokenCache, accessToken: next } });
  });
}
