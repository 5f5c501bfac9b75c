import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { SessionBus } from '../support/session-bus.ts';
import { TemporaryDirectory } from '../support/temporary-directory.ts';
import { Workspace } from '../support/workspace.ts';

const validate = ['validate', '-s', 'settings.json'];
const valid = { exitCode: 0, stdout: '', stderr: 'apiDefinition.swagger.json validated successfully.\n' };
const again = 'Sign in again with: paconn login --force\n';
const keychainProcess = fileURLToPath(new URL('../../dist/keychain-process.js', import.meta.url));

/** A user whose tools see the bus, and keep the sign-in as they do when nothing is said. */
async function workspaceOn(bus: SessionBus, cloud: FakeCloud): Promise<Workspace> {
  const workspace = await Workspace.create(cloud, { apiDefinition: petStore() });
  Object.assign(workspace.variables, bus.variables, { PACONN_TOKEN_STORE: undefined });
  return workspace;
}

/** What the keychain holds for the workspace. */
async function keyOf(workspace: Workspace): Promise<string | undefined> {
  const asking = workspace.launch([process.execPath, keychainProcess, 'get', workspace.configDirectory]);
  asking.endInput();
  const { exitCode, stdout, stderr } = await asking.finished;
  expect({ stderr, known: [0, 3].includes(exitCode) }).toEqual({ stderr: '', known: true });
  return exitCode === 0 ? stdout : undefined;
}

async function changeKey(workspace: Workspace, operation: 'set' | 'delete', value = ''): Promise<void> {
  const changing = workspace.launch([process.execPath, keychainProcess, operation, workspace.configDirectory]);
  changing.endInput(value);
  expect(await changing.finished).toMatchObject({ exitCode: 0 });
}

function sealedFile(workspace: Workspace): string {
  return join(workspace.configDirectory, 'token-cache.sealed');
}

const kept = { sealed: ['profile.json', 'token-cache.sealed'], plain: ['profile.json', 'token-cache.json'] };

async function keptIn(workspace: Workspace): Promise<string[]> {
  return await workspace.list('../home/.paconn');
}

async function login(workspace: Workspace, cloud: FakeCloud, ...flags: string[]): Promise<string> {
  const { exitCode, stderr } = await workspace.paconn('login', ...cloud.loginFlags, ...flags);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  return stderr;
}

describe.runIf(SessionBus.isAvailable)('with a keychain', () => {
  test('the tokens are sealed with a key in it, and commands use and renew them', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using workspace = await workspaceOn(bus, cloud);
    expect(await login(workspace, cloud)).toBe('Login successful.\n');
    expect(await keptIn(workspace)).toEqual(kept.sealed);
    const key = await keyOf(workspace);
    expect(Buffer.from(key ?? '', 'base64')).toHaveLength(32);
    const sealed = await readFile(sealedFile(workspace), 'utf8');
    // What access and refresh tokens look like, and what MSAL calls them. Sealed texts have no dots.
    expect(sealed).not.toMatch(/eyJ[\w-]+\.|1\.AX|AccessToken|secret/u);
    expect(sealed).not.toContain(key);
    expect(await workspace.paconn(...validate)).toEqual(valid);

    cloud.signIn.expireAccessTokens();
    expect(await workspace.paconn(...validate)).toEqual(valid);
    expect(await readFile(sealedFile(workspace), 'utf8')).not.toBe(sealed);
    expect(await keptIn(workspace)).toEqual(kept.sealed);
    expect(await keyOf(workspace)).toBe(key);
  });

  test('logout removes the key', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using workspace = await workspaceOn(bus, cloud);
    await login(workspace, cloud);
    expect(await workspace.paconn('logout')).toEqual({ exitCode: 0, stdout: '', stderr: 'Logout successful.\n' });
    expect(await keyOf(workspace)).toBeUndefined();
    expect(await keptIn(workspace)).toEqual([]);
  });

  test('each config directory has a key of its own', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using workspace = await workspaceOn(bus, cloud);
    await login(workspace, cloud);
    const other = { variables: { PACONN_CONFIG_DIR: 'other' } };
    expect((await workspace.run(['login', ...cloud.loginFlags], other)).exitCode).toBe(0);
    expect((await workspace.run(['logout'], other)).exitCode).toBe(0);
    expect(await workspace.paconn(...validate)).toEqual(valid);
  });

  test('a sign-in moves from the file to the keychain and back, as PACONN_TOKEN_STORE says', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using workspace = await workspaceOn(bus, cloud);
    workspace.variables['PACONN_TOKEN_STORE'] = 'file';
    expect(await login(workspace, cloud)).toMatch(
      /^The sign-in is kept unsealed in \S.*, which only you can read\.\n/u,
    );
    expect(await keptIn(workspace)).toEqual(kept.plain);
    expect(await keyOf(workspace)).toBeUndefined();

    workspace.variables['PACONN_TOKEN_STORE'] = 'keychain';
    expect(await workspace.paconn(...validate)).toEqual(valid);
    expect(await login(workspace, cloud, '--force')).toBe('Login successful.\n');
    expect(await keptIn(workspace)).toEqual(kept.sealed);

    // A sign-in that has to be made anew, because the one before is of no use any more.
    cloud.signIn.revokeRefreshTokens();
    workspace.variables['PACONN_TOKEN_STORE'] = 'file';
    expect(await login(workspace, cloud, '--tenant', 'contoso.example')).toMatch(/^The sign-in is kept unsealed /u);
    expect(await workspace.readJson('../home/.paconn/profile.json')).toMatchObject({ store: 'file' });
    expect(await workspace.paconn(...validate)).toEqual(valid);
    expect((await workspace.paconn('logout')).exitCode).toBe(0);
    expect(await keptIn(workspace)).toEqual([]);
    expect(await keyOf(workspace)).toBeUndefined();
  });
});

describe.runIf(SessionBus.isAvailable)('a sealed sign-in that cannot be opened means to sign in again', () => {
  const notOpened = {
    exitCode: 3,
    stdout: '',
    stderr: `Error: The sign-in kept on this machine was sealed with another key, or is damaged.\n${again}`,
  };

  test.each([
    ['nothing', Buffer.of()],
    ['half of it', undefined],
    ['something else', Buffer.from('{"format":"paconn-sealed-1"}')],
    ['bytes that are no text', Buffer.of(0xff, 0xfe, 0x00, 0xc3)],
  ])('when the file holds %s', async (_what, content) => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using workspace = await workspaceOn(bus, cloud);
    await login(workspace, cloud);
    const sealed = await readFile(sealedFile(workspace));
    await writeFile(sealedFile(workspace), content ?? sealed.subarray(0, sealed.length / 2));
    expect(await workspace.paconn(...validate)).toEqual(notOpened);
    expect(await login(workspace, cloud)).toBe('Login successful.\n');
    expect(await keptIn(workspace)).toEqual(kept.sealed);
    expect(await workspace.paconn(...validate)).toEqual(valid);
  });

  test('when the key is another one', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using workspace = await workspaceOn(bus, cloud);
    await login(workspace, cloud);
    await changeKey(workspace, 'set', Buffer.alloc(32, 7).toString('base64'));
    expect(await workspace.paconn(...validate)).toEqual(notOpened);
    expect(await login(workspace, cloud)).toBe('Login successful.\n');
    expect(await workspace.paconn(...validate)).toEqual(valid);
  });

  test.each(['', 'no key'])('when the key is gone, or no key (%j); no new one is made over it', async (key) => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using workspace = await workspaceOn(bus, cloud);
    await login(workspace, cloud);
    const sealed = await readFile(sealedFile(workspace));
    await changeKey(workspace, key === '' ? 'delete' : 'set', key);
    expect(await workspace.paconn(...validate)).toMatchObject({ exitCode: 3 });
    expect(await login(workspace, cloud)).toMatch(
      /^The sign-in is kept unsealed in .+, because the keychain is locked or has lost the key of the sign-in before \(paconn logout forgets that one\)\.\nLogin successful\.\n$/u,
    );
    expect(await readFile(sealedFile(workspace))).toEqual(sealed);
    expect(await workspace.paconn(...validate)).toEqual(valid);
    expect((await workspace.paconn('logout')).exitCode).toBe(0);
    expect(await login(workspace, cloud)).toBe('Login successful.\n');
    expect(await keptIn(workspace)).toEqual(kept.sealed);
  });
});

describe.runIf(SessionBus.isAvailable)('a locked keychain', () => {
  test('keeps a sealed sign-in closed until it is open again, or somebody signs in without it', async () => {
    await using keyring = await TemporaryDirectory.create();
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud, { apiDefinition: petStore() });
    workspace.variables['PACONN_TOKEN_STORE'] = undefined;
    const during = async (state: 'locked' | 'unlocked', work: () => Promise<void>): Promise<void> => {
      await using bus = await SessionBus.start(state, keyring.path);
      Object.assign(workspace.variables, bus.variables);
      await work();
    };
    await during('unlocked', async () => expect(await login(workspace, cloud)).toBe('Login successful.\n'));
    await during('locked', async () => {
      expect(await workspace.paconn(...validate)).toEqual({
        exitCode: 3,
        stdout: '',
        stderr:
          'Error: Your sign-in is sealed with a key that the keychain does not give: it is locked or lost.\nUnlock the keychain and try again, or sign in again with: paconn login --force\n',
      });
    });
    await during('unlocked', async () => expect(await workspace.paconn(...validate)).toEqual(valid));
    await during('locked', async () => {
      expect(await login(workspace, cloud)).toMatch(/, because the keychain is locked or has lost the key /u);
      expect(await workspace.paconn(...validate)).toEqual(valid);
    });
    await during('unlocked', async () => {
      expect(await workspace.paconn(...validate)).toEqual(valid);
      expect(await login(workspace, cloud, '-f')).toBe('Login successful.\n');
      expect(await keptIn(workspace)).toEqual(kept.sealed);
    });
    await during('locked', async () => {
      expect((await workspace.paconn('logout')).exitCode).toBe(0);
      expect(await keptIn(workspace)).toEqual([]);
    });
    await during('unlocked', async () => {
      expect(await login(workspace, cloud)).toBe('Login successful.\n');
      expect(await workspace.paconn(...validate)).toEqual(valid);
    });
  });
});

// Without the time-out of our own each of these would take most of a minute.
describe.runIf(SessionBus.isAvailable)('a keychain that never answers', { timeout: 45_000 }, () => {
  test('is not waited for by login, which keeps the sign-in in a file', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('silent');
    await using workspace = await workspaceOn(bus, cloud);
    expect(await login(workspace, cloud)).toBe(
      `The sign-in is kept unsealed in ${join(workspace.configDirectory, 'token-cache.json')}, which only you can read, because the keychain did not answer within 3 seconds.\nLogin successful.\n`,
    );
    expect(await workspace.paconn(...validate)).toEqual(valid);
  });

  test('ends commands of who has a sealed sign-in; login and logout go on without it', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('unlocked');
    await using workspace = await workspaceOn(bus, cloud);
    await login(workspace, cloud);
    await using silent = await SessionBus.start('silent');
    Object.assign(workspace.variables, silent.variables);
    expect(await workspace.paconn(...validate)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        'Error: Your sign-in is sealed with a key in the keychain, which did not answer within 3 seconds.\nUnlock the keychain and try again, or sign in again with: paconn login --force\n',
    });
    expect(await login(workspace, cloud)).toMatch(/did not answer within 3 seconds\.\nLogin successful\.\n$/u);
    expect(await workspace.paconn(...validate)).toEqual(valid);
    expect(await workspace.paconn('logout')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr:
        'The key of the sign-in stays in the keychain, which did not answer within 3 seconds; it opens nothing any more.\nLogout successful.\n',
    });
    expect(await keptIn(workspace)).toEqual([]);
  });

  test('can be interrupted, and then nothing is kept', async () => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start('silent');
    await using workspace = await workspaceOn(bus, cloud);
    const tool = workspace.start(['login', ...cloud.loginFlags]);
    await expect.poll(() => cloud.requests.find(({ path }) => path.endsWith('/token'))?.endedAt).toBeDefined();
    tool.signal('SIGINT');
    expect(await tool.finished).toMatchObject({ exitCode: 130, stderr: '' });
    expect(await keptIn(workspace)).toEqual([]);
  });
});
