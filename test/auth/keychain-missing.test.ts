import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { type SecretServiceState, SessionBus } from '../support/session-bus.ts';
import { hasModes } from '../support/system.ts';
import { Workspace } from '../support/workspace.ts';
import { validDefinition } from '../support/valid-definition.ts';

/** What modes of files say means nothing on Windows. */
const forOwner = hasModes ? ', which only you can read' : '';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const validate = ['validate', '-s', 'settings.json'];

/** Login says in one line why it keeps the sign-in in a file; commands and logout do not speak of it. */
async function expectFile(
  cloud: FakeCloud,
  workspace: Workspace,
  problem: RegExp,
  paconn = (...args: string[]) => runInProcess(workspace, ...args),
): Promise<void> {
  const path = join('~', '.paconn', 'sign-ins.json');
  const beginning = `Warning: The sign-in is stored unencrypted in ${path}${forOwner}, because the keychain `;
  const { exitCode, stderr } = await paconn('login', ...cloud.loginFlags);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(beginning) });
  const [success, note = '', ...others] = stderr.split('\n');
  expect(note.slice(beginning.length)).toMatch(problem);
  expect([success, ...others]).toEqual(['Login successful.', '']);
  expect(await workspace.list('../home/.paconn')).toEqual(['sign-ins.json']);
  expect(await paconn(...validate)).toEqual(validDefinition);
  expect(await paconn('logout')).toEqual({ exitCode: 0, stdout: '', stderr: 'Logout successful.\n' });
}

/** PACONN_TOKEN_STORE=keychain keeps no sign-in where there is no keychain to seal it. */
async function expectRefusal(cloud: FakeCloud, workspace: Workspace): Promise<void> {
  workspace.variables['PACONN_TOKEN_STORE'] = 'keychain';
  const { exitCode, stderr } = await runInProcess(workspace, 'login', ...cloud.loginFlags);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^Error: PACONN_TOKEN_STORE=keychain requires the keychain, which .+\.\nWith PACONN_TOKEN_STORE=auto, the sign-in is stored in a file\.\n$/u,
  );
  expect(await workspace.list('../home/.paconn')).toEqual([]);
}

async function workspaceOf(cloud: FakeCloud, variables: Workspace['variables'] = {}): Promise<Workspace> {
  const workspace = await Workspace.create(cloud, { apiDefinition: petStore() });
  Object.assign(workspace.variables, { PACONN_TOKEN_STORE: undefined }, variables);
  return workspace;
}

describe.runIf(SessionBus.isAvailable)('on a bus', () => {
  test.each<[what: string, state: SecretServiceState, problem: RegExp]>([
    [
      'without a Secret Service',
      'missing',
      /^can't be used on this computer \(The name org\.freedesktop\.secrets .+\)\.$/u,
    ],
    [
      'with one that nobody has made a keyring for',
      'locked',
      /^can't be used on this computer \(Object does not exist .+\)\.$/u,
    ],
  ])('%s the sign-in is kept in a file', async (_what, state, problem) => {
    await using cloud = await FakeCloud.start();
    await using bus = await SessionBus.start(state);
    await using workspace = await workspaceOf(cloud, bus.variables);
    await expectFile(cloud, workspace, problem);
    await expectRefusal(cloud, workspace);
  });
});

// Elsewhere these would lead to the keychain of whoever runs the tests.
describe.runIf(process.platform === 'linux')('the sign-in is kept in a file', () => {
  test.each([
    ['without a bus', undefined],
    ['with the address of a bus that is gone', 'unix:path=/nonexistent'],
    ['with an address that is none', 'nonsense'],
  ])('%s', async (_what, address) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceOf(cloud, { DBUS_SESSION_BUS_ADDRESS: address });
    await expectFile(cloud, workspace, /^can't be used on this computer \(.+\)\.$/u);
    await expectRefusal(cloud, workspace);
  });

  test('unless encryption is required: then login stops before the sign-in', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceOf(cloud, { DBUS_SESSION_BUS_ADDRESS: undefined });
    await expectRefusal(cloud, workspace);
    expect(cloud.requests).toEqual([]);
  });

  test('without the library for keychains', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceOf(cloud, { LD_LIBRARY_PATH: undefined });
    await mkdir(workspace.path('lib'));
    await writeFile(workspace.path('lib', 'libsecret-1.so.0'), 'not a library');
    workspace.variables['LD_LIBRARY_PATH'] = workspace.path('lib');
    await expectFile(cloud, workspace, /^can't be used on this computer \(Failed to load keytar native addon.*\)\.$/u);
    await expectRefusal(cloud, workspace);
  });
});

test('without the optional keytar, the sign-in is stored in a file', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await workspaceOf(cloud);
  await cp(dist, workspace.path('tool', 'dist'), { recursive: true });
  await expectFile(
    cloud,
    workspace,
    /^can't be used on this computer \(Cannot find package 'keytar' .*\)\.$/u,
    async (...args) => {
      const tool = workspace.launch([process.execPath, workspace.path('tool', 'dist', 'paconn.js'), ...args]);
      tool.endInput();
      return await tool.finished;
    },
  );
});
