import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../src/io/terminal/width.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { TerminalSession } from '../support/terminal-session.ts';
import { Workspace } from '../support/workspace.ts';

const apis = '/providers/Microsoft.PowerApps/apis';

test('environments shows name, ID, type, region, and the default', async () => {
  await using cloud = await FakeCloud.start();
  const { id } = cloud.addEnvironment({
    displayName: 'Test 表',
    sku: 'Sandbox',
    location: 'asia',
    region: 'japaneast',
  });
  await using workspace = await signedIn(cloud);
  const { length } = cloud.environment.id;
  expect(await runInProcess(workspace, 'environments', '-s', 'settings.json')).toEqual({
    exitCode: 0,
    stdout: [
      `Name               Type     Default  ID${' '.repeat(length - 2)}  Region`,
      `Contoso (default)  Default  yes      ${cloud.environment.id}  westeurope`,
      `Test 表            Sandbox           ${id.padEnd(length)}  japaneast`,
      '',
    ].join('\n'),
    stderr: '',
  });
  const { stdout } = await runInProcess(workspace, 'environments', '-s', 'settings.json', '-o', 'json');
  expect(JSON.parse(stdout)).toEqual({
    version: 2,
    environments: [
      {
        id: cloud.environment.id,
        name: 'Contoso (default)',
        type: 'Default',
        region: 'westeurope',
        isDefault: true,
      },
      { id, name: 'Test 表', type: 'Sandbox', region: 'japaneast', isDefault: false },
    ],
  });
});

test('environments without any reports that', async () => {
  await using cloud = await FakeCloud.start();
  cloud.removeEnvironments();
  await using workspace = await signedIn(cloud, { settings: { environment: null } });
  expect(await runInProcess(workspace, 'environments', '-s', 'settings.json')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'No environments found that you have access to.\n',
  });
});

test('list shows the custom connectors of an environment, and no others', async () => {
  await using cloud = await FakeCloud.start();
  cloud.addConnector({ displayName: 'Office', isCustomApi: false });
  const { id, createdTime, changedTime, environment } = cloud.addConnector();
  const odd = cloud.addConnector({ displayName: 'A\tB\nC', description: '', createdBy: null });
  await using workspace = await signedIn(cloud);
  const { stdout } = await runInProcess(workspace, 'list', '-s', 'settings.json', '-o', 'json');
  expect(JSON.parse(stdout)).toEqual({
    version: 2,
    connectors: [
      {
        connectorId: id,
        name: 'Pet Store',
        environment: { id: environment, name: null },
        url: null,
        description: 'Sells pets.',
        createdBy: { name: 'Adele Vance', id: expect.any(String) },
        createdTime,
        changedTime,
      },
      expect.objectContaining({ connectorId: odd.id, name: 'A\tB\nC', description: null, createdBy: null }),
    ],
  });
  const table = await runInProcess(workspace, 'list', '-s', 'settings.json');
  expect(table.stdout.split('\n')).toEqual([
    expect.stringMatching(/^Name {7}Changed \(UTC\) +ID +Created by$/u),
    `Pet Store  ${changedTime.slice(0, 16).replace('T', ' ')}  ${id.padEnd(odd.id.length)}  Adele Vance`,
    expect.stringMatching(new RegExp(`^A B C .*  ${odd.id}$`, 'u')),
    '',
  ]);
  const values = await runInProcess(workspace, 'list', '-s', 'settings.json', '-o', 'tsv');
  expect(values.stdout.split('\n').map((line) => line.split('\t')[0])).toEqual(['Pet Store', String.raw`A\tB\nC`, '']);
  const asked = ['--query', "connectors[?name=='Pet Store'].connectorId", '-o', 'tsv'];
  expect((await runInProcess(workspace, 'list', '-s', 'settings.json', ...asked)).stdout).toBe(`${id}\n`);
});

test('list of an empty environment reports that and succeeds', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud);
  const empty = { version: 2, connectors: [] };
  expect(await runInProcess(workspace, 'list', '-s', 'settings.json', '-o', 'json')).toEqual({
    exitCode: 0,
    stdout: `${JSON.stringify(empty, undefined, 2)}\n`,
    stderr: `No custom connectors found in the environment ${cloud.environment.id}.\n`,
  });
});

test('list --all-environments continues after an environment that refuses, reports it, and has its exit code', async () => {
  await using cloud = await FakeCloud.start();
  const { id: refusing } = cloud.addEnvironment({ displayName: 'Locked' });
  const { id: other } = cloud.addEnvironment({ displayName: 'Test' });
  const first = cloud.addConnector({ displayName: 'Pets' });
  const second = cloud.addConnector({ displayName: 'Orders', environment: other });
  cloud.fault({
    path: apis,
    query: refusing,
    times: 9,
    status: 403,
    json: { error: { code: 'No', message: 'Not you.' } },
  });
  await using workspace = await signedIn(cloud, { settings: { environment: null } });
  const result = await runInProcess(workspace, 'list', '-s', 'settings.json', '--all-environments');
  expect(result.exitCode).toBe(1);
  expect(result.stdout.split('\n').map((line) => line.split(/ {2,}/u).slice(0, 4))).toEqual([
    ['Environment', 'Name', 'Changed (UTC)', 'ID'],
    ['Contoso (default)', 'Pets', expect.any(String), first.id],
    ['Test', 'Orders', expect.any(String), second.id],
    [''],
  ]);
  expect(result.stderr).toMatch(/^Not listed: Locked \(\S+\)\. Can't list .+: Not you\. \(No, HTTP \d+\)\n$/u);
  const { stdout, exitCode } = await runInProcess(
    workspace,
    'list',
    '-s',
    'settings.json',
    '--all-environments',
    '-o',
    'json',
  );
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    version: 2,
    connectors: [{ environment: { id: cloud.environment.id } }, { environment: { id: other, name: 'Test' } }],
    failures: [
      {
        environment: { id: refusing, name: 'Locked' },
        error: { exitCode: 1, message: expect.stringContaining('Not you.'), code: 'No' },
      },
    ],
  });
});

test('list --all-environments works with 500 environments and 2,000 connectors, eight at a time', async () => {
  await using cloud = await FakeCloud.start();
  cloud.pageSize = 100;
  for (let index = 1; index < 500; index += 1) {
    const { id } = cloud.addEnvironment({ displayName: `Environment ${index}` });
    for (let number = 0; number < 4; number += 1) {
      cloud.addConnector({ environment: id, displayName: `Connector ${index}-${number}`, apiDefinition: null });
    }
  }
  for (let index = 0; index < 104; index += 1)
    cloud.addConnector({ displayName: `Pets ${index}`, apiDefinition: null });
  await using workspace = await signedIn(cloud, { settings: { environment: null } });
  const result = await runInProcess(workspace, 'list', '-s', 'settings.json', '--all-environments', '-o', 'tsv');
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  const names = result.stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[1]);
  expect(names).toHaveLength(499 * 4 + 104);
  expect(names.slice(-4)).toEqual([0, 1, 2, 3].map((number) => `Connector 499-${number}`));
  expect(cloud.requests).toHaveLength(5 + 499 + 2);
  const starts = cloud.requests.map(({ startedAt }) => startedAt);
  const busiest = Math.max(
    ...starts.map(
      (at) => cloud.requests.filter(({ startedAt, endedAt = 0 }) => startedAt <= at && at < endedAt).length,
    ),
  );
  expect(busiest).toBeLessThanOrEqual(8);
});

test('list --all-environments ends with 3 and no partial list when the sign-in expires', async () => {
  await using cloud = await FakeCloud.start();
  const { id: second } = cloud.addEnvironment({ displayName: 'Test' });
  cloud.addConnector({ displayName: 'Pets' });
  cloud.fault({
    path: apis,
    query: second,
    times: 9,
    status: 401,
    json: { error: { code: 'ExpiredAuthenticationToken', message: 'The access token has expired.' } },
  });
  await using workspace = await signedIn(cloud, { settings: { environment: null } });
  const list = ['list', '-s', 'settings.json', '--all-environments'];
  const { exitCode, stdout, stderr } = await runInProcess(workspace, ...list);
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toMatch(/^Error: Access token invalid\. Please login again\.\n/u);
  expect(stderr).not.toContain('Not listed');
});

test('list accepts one environment or all', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud);
  expect(await runInProcess(workspace, 'list', '--all-environments', '-e', 'x')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: "Error: --all-environments and --environment can't be used together.\n",
  });
  await rm(workspace.path('settings.json'));
  expect(await runInProcess(workspace, 'list', '-u', cloud.url)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('The environment must be specified.'),
  });
});

test.each(['environments', 'list', 'show'])('%s without a sign-in ends with 3', async (command) => {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud, { connector: cloud.addConnector() });
  expect(await runInProcess(workspace, command, '-s', 'settings.json')).toMatchObject({ exitCode: 3, stdout: '' });
});

describe.runIf(TerminalSession.isSupported).each([40, 80, 200])('at a terminal of %i columns', (columns) => {
  test.each(['environments', 'list'])('%s has no line that is wider, and names that differ', async (command) => {
    await using cloud = await FakeCloud.start();
    const names = ['Contoso production of Europe', 'Contoso production of Asia 表示', 'Contoso production of Africa'];
    for (const displayName of names) {
      cloud.addEnvironment({ displayName, sku: 'Production' });
      cloud.addConnector({ displayName });
    }
    await using workspace = await signedIn(cloud);
    // Without a line of progress before the table.
    const variables = { PACONN_PROMPT: 'line' };
    await using session = TerminalSession.start(workspace, [command, '-s', 'settings.json'], { columns, variables });
    const { exitCode, output } = await session.end();
    expect(exitCode).toBe(0);
    for (const line of output.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    const summary = '\n\n3 connectors in Contoso (default).';
    const details = 'For details: paconn show -e "Contoso (default)" -c <connector>';
    expect(output.includes(summary)).toBe(command === 'list');
    expect(output.includes(`${summary}${columns === 200 ? ' ' : '\n'}${details}`)).toBe(
      command === 'list' && columns > 60,
    );
    for (const place of ['Eu', 'As', 'Af']) expect(output).toMatch(new RegExp(`Contoso production of ${place}`, 'u'));
  });
});

test('with a query the output is JSON by default', async () => {
  await using cloud = await FakeCloud.start();
  const { id } = cloud.addConnector();
  await using workspace = await signedIn(cloud);
  const asked = ['list', '-s', 'settings.json', '--query', 'connectors[].connectorId'];
  expect((await runInProcess(workspace, ...asked)).stdout).toBe(`[\n  "${id}"\n]\n`);
  expect((await runInProcess(workspace, ...asked, '-o', 'none')).stdout).toBe('');
});

test.each([['GITHUB_ACTIONS'], ['TF_BUILD']])('names are no commands to a runner that sets %s', async (variable) => {
  await using cloud = await FakeCloud.start();
  cloud.addConnector({ displayName: '::stop-commands::x' });
  cloud.addConnector({ displayName: '##vso[task.setvariable variable=x]y' });
  await using workspace = await signedIn(cloud);
  const run = async (...args: readonly string[]): Promise<string> => {
    const list = ['list', '-s', 'settings.json', ...args];
    return (await runInProcessWith(workspace, list, { variables: { [variable]: 'true' } })).stdout;
  };
  for (const args of [[], ['-o', 'tsv'], ['-o', 'yaml'], ['-o', 'json'], ['--query', '[].name']]) {
    expect(await run(...args)).not.toMatch(/^\s*::|##\[|##vso\[/imu);
  }
  expect(JSON.parse(await run('--query', 'connectors[].name'))).toEqual([
    '::stop-commands::x',
    '##vso[task.setvariable variable=x]y',
  ]);
});
