import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { KeychainUser } from '../support/keychain-user.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { SessionBus } from '../support/session-bus.ts';
import { validDefinition } from '../support/valid-definition.ts';

const validate = ['validate', '-s', 'settings.json'];

// Without the time-out of our own each of these would take most of a minute.
describe.runIf(SessionBus.isAvailable).concurrent('a keychain that never answers', { timeout: 45_000 }, () => {
  test('does not delay login, which stores the sign-in in a file', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('silent');
    await using user = await KeychainUser.create(cloud, bus);
    const { workspace } = user;
    expect(await user.login()).toBe(
      `Login successful.\nWarning: The sign-in is stored unencrypted in ${join('~', '.paconn', 'sign-ins.json')}, which only you can read, because the keychain didn't respond within 3 seconds.\n`,
    );
    expect(await workspace.paconn(...validate)).toEqual(validDefinition);
  });

  test('stops commands that need an encrypted sign-in; login and logout continue without it', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using user = await KeychainUser.create(cloud, bus);
    const { workspace } = user;
    await user.login();
    await using silent = await SessionBus.start('silent');
    user.moveTo(silent);
    expect(await runInProcess(workspace, ...validate)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        "Error: Your sign-in is encrypted with a key in the keychain, which didn't respond within 3 seconds.\nUnlock the keychain and try again, or sign in again with:\n  paconn login --force --account adele@contoso.example\nTo check only the local files, pass --offline.\n",
    });
    expect(await user.login()).toMatch(/^Login successful\.\n.+didn't respond within 3 seconds\.\n$/u);
    expect(await runInProcess(workspace, ...validate)).toEqual(validDefinition);
    expect(await workspace.paconn('logout')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr:
        "Note: The key of the sign-in stays in the keychain, which didn't respond within 3 seconds. It's no longer used.\nLogout successful.\n",
    });
    expect(await user.kept()).toEqual([]);
  });

  test.sequential('can be interrupted, and then nothing is stored', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('silent');
    await using user = await KeychainUser.create(cloud, bus);
    const { workspace } = user;
    const tool = workspace.start(['login', ...cloud.loginFlags]);
    await expect.poll(() => cloud.requests.find(({ path }) => path.endsWith('/token'))?.endedAt).toBeDefined();
    tool.signal('SIGINT');
    expect(await tool.finished).toMatchObject({ exitCode: 130, stderr: '' });
    expect(await user.kept()).toEqual([]);
  });
});
