import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { signedIn } from '../support/signed-in.ts';
import { validDefinition } from '../support/valid-definition.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import { Workspace } from '../support/workspace.ts';

const validated = validDefinition.stderr.replaceAll('\n', '\r\n');
const hideCursor = '\u001B[?25l';
const showCursor = '\u001B[?25h';
const clearLine = '\u001B[1G\u001B[0K';

describe.runIf(TerminalSession.isSupported)('at a terminal', () => {
  test('slow work is shown with its duration, and removed at the end', async () => {
    await using cloud = await FakeCloud.start();
    cloud.latency = 2500;
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    await using session = TerminalSession.start(workspace, ['validate', '-s', 'settings.json']);
    await session.waitFor(/Validating the API definition/u);
    await session.waitFor(/Validating the API definition 1 s/u);
    expect((await session.end()).exitCode).toBe(0);
    expect(session.rawOutput.endsWith(`${clearLine}${validated}`)).toBe(true);
    expect(session.rawOutput.split(hideCursor)).toHaveLength(session.rawOutput.split(showCursor).length);
  });

  test.each([
    ['create', 'POST', 'Creating', ['--overwrite-settings']],
    ['update', 'PATCH', 'Updating', []],
  ])('%s says that it can take minutes', async (command, method, words, flags) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore() });
    cloud.fault({ method, path: /\/apis(?:\/|$)/u, answerLatency: 1500 });
    await using session = TerminalSession.start(workspace, [command, '-s', 'settings.json', ...flags]);
    await session.waitFor(new RegExp(`${words} the connector… \\(the service can take minutes\\) 1 s`, 'u'));
    expect((await session.end()).exitCode).toBe(0);
  });

  test.each(['--only-show-errors', '--quiet', '--verbose'])('slow work is not with %s', async (flag) => {
    await using cloud = await FakeCloud.start();
    cloud.latency = 800;
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    await using session = TerminalSession.start(workspace, ['validate', '-s', 'settings.json', flag]);
    await session.end();
    expect(session.rawOutput).not.toContain('Validating');
  });

  test('errors are red, except with NO_COLOR', async () => {
    await using workspace = await Workspace.create();
    await using coloured = TerminalSession.start(workspace, ['validate', '-d', 'none.json']);
    await coloured.end();
    expect(coloured.rawOutput).toMatch(/^\u001B\[31mError:\u001B\[39m File does not exist: none\.json\r\n/u);
    await using plain = TerminalSession.start(workspace, ['validate', '-d', 'none.json'], {
      variables: { NO_COLOR: '1' },
    });
    await plain.end();
    expect(plain.rawOutput).toMatch(/^Error: File does not exist: none\.json\r\n/u);
  });

  test('Ctrl+C while the service does not respond ends the run immediately, and restores line and cursor', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: 'validateApiSwagger', action: 'hang' });
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    await using session = TerminalSession.start(workspace, ['validate', '-s', 'settings.json']);
    await session.waitFor(/Validating the API definition/u);
    session.type(keys.interrupt);
    expect((await session.end()).exitCode).toBe(130);
    expect(session.rawOutput.endsWith(`${showCursor}${clearLine}`)).toBe(true);
    expect(session.output).not.toMatch(/Error|at .+\.js/u);
  });

  test('Ctrl+C while login waits ends it, and leaves nothing', async () => {
    await using cloud = await FakeCloud.start();
    cloud.signIn.next = { pending: Number.POSITIVE_INFINITY };
    await using workspace = await Workspace.create(cloud);
    await using session = TerminalSession.start(workspace, ['login', ...cloud.loginFlags]);
    await session.waitFor(/enter the code/u);
    session.type(keys.interrupt);
    const { exitCode, output } = await session.end();
    expect(exitCode).toBe(130);
    expect(output).not.toMatch(/Error|at .+\.js/u);
    expect(await workspace.list('../home')).toEqual(['.paconn/']);
  });

  test.each([80, 120])('help fits %i columns', async (columns) => {
    await using workspace = await Workspace.create();
    await using session = TerminalSession.start(workspace, ['update', '--help'], { columns });
    const { exitCode, output } = await session.end();
    expect(exitCode).toBe(0);
    const widths = output.split('\n').map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    expect(Math.max(...widths)).toBeGreaterThan(Math.min(columns, 80) - 20);
  });
});

describe.runIf(TerminalSession.isSupported)('the progress line', { concurrent: true }, () => {
  test.each([{ variables: { CI: 'true' } }, { variables: { CI: 'false' } }, { variables: { TERM: 'dumb' } }])(
    'is not there where a line that changes is no help: $variables',
    async ({ variables }) => {
      await using cloud = await FakeCloud.start();
      cloud.latency = 800;
      await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
      await using session = TerminalSession.start(workspace, ['validate', '-s', 'settings.json'], { variables });
      await session.end();
      expect(session.rawOutput).toBe(validated);
    },
  );

  test.each([
    [{ NO_COLOR: '1' }, false],
    [{ FORCE_COLOR: '0' }, false],
    [{}, true],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true],
  ])('is coloured as %j says', async (variables, isColoured) => {
    await using cloud = await FakeCloud.start();
    cloud.latency = 800;
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    await using session = TerminalSession.start(workspace, ['validate', '-s', 'settings.json'], { variables });
    await session.end();
    expect(session.output).toContain('Validating');
    expect(/\u001B\[\d+m/u.test(session.rawOutput)).toBe(isColoured);
  });

  test('fits a narrow window, also after resizing', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: 'validateApiSwagger', action: 'hang' });
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    const command = workspace.command('validate', '-s', 'settings.json');
    const resize = 'until [ -e narrower ]; do sleep 0.1; done; stty cols 16 </dev/tty';
    const line = ['sh', '-c', `(${resize}) & exec "$@"`, 'sh', ...command];
    await using session = TerminalSession.start(workspace, [], { columns: 24, command: line });
    await session.waitFor(/ Validating the API d…/u);
    await workspace.write('narrower', '');
    await session.waitFor(/ Validati… \d s/u);
    session.type(keys.interrupt);
    expect((await session.end()).exitCode).toBe(130);
    // One that wraps is taken back line by line.
    expect(session.rawOutput).not.toContain('\u001B[1A');
    expect(session.rawOutput.endsWith(`${showCursor}${clearLine}`)).toBe(true);
  });
});
