import { chmod } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { describe, expect, test } from 'vitest';
import { visit } from '../support/browser-user.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import { Workspace } from '../support/workspace.ts';

const address = /\n(https:\S+)\n/u;

describe.runIf(process.platform === 'linux')('login --browser', () => {
  test('opens the browser of the desktop, and succeeds when it returns', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud);
    const launcher = await workspace.write('bin/xdg-open', '#!/bin/sh\nprintf "%s\\n" "$@" > opened.txt\n');
    await chmod(launcher, 0o755);
    const PATH = [workspace.path('bin'), process.env['PATH']].join(delimiter);
    const tool = workspace.start(['login', '--browser', ...cloud.loginFlags], { variables: { DISPLAY: ':0', PATH } });
    const [, shown = ''] = await tool.waitFor(address);
    await expect.poll(async () => await workspace.exists('opened.txt')).toBe(true);
    await expect.poll(async () => await workspace.read('opened.txt')).toBe(`${shown}\n`);
    await visit(shown);
    expect(await tool.finished).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/Login successful\.\nWarning: [^\n]+\n$/u),
    });
  });

  test.each([
    'file:///etc/passwd',
    'http://example.com/authorize',
    'http://localhost:9/authorize',
    'vscode://x/y',
    '-flag',
    '\\\\server\\share',
  ])('opens no %s, whatever the authority says', async (authorizationEndpoint) => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.authorizationEndpoint = authorizationEndpoint;
    await using workspace = await Workspace.create(cloud);
    const launcher = await workspace.write('bin/xdg-open', '#!/bin/sh\nprintf "%s\\n" "$@" > opened.txt\n');
    await chmod(launcher, 0o755);
    const PATH = [workspace.path('bin'), process.env['PATH']].join(delimiter);
    const flags = ['login', '--browser', ...cloud.loginFlags];
    const { exitCode, stderr } = await workspace.start(flags, { variables: { DISPLAY: ':0', PATH } }).finished;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(/^Error: The sign-in page isn't an https URL: /u),
    });
    expect(await workspace.exists('opened.txt')).toBe(false);
  });

  test('can be canceled with Ctrl+C while it waits, and stores nothing', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await Workspace.create(cloud);
    const tool = workspace.start(['login', '--browser', ...cloud.loginFlags]);
    await tool.waitFor(address);
    tool.signal('SIGINT');
    const { exitCode, stdout, stderr } = await tool.finished;
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '' });
    expect(stdout).toMatch(/^To sign in, open this URL in a browser on this computer:\n/u);
    expect(await workspace.list('../home')).toEqual(['.paconn/']);
  });
});

describe.runIf(TerminalSession.isSupported)('login, where a policy blocks device codes,', () => {
  test.each(['AADSTS53003: Access has been blocked.', 'AADSTS50097: Device authentication is required.'])(
    'offers the browser at a terminal, and goes on there: %s',
    async (description) => {
      await using cloud = await FakeCloud.start();
      cloud.signIn.next = { error: 'invalid_grant', description };
      await using workspace = await Workspace.create(cloud);
      await using session = TerminalSession.start(workspace, ['login', ...cloud.loginFlags], { columns: 2000 });
      await session.waitFor(/\(AADSTS\d+\)\. Sign in in the browser instead\? \(Y\/n\): /u);
      cloud.signIn.next = 'approve';
      session.type(keys.enter);
      const [, shown = ''] = await session.waitFor(/\n(https:\S+authorize\S+)\n/u);
      await visit(shown);
      const { exitCode, output } = await session.end();
      expect({ exitCode, output }).toEqual({
        exitCode: 0,
        output: expect.stringMatching(/\nLogin successful\.\nadele@contoso\.example · [^\n]+\nWarning: [^\n]+\n$/u),
      });
      expect(await workspace.read('../home/.paconn/sign-ins.json')).toMatch(/"method": ?"browser"/u);
    },
  );

  test('ends with the reason if the browser is declined', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.next = { error: 'invalid_grant', description: 'AADSTS53003: Access has been blocked.' };
    await using workspace = await Workspace.create(cloud);
    await using session = TerminalSession.start(workspace, ['login', ...cloud.loginFlags]);
    await session.waitFor(/instead\? \(Y\/n\): /u);
    session.type(`n${keys.enter}`);
    const { exitCode, output } = await session.end();
    expect({ exitCode, output }).toEqual({ exitCode: 3, output: expect.stringMatching(/paconn login .*--browser\n/u) });
  });
});
