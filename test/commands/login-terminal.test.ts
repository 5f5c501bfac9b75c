import { chmod } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { contosoTenant, diego } from '../support/fake-cloud/users.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import { Workspace } from '../support/workspace.ts';

const offer = '  Press Enter to open the browser, or wait.';
const waiting = /Waiting for you to sign in… \(Ctrl\+C to cancel\)/u;

/** With a desktop, whose browser writes down what it opens. */
async function atDesktop(cloud: FakeCloud): Promise<Workspace> {
  const workspace = await Workspace.create(cloud);
  const launcher = await workspace.write('bin/xdg-open', '#!/bin/sh\nprintf "%s\\n" "$@" >> opened.txt\n');
  await chmod(launcher, 0o755);
  const PATH = [workspace.path('bin'), process.env['PATH']].join(delimiter);
  Object.assign(workspace.variables, { DISPLAY: ':0', PATH });
  return workspace;
}

function login(cloud: FakeCloud, workspace: Workspace, ...flags: readonly string[]): TerminalSession {
  return TerminalSession.start(workspace, ['login', ...cloud.loginFlags, ...flags]);
}

describe.runIf(TerminalSession.isSupported)('login at a terminal', { concurrent: true }, () => {
  test('shows that it waits, opens the page once on Enter, and shows account, tenant, and cloud', async ({
    expect: expectHere,
  }) => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.next = { pending: Number.POSITIVE_INFINITY };
    await using workspace = await atDesktop(cloud);
    await using session = login(cloud, workspace);
    await session.waitForScreen(waiting);
    expect(await session.screen()).toContain(offer);
    session.type(`${keys.enter}${keys.enter}`);
    await expectHere.poll(async () => await workspace.exists('opened.txt'), { timeout: 10_000 }).toBe(true);
    cloud.signIn.next = 'approve';
    const { exitCode } = await session.end();
    expect(exitCode).toBe(0);
    expect(await workspace.read('opened.txt')).toBe(`${cloud.url}/device\n`);
    const screen = await session.screen();
    expect(screen.join('\n')).toMatch(
      /\nLogin successful\.\nadele@contoso\.example · Contoso \(contoso\.example\) · custom cloud\nWarning: /u,
    );
    expect(screen.join('\n')).not.toMatch(waiting);
  });

  test.each(['http://login.evil.example/device', 'javascript:alert(1)', 'file:///etc/passwd'])(
    'offers no browser for the page %s, and Enter opens none',
    async (page) => {
      await using cloud = await FakeCloud.start();
      const pending = { error: 'authorization_pending', error_description: 'AADSTS70016: Authorization is pending.' };
      cloud.fault({ path: '/token', status: 400, json: pending, times: 1000 });
      const json = { device_code: 'x', user_code: 'ABC', verification_uri: page, message: 'Sign in.', expires_in: 900 };
      cloud.fault({ path: '/devicecode', status: 200, json });
      await using workspace = await atDesktop(cloud);
      await using session = login(cloud, workspace);
      await session.waitForScreen(waiting);
      session.type(`${keys.enter}${keys.enter}`);
      session.type(keys.interrupt);
      await session.end();
      expect((await session.screen()).join('\n')).not.toContain(offer.trim());
      expect(await workspace.exists('opened.txt')).toBe(false);
    },
  );

  test('reports an existing sign-in without a prompt', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud);
    await login(cloud, workspace).end();
    cloud.forgetRequests();
    const { exitCode, output } = await login(cloud, workspace).end();
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output:
        'Already signed in.\nLogin successful.\nadele@contoso.example · Contoso (contoso.example) · custom cloud\n',
    });
    expect(cloud.requests).toEqual([]);
  });

  test.each([keys.interrupt, keys.endOfInput])('is canceled by %j with a word, and nothing is stored', async (key) => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.next = { pending: Number.POSITIVE_INFINITY };
    await using workspace = await atDesktop(cloud);
    await using session = login(cloud, workspace);
    await session.waitForScreen(waiting);
    session.type(key);
    const { exitCode } = await session.end();
    expect(exitCode).toBe(130);
    expect((await session.screen()).at(-1)).toBe('Canceled. Nothing was changed.');
    expect(await workspace.list('../home')).toEqual(['.paconn/']);
  });

  test.each([{ DISPLAY: undefined }, { SSH_CONNECTION: '1 2 3 4' }])(
    'offers no browser that nobody would see: %j',
    async (variables) => {
      await using cloud = await FakeCloud.start();
      cloud.signIn.next = { pending: Number.POSITIVE_INFINITY };
      await using workspace = await atDesktop(cloud);
      Object.assign(workspace.variables, variables);
      await using session = login(cloud, workspace);
      await session.waitForScreen(waiting);
      expect(await session.screen()).not.toContain(offer);
      cloud.signIn.next = 'approve';
      expect((await session.end()).exitCode).toBe(0);
    },
  );

  test("reports once that it waits if the line can't change", async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.next = { pending: Number.POSITIVE_INFINITY };
    await using workspace = await atDesktop(cloud);
    workspace.variables['PACONN_PROMPT'] = 'line';
    await using session = login(cloud, workspace);
    await session.waitFor(waiting);
    cloud.signIn.next = 'approve';
    const { exitCode, output } = await session.end();
    expect(exitCode).toBe(0);
    expect(output).not.toContain(offer);
    expect(output.match(new RegExp(waiting, 'gu'))).toHaveLength(1);
  });

  test.each([
    ['a tenant that has no name', (cloud: FakeCloud) => void (cloud.signIn.brand = undefined)],
    [
      'a guest',
      (cloud: FakeCloud) => {
        const home = { objectId: diego.objectId, tenantId: '11111111-2222-4333-8444-555555555555' };
        cloud.signIn.user = { ...cloud.signIn.user, home };
      },
    ],
    [
      'an answer that is none',
      (cloud: FakeCloud) => cloud.fault({ path: 'getuserrealm', status: 200, html: '<html>' }),
    ],
  ])('shows the ID of the tenant for %s', async (_what, arrange) => {
    await using cloud = await FakeCloud.start();
    arrange(cloud);
    await using workspace = await Workspace.create(cloud);
    await using session = login(cloud, workspace);
    const { exitCode, output } = await session.end();
    expect(exitCode).toBe(0);
    expect(output).toMatch(new RegExp(`\nadele@contoso.example · tenant ${contosoTenant} · custom cloud\n`, 'u'));
  });

  test('continues without the name of the tenant if the response is slow', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: 'getuserrealm', action: 'hang' });
    await using workspace = await Workspace.create(cloud);
    await using session = login(cloud, workspace);
    expect((await session.end()).exitCode).toBe(0);
  });
});
