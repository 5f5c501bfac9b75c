import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { validDefinition } from '../support/valid-definition.ts';

const faulty = petStore().replace('"2.0"', '"1.2"');

test('a command without data output prints only messages', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  for (const args of [[], ['-o', 'none']]) {
    expect(await runInProcess(workspace, 'validate', '-s', 'settings.json', ...args)).toEqual(validDefinition);
  }
});

test('validate -o json prints the same as --format json, also with exit code 1', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: faulty });
  const result = await runInProcess(workspace, 'validate', '--offline', '-o', 'json');
  const formatted = await runInProcess(workspace, 'validate', '--offline', '--format', 'json');
  expect(result.exitCode).toBe(1);
  expect(JSON.parse(result.stdout)).toMatchObject({ version: 2, findings: [{ level: 'error' }] });
  expect(result.stdout).toBe(formatted.stdout);
  expect(result.stderr).toMatch(
    /^1 error.*\n\{"error":\{"message":"apiDefinition\.swagger\.json has errors\.".*\}\n$/u,
  );
});

test('validate supports a query and a table', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: faulty });
  const asked = await runInProcess(workspace, 'validate', '--offline', '--query', 'summary.errors');
  expect(asked).toMatchObject({ exitCode: 1, stdout: '1\n' });
  const { stdout } = await runInProcess(workspace, 'validate', '--offline', '-o', 'table');
  expect(stdout.split('\n')[0]).toMatch(/^File +Line +Column +Level +Rule +Message$/u);
  expect(stdout.split('\n')).toHaveLength(3);
});

test('validate writes problems to a file, and prints the result', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: faulty });
  const given = ['--format', 'sarif', '-o', 'json', '--query', 'summary.errors'];
  const result = await runInProcess(workspace, 'validate', '--offline', '--output-file', 'f.sarif', ...given);
  expect(result).toMatchObject({ exitCode: 1, stdout: '1\n' });
  expect(await workspace.readJson('f.sarif')).toMatchObject({ version: '2.1.0' });
  expect(await runInProcess(workspace, 'validate', '--offline', ...given)).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining("--format and --output can't be used together."),
  });
});

test('an invalid query ends the run before any work', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore({ description: 'New' }) });
  const result = await runInProcess(workspace, 'update', '-s', 'settings.json', '--query', 'connectorId)');
  expect(result).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: [
      "Error: Invalid query: character 12 isn't valid at this position.",
      '  connectorId)',
      '             ^',
      'Example: --query "connectors[].name". See https://jmespath.site.\n',
    ].join('\n'),
  });
  expect(cloud.requests).toEqual([]);
  const unknown = await runInProcess(workspace, 'update', '-s', 'settings.json', '--query', 'lenght(files)');
  expect(unknown).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Did you mean 'length'?") });
});

test('commands with messages also return data', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  const { id: connectorId, environment } = connector;
  await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore({ description: 'New' }) });
  const answer = async (...args: readonly string[]): Promise<unknown> => {
    const { exitCode, stdout } = await runInProcess(workspace, ...args, '-o', 'json');
    expect({ args, exitCode }).toEqual({ args, exitCode: 0 });
    return JSON.parse(stdout);
  };
  const target = { version: 2, connectorId, environment: { id: environment, name: null } };
  expect(await answer('download', '-s', 'settings.json', '-d', 'out')).toEqual({
    ...target,
    isDryRun: false,
    result: 'downloaded',
    name: 'Pet Store',
    url: null,
    folder: 'out',
    files: [
      { path: 'apiProperties.json', role: 'apiProperties' },
      { path: 'apiDefinition.swagger.json', role: 'apiDefinition' },
      { path: 'icon.png', role: 'icon' },
      { path: 'settings.json', role: 'settings' },
      ...Array.from({ length: 4 }, () => ({ path: expect.stringMatching(/^paconn\.base/u), role: 'base' })),
    ],
    missing: [],
    backupId: null,
  });
  expect(await answer('update', '-s', 'settings.json')).toMatchObject({
    ...target,
    changedTime: connector.changedTime,
  });
  const created = await answer('create', '-s', 'settings.json', '-w');
  expect(created).toMatchObject({
    version: 2,
    environment: { id: environment },
    connectorId: cloud.connectors().at(-1)?.id,
  });
  expect(await answer('login', ...cloud.loginFlags)).toEqual({ version: 2, account: null });
  expect(await answer('logout')).toEqual({ version: 2, wasSignedIn: true });
  expect(await answer('logout')).toEqual({ version: 2, wasSignedIn: false });
});

test('messages go to stderr when stdout has data', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud);
  await runInProcess(workspace, 'logout');
  const login = ['login', ...cloud.loginFlags];
  const asData = await runInProcess(workspace, ...login, '-o', 'json');
  expect(JSON.parse(asData.stdout)).toMatchObject({
    version: 2,
    account: { name: cloud.signIn.user.userPrincipalName },
  });
  expect(asData.stderr).toContain('To sign in, use a web browser');
  const asWords = await runInProcess(workspace, ...login, '--force');
  expect(asWords.stdout).toContain('To sign in, use a web browser');
});

describe('the result of each command is available as data', () => {
  test.each<readonly [args: readonly string[], member: string]>([
    [['whoami'], 'account'],
    [['environments', '-s', 'settings.json'], 'environments'],
    [['list', '-s', 'settings.json'], 'connectors'],
    [['show', '-s', 'settings.json'], 'operations'],
    [['download', '-s', 'settings.json', '-d', 'copy'], 'files'],
    [['download', '--all', '-s', 'settings.json', '-d', 'all'], 'connectors'],
    [['create', '-s', 'settings.json', '-w'], 'connectorId'],
    [['update', '-s', 'settings.json'], 'result'],
    [['update', '-s', 'settings.json', '--dry-run'], 'requests'],
    [['deploy'], 'result'],
    [['deploy', '.'], 'result'],
    [['validate'], 'findings'],
    [['validate', '--rules'], 'rules'],
    [['validate', '--explain', 'host-localhost'], 'reason'],
    [['diff'], 'changes'],
    [['pull', '--ours'], 'result'],
    [['restore', '--list'], 'backups'],
    [['restore', 'latest', '-s', 'settings.json'], 'restoredBackupId'],
    [['init', 'orders', '--host', 'api.contoso.com', '--auth', 'none'], 'files'],
    [['completion', 'bash'], 'script'],
    [['delete', '-s', 'settings.json', '--yes'], 'backupId'],
    [['logout'], 'wasSignedIn'],
  ])('by %j', async (args, member) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore({ description: 'New' }) });
    if (args.includes('latest')) await runInProcess(workspace, 'update', '-s', 'settings.json');
    const { stdout, stderr } = await runInProcess(workspace, ...args, '-o', 'json');
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(/^\{\n {2}"version": 2,\n/u), stderr });
    expect(JSON.parse(stdout)).toHaveProperty(member);
    expect(await runInProcess(workspace, ...args, '-o', 'none')).toMatchObject({ stdout: '' });
  });
});
