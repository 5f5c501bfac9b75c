import { expect, test } from 'vitest';
import { widthOf } from '../../src/io/terminal/width.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { runInProcess, runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { TerminalSession } from '../support/terminal-session.ts';
import { Workspace } from '../support/workspace.ts';

const apis = '/providers/Microsoft.PowerApps/apis';

test('environments shows name, ID, type, region and which is the default', async () => {
  await using cloud = await FakeCloud.start();
  const { id } = cloud.addEnvironment({
    displayName: 'Test 表',
    sku: 'Sandbox',
    location: 'asia',
    region: 'japaneast',
  });
  await using workspace = await signedIn(cloud);
  const ruler = '-'.repeat(cloud.environment.id.length);
  expect(await runInProcess(workspace, 'environments', '-s', 'settings.json')).toEqual({
    exitCode: 0,
    stdout: [
      `Name               ID${' '.repeat(ruler.length - 2)}  Type     Region      Default`,
      `-----------------  ${ruler}  -------  ----------  -------`,
      `Contoso (default)  ${cloud.environment.id}  Default  westeurope  yes`,
      `Test 表            ${id.padEnd(ruler.length)}  Sandbox  japaneast`,
      '',
    ].join('\n'),
    stderr: '',
  });
  const { stdout } = await runInProcess(workspace, 'environments', '-s', 'settings.json', '-o', 'json');
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
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

test('environments of somebody who has none says so', async () => {
  await using cloud = await FakeCloud.start();
  cloud.removeEnvironments();
  await using workspace = await signedIn(cloud, { settings: { environment: null } });
  expect(await runInProcess(workspace, 'environments', '-s', 'settings.json')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'There is no environment that you can work in.\n',
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
    version: 1,
    connectors: [
      {
        id,
        name: 'Pet Store',
        environment,
        description: 'Sells pets.',
        createdBy: 'Adele Vance',
        createdTime,
        changedTime,
      },
      expect.objectContaining({ id: odd.id, name: 'A\tB\nC', description: null, createdBy: null }),
    ],
  });
  const table = await runInProcess(workspace, 'list', '-s', 'settings.json');
  expect(table.stdout.split('\n')).toEqual([
    expect.stringMatching(/^Name {7}ID +Created by +Changed \(UTC\)$/u),
    expect.stringMatching(/^-{9} {2}-+ {2}-+ {2}-+$/u),
    `Pet Store  ${id.padEnd(odd.id.length)}  Adele Vance  ${changedTime.slice(0, 16).replace('T', ' ')}`,
    expect.stringContaining(`A B C      ${odd.id}`),
    '',
  ]);
  const values = await runInProcess(workspace, 'list', '-s', 'settings.json', '-o', 'tsv');
  expect(values.stdout.split('\n').map((line) => line.split('\t')[0])).toEqual(['Pet Store', String.raw`A\tB\nC`, '']);
  const asked = ['--query', "connectors[?name=='Pet Store'].id", '-o', 'tsv'];
  expect((await runInProcess(workspace, 'list', '-s', 'settings.json', ...asked)).stdout).toBe(`${id}\n`);
});

test('list of an empty environment says so, and is no failure', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud);
  const empty = { version: 1, connectors: [] };
  expect(await runInProcess(workspace, 'list', '-s', 'settings.json', '-o', 'json')).toEqual({
    exitCode: 0,
    stdout: `${JSON.stringify(empty, undefined, 2)}\n`,
    stderr: `There is no custom connector in the environment ${cloud.environment.id}.\n`,
  });
});

test('list --all-environments goes on where an environment refuses, says it, and ends with its exit code', async () => {
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
  expect(result.stdout.split('\n').map((line) => line.split(/ {2,}/u).slice(0, 3))).toEqual([
    ['Environment', 'Name', 'ID'],
    [expect.stringContaining('---'), expect.stringContaining('--'), expect.stringContaining('---')],
    ['Contoso (default)', 'Pets', first.id],
    ['Test', 'Orders', second.id],
    [''],
  ]);
  expect(result.stderr).toMatch(
    /^Not listed: Locked \(\S+\)\. Can't list .+: Not you\. \(No, HTTP \d+, correlation ID \S+\)\n$/u,
  );
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
    version: 1,
    connectors: [{ environment: cloud.environment.id }, { environment: other }],
    failures: [{ environment: refusing, exitCode: 1, message: expect.stringContaining('Not you.') }],
  });
});

test('list --all-environments knows 500 environments with 2,000 connectors, page by page, eight at a time', async () => {
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

test('list --all-environments ends with 3 when the sign-in is lost in the middle, and lists no half', async () => {
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

test('list wants one environment or all', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud);
  expect(await runInProcess(workspace, 'list', '--all-environments', '-e', 'x')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'Error: --all-environments and --env exclude each other.\n',
  });
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

test.runIf(TerminalSession.isSupported)(
  'a table fits the window: IDs are not shortened, and names at the last',
  async () => {
    await using cloud = await FakeCloud.start();
    const { id } = cloud.addConnector({
      id: 'shared_pets-5f0123456789abcdef',
      displayName: 'Pets of 表示 and others '.repeat(3),
    });
    await using workspace = await signedIn(cloud);
    await using session = TerminalSession.start(workspace, ['list', '-s', 'settings.json'], { columns: 80 });
    const { exitCode, output } = await session.end();
    const lines = output.trimEnd().split('\n');
    expect({ exitCode, count: lines.length }).toEqual({ exitCode: 0, count: 3 });
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(80);
    expect(lines[2]).toMatch(new RegExp(`^Pets of 表示 .*…  ${id}  Adele V\\S*  `, 'u'));
  },
);

test('with a query the answer is JSON unless told otherwise', async () => {
  await using cloud = await FakeCloud.start();
  const { id } = cloud.addConnector();
  await using workspace = await signedIn(cloud);
  const asked = ['list', '-s', 'settings.json', '--query', 'connectors[].id'];
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
