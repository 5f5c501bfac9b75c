import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession, type TerminalSessionOptions } from '../support/terminal-session.ts';
import type { Workspace } from '../support/workspace.ts';

/** A cloud with 40 environments. */
async function largeCloud(): Promise<FakeCloud> {
  const cloud = await FakeCloud.start();
  const names = ['Contoso Test', 'Contoso Development of the field service teams', 'Contoso Test 2', '7'];
  const others = Array.from({ length: 35 }, (_, index) => `Team ${String(35 - index).padStart(2, '0')}`);
  for (const displayName of [...names, ...others]) cloud.addEnvironment({ displayName, sku: 'Sandbox' });
  return cloud;
}

async function workspaceAt(cloud: FakeCloud, environment: string | null = null): Promise<Workspace> {
  const { powerAppsUrl, flowUrl } = cloud.settings;
  return await signedIn(cloud, { settings: { environment, powerAppsUrl, flowUrl } });
}

function startList(workspace: Workspace, options?: TerminalSessionOptions): TerminalSession {
  return TerminalSession.start(workspace, ['list', '-s', 'settings.json'], options);
}

const highlighted = (screen: readonly string[]): string | undefined => screen.find((line) => line.startsWith('›'));

describe.runIf(TerminalSession.isSupported).each([40, 80, 200])('a choice at a terminal of %i columns', (columns) => {
  test('shows ten entries, fits, filters while typing, and then shows only the choice', async () => {
    await using cloud = await largeCloud();
    await using workspace = await workspaceAt(cloud);
    await using session = startList(workspace, { columns });
    const whole = await session.waitForScreen(/40 entries/u);
    // Scripts wait for these words, also where they don't fit.
    await session.waitFor(/Please enter a choice \[Default choice\(1\)\]: /u);
    expect(whole[0]).toBe('Please select an environment:');
    expect(whole).toHaveLength(13);
    expect(whole[2]).toMatch(/^› {2}1 {2}Contoso \(default\) +Default$/u);
    expect(whole.filter((line) => line.length >= columns)).toEqual([]);

    session.type('contoso');
    const narrowed = await session.waitForScreen(/4 of 40/u);
    expect(narrowed.slice(2, -1).map((line) => line.slice(6, 23).trim())).toEqual([
      'Contoso (default)',
      'Contoso Developme',
      'Contoso Test',
      'Contoso Test 2',
    ]);
    session.type(`${keys.down}${keys.down}`);
    await session.waitForScreen(/^› {2}\d {2}Contoso Test /mu);
    session.type(keys.enter);
    const { exitCode } = await session.end();
    expect({ exitCode, screen: await session.screen() }).toEqual({
      exitCode: 0,
      screen: expect.arrayContaining(['Environment selected: Contoso Test']),
    });
    expect((await session.screen())[0]).toBe('Environment selected: Contoso Test');
  });
});

describe.runIf(TerminalSession.isSupported)('a menu', () => {
  test('moves with arrows, by pages, and to both ends', async () => {
    await using cloud = await largeCloud();
    await using workspace = await workspaceAt(cloud);
    await using session = startList(workspace, { rows: 10 });
    await session.waitForScreen(/40 entries/u);
    for (const [key, number] of [
      [keys.down, 2],
      [keys.up, 1],
      [keys.up, 40],
      [keys.down, 1],
      [keys.pageDown, 11],
      [keys.pageDown, 21],
      [keys.pageUp, 11],
      [keys.end, 40],
      [keys.home, 1],
    ] as const) {
      session.type(key);
      const screen = await session.waitForScreen(new RegExp(`^› +${number} `, 'mu'));
      expect(screen.length).toBeLessThanOrEqual(10);
    }
  });

  test.each([
    ['a whole name before a longer one', 'contoso test', 'Contoso Test'],
    ['a number', '3', 'Contoso Development of the field service teams'],
    ['a name before the number that it looks like', '7', '7'],
    ['a part of a name', 'eld serv', 'Contoso Development of the field service teams'],
    ['letters of a name in their order', 'tm35', 'Team 35'],
  ])('takes %s', async (_what, text, name) => {
    await using cloud = await largeCloud();
    await using workspace = await workspaceAt(cloud);
    await using session = startList(workspace);
    await session.waitForScreen(/40 entries/u);
    session.type(`${text}${keys.enter}`);
    expect((await session.end()).output).toContain(`Environment selected: ${name}\n`);
  });

  test('selects nothing without a match; Escape clears, then cancels', async () => {
    await using cloud = await largeCloud();
    await using workspace = await workspaceAt(cloud);
    await using session = startList(workspace);
    await session.waitForScreen(/40 entries/u);
    session.type(`zzz${keys.enter}`);
    await session.waitForScreen(/^No match\. Press Backspace or Esc\.$/mu);
    session.type(keys.backspace.repeat(3));
    await session.waitForScreen(/40 entries/u);
    // Enter was no answer, so the arrow keys don't bring it back.
    session.type(keys.up);
    await session.waitForScreen(/^› 40 [^]*\n40 entries/mu);
    session.type('test 2');
    expect(highlighted(await session.waitForScreen(/1 of 40/u))).toContain('Contoso Test 2');
    session.type(keys.escape);
    await session.waitForScreen(/40 entries/u);
    session.type(keys.escape);
    const { exitCode } = await session.end();
    expect({ exitCode, screen: await session.screen() }).toEqual({
      exitCode: 130,
      screen: ['Canceled. Nothing was changed.'],
    });
    expect(cloud.requests.map(({ path }) => path)).toEqual(['/providers/Microsoft.PowerApps/environments']);
  });

  test.each([
    ['Ctrl+C', keys.interrupt],
    ['Ctrl+D', keys.endOfInput],
  ])('is canceled with %s', async (_name, key) => {
    await using cloud = await largeCloud();
    await using workspace = await workspaceAt(cloud);
    await using session = startList(workspace);
    await session.waitForScreen(/40 entries/u);
    session.type(key);
    expect(await session.end()).toMatchObject({ exitCode: 130 });
    expect(await session.screen()).toEqual(['Canceled. Nothing was changed.']);
  });

  test.each([
    ['returns', '\r'],
    ['line feeds', '\n'],
    ['both', '\r\n'],
  ])('takes answers to two questions that were pasted at once, with %s', async (_what, enter) => {
    await using cloud = await largeCloud();
    for (const displayName of ['Orders', 'Pets', 'Zoo']) cloud.addConnector({ displayName });
    await using workspace = await workspaceAt(cloud);
    await using session = TerminalSession.start(workspace, ['show', '-s', 'settings.json']);
    await session.waitForScreen(/40 entries/u);
    session.type(`default${enter}pets${enter}`);
    const { exitCode, output } = await session.end();
    expect({ exitCode, output }).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Connector selected: Pets - Adele Vance\n'),
    });
  });

  test('selects the only entry without a prompt, and reports it', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addConnector({ displayName: 'Pets' });
    await using workspace = await workspaceAt(cloud);
    await using session = TerminalSession.start(workspace, ['show', '-s', 'settings.json']);
    expect((await session.end()).output).toMatch(
      /^Environment selected: Contoso \(default\)\nConnector selected: Pets - Adele Vance\n/u,
    );
  });

  test('shows the end of the IDs of two with one name', async () => {
    await using cloud = await FakeCloud.start();
    const twins = [1, 2].map(() => cloud.addConnector({ displayName: 'Pets' }));
    await using workspace = await workspaceAt(cloud, cloud.environment.id);
    await using session = TerminalSession.start(workspace, ['show', '-s', 'settings.json']);
    const screen = (await session.waitForScreen(/2 entries/u)).join('\n');
    for (const { id } of twins) expect(screen).toContain(`Pets  …${id.slice(-6)} · Adele Vance`);
    session.type(`2${keys.enter}`);
    expect((await session.end()).output).toContain(`Connector selected: Pets - Adele Vance (`);
  });

  test.each<[what: string, options: TerminalSessionOptions]>([
    ['PACONN_PROMPT=line asks for it', { variables: { PACONN_PROMPT: 'line' } }],
    ['the terminal is dumb', { variables: { TERM: 'dumb' } }],
    ['the terminal has no name', { variables: { TERM: undefined } }],
    ['a pipeline runs', { variables: { CI: 'true' } }],
    ['a screen reader reads', { variables: { ACCESSIBLE: '1' } }],
    ['the terminal is narrow', { columns: 39 }],
  ])('is a numbered list in line mode if %s', async (_what, options) => {
    await using cloud = await FakeCloud.start();
    cloud.addEnvironment({ displayName: 'Test' });
    await using workspace = await workspaceAt(cloud);
    await using session = startList(workspace, options);
    await session.waitFor(/^Please select an environment:\n \[1\] Contoso \(default\)\n \[2\] Test\nPlease enter/u);
    session.type(`2${keys.enter}`);
    expect((await session.end()).output).toContain('Environment selected: Test\n');
  });
});
