import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { KeychainUser } from '../support/keychain-user.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { SessionBus } from '../support/session-bus.ts';
import { TemporaryDirectory } from '../support/temporary-directory.ts';
import { validDefinition } from '../support/valid-definition.ts';

const validate = ['validate', '-s', 'settings.json'];
const again =
  'Sign in again with:\n  paconn login --force --account adele@contoso.example\nTo check only the local files, pass --offline.\n';
const kept = ['sign-ins.json'];

describe.runIf(SessionBus.isAvailable)('with a keychain', () => {
  test('tokens are encrypted with its key, and commands use and renew them', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using user = await KeychainUser.create(cloud, bus);
    const { workspace } = user;
    const { exitCode, stderr } = await workspace.paconn('login', ...cloud.loginFlags);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'Login successful.\n' });
    expect(await user.kept()).toEqual(kept);
    expect(await user.readSealed()).toBeDefined();
    const key = await user.key();
    expect(Buffer.from(key ?? '', 'base64')).toHaveLength(32);
    const sealed = await user.readSealed();
    // What access and refresh tokens look like, and what MSAL calls them. Sealed texts have no dots.
    expect(sealed).not.toMatch(/eyJ[\w-]+\.|1\.AX|AccessToken|secret/u);
    expect(sealed).not.toContain(key);
    expect(await workspace.paconn(...validate)).toEqual(validDefinition);

    cloud.signIn.expireAccessTokens();
    expect(await workspace.paconn(...validate)).toEqual(validDefinition);
    expect(await user.readSealed()).not.toBe(sealed);
    expect(await user.kept()).toEqual(kept);
    expect(await user.readSealed()).toBeDefined();
    expect(await user.key()).toBe(key);
  });

  test('commands side by side renew them once', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using user = await KeychainUser.create(cloud, bus);
    const { workspace } = user;
    await user.login();
    cloud.signIn.expireAccessTokens();
    cloud.forgetRequests();
    const results = await Promise.all(Array.from({ length: 5 }, async () => await workspace.paconn(...validate)));
    expect(results).toEqual(results.map(() => validDefinition));
    expect(cloud.requests.filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
    expect(await user.kept()).toEqual(kept);
    expect(await user.readSealed()).toBeDefined();
  });

  test('logout removes the key', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using user = await KeychainUser.create(cloud, bus);
    const { workspace } = user;
    await user.login();
    expect(await workspace.paconn('logout')).toEqual({ exitCode: 0, stdout: '', stderr: 'Logout successful.\n' });
    expect(await user.key()).toBeUndefined();
    expect(await user.kept()).toEqual([]);
  });

  test('each configuration folder has its own key', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using user = await KeychainUser.create(cloud, bus);
    const { workspace } = user;
    await user.login();
    const other = { variables: { PACONN_CONFIG_DIR: 'other' } };
    expect((await runInProcessWith(workspace, ['login', ...cloud.loginFlags], other)).exitCode).toBe(0);
    expect((await runInProcessWith(workspace, ['logout'], other)).exitCode).toBe(0);
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
  });

  test('a sign-in moves between the file and the keychain, as PACONN_TOKEN_STORE specifies', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using user = await KeychainUser.create(cloud, bus);
    const { workspace } = user;
    workspace.variables['PACONN_TOKEN_STORE'] = 'file';
    expect(await user.login()).toMatch(
      /^Login successful\.\nWarning: The sign-in is stored unencrypted in \S.*, which only you can read\.\n/u,
    );
    expect(await user.kept()).toEqual(kept);
    expect(await user.readSealed()).toBeUndefined();
    expect(await user.key()).toBeUndefined();

    workspace.variables['PACONN_TOKEN_STORE'] = 'keychain';
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
    expect(await user.login('--force')).toBe('Login successful.\n');
    expect(await user.kept()).toEqual(kept);
    expect(await user.readSealed()).toBeDefined();

    // A sign-in that has to be made anew, because the one before is of no use any more.
    cloud.signIn.revokeRefreshTokens();
    workspace.variables['PACONN_TOKEN_STORE'] = 'file';
    expect(await user.login('--tenant', 'contoso.example')).toMatch(
      /^Login successful\.\nWarning: The sign-in is stored unencrypted in /u,
    );
    expect(await user.readSealed()).toBeUndefined();
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
    expect((await runInProcess(workspace, 'logout')).exitCode).toBe(0);
    expect(await user.kept()).toEqual([]);
    expect(await user.key()).toBeUndefined();
  });
});

describe.runIf(SessionBus.isAvailable)('a sealed sign-in that cannot be opened means to sign in again', () => {
  const notOpened = {
    exitCode: 3,
    stdout: '',
    stderr: `Error: Access token invalid. Please login again.\nCan't read your saved sign-in. It's damaged or was encrypted with a different key.\n${again}`,
  };

  test.each([
    ['nothing', ''],
    ['half of it', undefined],
    ['something else', '{"format":"paconn-sealed-1"}'],
  ])('when it is %s', async (_what, content) => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using user = await KeychainUser.create(cloud, bus);
    const { workspace } = user;
    await user.login();
    const sealed = (await user.readSealed()) ?? '';
    await user.writeSealed(content ?? sealed.slice(0, sealed.length / 2));
    expect(await runInProcess(workspace, ...validate)).toEqual(notOpened);
    expect(await user.login()).toBe('Login successful.\n');
    expect(await user.kept()).toEqual(kept);
    expect(await user.readSealed()).toBeDefined();
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
  });

  test('when the key is a different one', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using user = await KeychainUser.create(cloud, bus);
    const { workspace } = user;
    await user.login();
    await user.changeKey(Buffer.alloc(32, 7).toString('base64'));
    expect(await runInProcess(workspace, ...validate)).toEqual(notOpened);
    expect(await user.login()).toBe('Login successful.\n');
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
  });

  test.each(['', 'no key'])('when the key is gone, or no key (%j); no new one is made over it', async (key) => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using user = await KeychainUser.create(cloud, bus);
    const { workspace } = user;
    await user.login();
    await (key === '' ? user.removeKey() : user.changeKey(key));
    expect(await runInProcess(workspace, ...validate)).toMatchObject({ exitCode: 3 });
    expect(await user.login()).toMatch(
      /^Login successful\.\nWarning: The sign-in is stored unencrypted in .+, because the keychain is locked, or no longer has the key of your last sign-in \(paconn logout removes it\)\.\n$/u,
    );
    expect(await user.key()).toBe(key === '' ? undefined : key);
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
    expect((await runInProcess(workspace, 'logout')).exitCode).toBe(0);
    expect(await user.login()).toBe('Login successful.\n');
    expect(await user.kept()).toEqual(kept);
    expect(await user.readSealed()).toBeDefined();
  });
});

describe.runIf(SessionBus.isAvailable)('a locked keychain', () => {
  test('keeps the sign-in encrypted until the keychain is unlocked, or the user signs in without it', async () => {
    await using keyring = await TemporaryDirectory.create();
    await using cloud = await FakeCloud.start();
    await using user = await KeychainUser.create(cloud);
    const { workspace } = user;
    const during = async (state: 'locked' | 'unlocked', work: () => Promise<void>): Promise<void> => {
      await using bus = await SessionBus.start(state, keyring.path);
      user.moveTo(bus);
      await work();
    };
    await during('unlocked', async () => expect(await user.login()).toBe('Login successful.\n'));
    await during('locked', async () => {
      expect(await workspace.paconn(...validate)).toEqual({
        exitCode: 3,
        stdout: '',
        stderr:
          "Error: Your sign-in is encrypted with a key that the keychain doesn't return. The keychain may be locked.\nUnlock the keychain and try again, or sign in again with:\n  paconn login --force --account adele@contoso.example\nTo check only the local files, pass --offline.\n",
      });
    });
    await during('unlocked', async () => expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition));
    await during('locked', async () => {
      expect(await user.login()).toMatch(/, because the keychain is locked, or no longer has the key /u);
      expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
    });
    await during('unlocked', async () => {
      expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
      expect(await user.login('-f')).toBe('Login successful.\n');
      expect(await user.kept()).toEqual(kept);
      expect(await user.readSealed()).toBeDefined();
    });
    await during('locked', async () => {
      expect((await runInProcess(workspace, 'logout')).exitCode).toBe(0);
      expect(await user.kept()).toEqual([]);
    });
    await during('unlocked', async () => {
      expect(await user.login()).toBe('Login successful.\n');
      expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
    });
  });
});
