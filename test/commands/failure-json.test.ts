import { describe, expect, test } from 'vitest';
import { valueIn } from '../../src/commands/argv.ts';
import { run } from '../../src/program.ts';
import { failureIn } from '../support/failure.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { MemoryKeychain } from '../support/memory-keychain.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import { ScriptedTerminal } from '../support/scripted-terminal.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const none = { detail: null, hint: null, correlationId: null, code: null };

describe.concurrent('with --output json, the error of a command is JSON on stderr:', () => {
  test.each([
    [['list', '-o', 'json'], 3, { message: 'Access token invalid. Please login again.' }],
    [['lst', '-o', 'json'], 2, { message: 'Unknown command: lst', hint: "Did you mean 'list'?" }],
    [['--output=json', 'list', '--bogus', 'x'], 2, { message: 'Unknown option: --bogus' }],
    [['list', '--bogus', '-ojson', '--json-version=2'], 2, { message: 'Unknown option: --bogus' }],
    [['list', '--query', '[', '-o', 'json'], 2, { message: expect.stringMatching(/^Invalid query: /u) }],
    [['validate', '--api-def', 'gone.json', '-o', 'json'], 1, { message: 'File does not exist: gone.json' }],
  ])('%j', async (argv, exitCode, error) => {
    await using workspace = await Workspace.create();
    const result = await runInProcess(workspace, ...argv);
    expect(result).toMatchObject({ exitCode, stdout: '' });
    expect(failureIn(result.stderr)).toMatchObject({ ...error, exitCode });
  });

  test('with what the service says, below the warnings, which stay text', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector(), apiDefinition: petStore() });
    const headers = { 'x-ms-correlation-request-id': '11111111-2222-4333-8444-555555555555' };
    const json = { error: { code: 'Inner', message: 'The host is\nmissing.' } };
    cloud.fault({ path: 'validateApiSwagger', status: 400, json, headers, times: 2 });
    const argv = ['update', '-s', 'settings.json', '-e', 'x', '-o', 'json'];
    const result = await runInProcess(workspace, ...argv);
    expect(result.stderr).toMatch(/^Warning: .+ ignored because settings\.json is used \(-s\)/u);
    expect(failureIn(result.stderr)).toEqual({
      ...none,
      message: expect.stringContaining('The host is'),
      detail: 'Correlation ID: 11111111-2222-4333-8444-555555555555',
      exitCode: 1,
      code: 'Inner',
      correlationId: headers['x-ms-correlation-request-id'],
    });
    const { stderr } = await runInProcess(workspace, ...argv, '--verbose');
    expect(failureIn(stderr)).toMatchObject({ detail: expect.stringContaining('400 Client Error') });
  });

  test.sequential.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('with the exit code of a run that %s ends', async (signal, exitCode) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector(), apiDefinition: petStore() });
    const hanging = cloud.fault({ method: 'PATCH', path: '/apis/', action: 'hang' });
    const tool = workspace.start(['update', '-s', 'settings.json', '-o', 'json']);
    await expect.poll(() => hanging.hits).toBe(1);
    tool.signal(signal);
    const result = await tool.finished;
    expect([result.exitCode, failureIn(result.stderr).exitCode]).toEqual([exitCode, exitCode]);
  });

  test.each([
    ['as an environment variable asks', { PACONN_OUTPUT: 'json' }, true],
    ['but not in version 1 of the shapes', { PACONN_OUTPUT: 'json', PACONN_JSON_VERSION: '1' }, false],
    ['but not for tables', { PACONN_OUTPUT: 'table' }, false],
  ])('%s', async (_what, variables, isJson) => {
    await using workspace = await Workspace.create();
    Object.assign(workspace.variables, variables);
    const { exitCode, stderr } = await runInProcess(workspace, 'list');
    expect(exitCode).toBe(3);
    expect(stderr.startsWith('{"error":{')).toBe(isJson);
    expect(stderr.startsWith('Error: ')).toBe(!isJson);
  });

  test('but not for a query alone, which people ask, too', async () => {
    await using workspace = await Workspace.create();
    const { stderr } = await runInProcess(workspace, 'list', '--query', 'connectors');
    expect(stderr).toMatch(/^Error: /u);
  });

  test('also of a bug', async () => {
    const terminal = new ScriptedTerminal();
    const context = {
      version: '1.2.3',
      docsFolder: '',
      terminal,
      workingDirectory: '.',
      get configDirectory(): string {
        throw new TypeError('deep down');
      },
      variables: {},
      openKeychain: () => new MemoryKeychain(),
      expectSignIn: () => undefined,
      signal: new AbortController().signal,
    };
    const exitCode = await run(['whoami', '-o', 'json'], context);
    expect({ exitCode, error: failureIn(terminal.stderr.join('\n')) }).toEqual({
      exitCode: 1,
      error: {
        ...none,
        message: 'This is a bug in paconn 1.2.3: deep down',
        hint: expect.stringContaining('--debug'),
        exitCode: 1,
      },
    });
  });
});

test.each([
  [['-o', 'json'], 'json'],
  [['-o=json'], 'json'],
  [['-ojson', '--wrong'], 'json'],
  [['--outp', 'jsonc'], 'jsonc'],
  [['-o', 'json', '-o', 'table'], 'table'],
  [['--output-dir', 'json'], undefined],
  [['-o'], undefined],
  [['json'], undefined],
])('which output a command line asks for, whatever else is in it: %j', (argv, output) => {
  expect(valueIn(['list', ...argv], 'output')).toBe(output);
});

describe.runIf(TerminalSession.isSupported)('at a terminal', () => {
  test('what was canceled is JSON, too', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addEnvironment({ displayName: 'Test' });
    const { powerAppsUrl, flowUrl } = cloud.settings;
    await using workspace = await signedIn(cloud, { settings: { environment: null, powerAppsUrl, flowUrl } });
    await using session = TerminalSession.start(workspace, ['list', '-s', 'settings.json', '-o', 'json']);
    await session.waitForScreen(/entries/u);
    session.type(keys.escape);
    const { exitCode, output } = await session.end();
    expect(exitCode).toBe(130);
    expect(output).toContain('{"error":{"message":"Canceled. Nothing was changed."');
  });
});
