import { execFileSync, spawn } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { connectorParts, partFacts } from '../../src/connector/part.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { signedIn } from '../support/signed-in.ts';
import { Workspace } from '../support/workspace.ts';

const script =
  'public class Script : ScriptBase\n{\n  public override Task<HttpResponseMessage> ExecuteAsync() => null; // Ä\n}\n';

const commands = ['create', 'update', 'deploy', 'validate', 'diff'] as const;

/** A workspace of a connector with all its parts, of which each file can become a pipe. */
async function workspaceFor(cloud: FakeCloud, command: (typeof commands)[number]): Promise<Workspace> {
  const icon = cloud.storage.defaultIcon.bytes;
  const apiDefinition = petStore({ description: 'Through a pipe.' });
  const exists = command !== 'create';
  const connector = exists
    ? cloud.addConnector({ apiDefinition: petStore(), apiProperties: petStoreProperties })
    : undefined;
  return await signedIn(cloud, { ...(connector && { connector }), apiDefinition, icon, script });
}

/** Makes a named pipe of a file, out of which its content comes once. */
async function makePipe(path: string): Promise<void> {
  await rename(path, `${path}.kept`);
  execFileSync('mkfifo', [path]);
  spawn('sh', ['-c', 'cat "$0" >"$1"', `${path}.kept`, path], { stdio: 'ignore', detached: true }).unref();
}

describe.concurrent.each(commands)('%s reads a pipe once', (command) => {
  test.each(connectorParts)('%s', async (part) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud, command);
    const { fileName } = partFacts[part];
    await makePipe(workspace.path(fileName));
    const flags = { create: ['-w'], update: ['--force'], deploy: [], validate: [], diff: [] }[command];

    const result = await workspace.paconn(command, ...(command === 'diff' ? [] : ['-s', 'settings.json']), ...flags);

    expect(result).toMatchObject({ exitCode: 0 });
    if (command === 'validate' || command === 'diff') return;
    const [connector] = cloud.connectors();
    expect(connector?.description).toBe('Through a pipe.');
    expect(connector?.script).toBe(script);
    expect(connector?.icon).toEqual(cloud.storage.defaultIcon.bytes);
  });
});

test.each(['update', 'deploy', 'validate'])('%s reads settings from a pipe once', async (command) => {
  await using cloud = await FakeCloud.start();
  await using workspace = await workspaceFor(cloud, 'update');
  await makePipe(workspace.path('settings.json'));
  const flags = command === 'update' ? ['--force'] : [];
  expect(await workspace.paconn(command, '-s', 'settings.json', ...flags)).toMatchObject({ exitCode: 0 });
});

test.each(['/dev/stdout', '/dev/stderr'])('a report goes to %s though that is a pipe', async (path) => {
  await using cloud = await FakeCloud.start();
  await using workspace = await workspaceFor(cloud, 'update');
  const tool = workspace.command('validate', '.', '--offline', '--format', 'json', '--output-file', path);
  const line = `${tool.map((word) => `'${word}'`).join(' ')} 2>&1 | cat`;
  const { exitCode, stdout } = await workspace.launch(['sh', '-c', line]).finished;
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^\{\n {2}"version": 2,/mu) });
});

test('piped files are sent, under a name that describes them', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await workspaceFor(cloud, 'update');
  const tool = workspace.command(
    'update',
    '--force',
    ...['-e', cloud.environment.id, '-c', cloud.connectors()[0]?.id ?? '', '-u', cloud.url],
    ...['-d', 'apiDefinition.swagger.json', '-p', 'apiProperties.json', '-x', '/dev/stdin'],
  );
  const line = `cat script.csx | ${tool.map((word) => `'${word}'`).join(' ')}`;

  expect(await workspace.launch(['sh', '-c', line]).finished).toMatchObject({ exitCode: 0 });
  expect(cloud.connectors()[0]?.script).toBe(script);
  expect(cloud.requests.find(({ method }) => method === 'PUT')?.path).toMatch(/\/script\.csx$/u);
});

test("warnings about a pipe don't name a file that no longer exists", async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await workspaceFor(cloud, 'update');
  await workspace.write('warned.json', petStore().replace('"swagger"', '"x-ms-sumary": "Pets", "swagger"'));
  const target = ['-e', cloud.environment.id, '-c', cloud.connectors()[0]?.id ?? '', '-u', cloud.url];
  const tool = workspace.command('update', '--force', ...target, '-d', '/dev/stdin', '-p', 'apiProperties.json');
  const line = `cat warned.json | ${tool.map((word) => `'${word}'`).join(' ')}`;

  const { stderr } = await workspace.launch(['sh', '-c', line]).finished;
  expect(stderr).toMatch(/\. For details, validate files instead of a pipe\.$/mu);
  expect(stderr).not.toContain('paconn validate');
});

test("a pipe isn't in the settings file of a new connector, and the next run finds the file in the folder", async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await workspaceFor(cloud, 'create');
  await rm(workspace.path('settings.json'));
  const options = ['-e', cloud.environment.id, '-u', cloud.url, '-d', 'apiDefinition.swagger.json', '-p', '/dev/stdin'];
  const line = `cat apiProperties.json | ${workspace
    .command('create', ...options)
    .map((word) => `'${word}'`)
    .join(' ')}`;
  expect(await workspace.launch(['sh', '-c', line]).finished).toMatchObject({ exitCode: 0 });
  const settings = await workspace.readJson('settings.json');
  expect(settings).toMatchObject({ apiDefinition: 'apiDefinition.swagger.json' });
  expect(settings).not.toHaveProperty('apiProperties');
  expect(await workspace.paconn('deploy')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('up to date'),
  });
});

/** Runs a command in a shell, with its output going where `rest` says. */
async function inShell(workspace: Workspace, rest: string, ...args: readonly string[]) {
  const line = workspace
    .command(...args)
    .map((word) => `'${word}'`)
    .join(' ');
  return await workspace.launch(['sh', '-c', `${line} ${rest}`]).finished;
}

describe.concurrent('output that nobody reads to its end', () => {
  test.each(['2>&1 | head -1', '2>&1 | true'])('does not stop a command that changes something: %s', async (rest) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud, 'create');
    await inShell(workspace, rest, 'deploy', '-s', 'settings.json', '--verbose');
    const [connector] = cloud.connectors();
    expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: connector?.id });
    expect(await workspace.exists('paconn.base.json')).toBe(true);
    expect(await workspace.paconn('deploy')).toMatchObject({ stderr: expect.stringContaining('up to date') });
  });

  test('is no error', async () => {
    await using workspace = await Workspace.create();
    const { exitCode, stderr } = await inShell(workspace, '| true', '--help');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  test.runIf(process.platform === 'linux')('is an error where the disk is full, and the work is done', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceFor(cloud, 'create');
    const { exitCode, stderr } = await inShell(workspace, '>/dev/full', 'deploy', '-s', 'settings.json', '-o', 'json');
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Error: Can't write the output: no space left on the disk.\n");
    const [connector] = cloud.connectors();
    expect(await workspace.readJson('settings.json')).toMatchObject({ connectorId: connector?.id });
  });
});
