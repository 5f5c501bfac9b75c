import { utimes } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commandDefinitions } from '../../src/commands/catalogue.ts';
import {
  certifiableConnector,
  certifiableDefinition,
  certifiableFiles,
  certifiableProperties,
} from '../support/certifiable.ts';
import { type Scene, together } from '../support/downloaded.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { diego } from '../support/fake-cloud/users.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import type { ToolResult } from '../support/running-tool.ts';
import { signedIn } from '../support/signed-in.ts';
import { exportedSolution } from '../support/solution.ts';
import type { Workspace } from '../support/workspace.ts';
import { zipOfFiles } from '../support/zip.ts';

/** `npm run faults` ends each command before every one of its changes of the disk; a usual run before a few of them. */
const isWhole = process.env['MODE'] === 'faults';
const usualMoments = 2;

const hook = fileURLToPath(new URL('../support/end-at.cjs', import.meta.url));
const s = ['-s', 'settings.json'];
/** Stands for the ID of the backup. */
const backup = '<backup>';

interface Command {
  readonly line: readonly string[];
  /** What the next run of it may say in place of doing it again. */
  readonly done?: RegExp;
  /** How many connectors there are more, however often it was ended; none unless told. */
  readonly makes?: number;
  /** How it ends when it has done its work; 0 unless told. */
  readonly ends?: number;
}

const openApi = JSON.stringify({
  openapi: '3.0.0',
  info: { title: 'Orders', version: '1' },
  servers: [{ url: 'https://orders.contoso.com' }],
  paths: {
    '/orders': { get: { operationId: 'ListOrders', summary: 'List', responses: { 200: { description: 'OK' } } } },
  },
});

// It's made once: the run that was ended made it.
const made = { done: /Another run of paconn created/u, makes: 1 };
const isThere = { done: /already|exist/u };
const publisher = ['--prefix', 'new', '--publisher-name', 'Contoso'];
const fromTo = ['--from-environment', 'default', '--to-environment', 'Contoso Test'];

/** Each use of a command that writes in a way of its own. */
const commands: readonly Command[] = [
  { line: ['login', ...s, '--force'] },
  { line: ['logout'] },
  { line: ['environments', ...s] },
  { line: ['list', ...s] },
  { line: ['list', '--all-environments', ...s] },
  { line: ['download', ...s, '-d', '.', '-w'] },
  { line: ['download', '--all', ...s, '-d', 'all'] },
  { line: ['create', ...s, '-w'], ...made },
  { line: ['create', ...s, '--from-backup', backup], ...made },
  { line: ['update', ...s, '--force'] },
  { line: ['deploy', '--force'] },
  { line: ['deploy', 'made'], makes: 1 },
  { line: ['deploy', '--environment', 'Contoso Test'], makes: 1 },
  { line: ['deploy', ...fromTo, '--yes'], makes: 1 },
  { line: ['share', 'add', '--user', diego.objectId, '--environment', 'default'] },
  { line: ['delete', ...s, '--yes'], done: /not found|doesn't exist|no connector/iu, makes: -1 },
  { line: ['validate', '--offline', '--fix', 'odd'] },
  { line: ['validate', '--offline', 'orders', '--format', 'json', '--output-file', 'findings.json'] },
  { line: ['pull', '--ours'] },
  { line: ['pull', '--theirs'] },
  { line: ['pull', '--mark'], ends: 4, done: /unresolved conflict markers/u },
  { line: ['restore', 'latest', ...s, '--yes', '--force'] },
  { line: ['init', 'new', '--host', 'api.contoso.com', '--auth', 'none', '--title', 'New'], ...isThere },
  { line: ['init', 'new', '--from', 'openapi.json', '--auth', 'none'], ...isThere },
  { line: ['init', 'new', '--from', 'Orders.zip'], ...isThere },
  { line: ['convert', 'openapi.json', '-d', 'converted'], ...isThere },
  { line: ['convert', 'openapi.json', '-d', 'orders', '--overwrite'] },
  { line: ['convert', 'orders', '--to', 'solution', ...publisher], ...isThere },
  { line: ['convert', 'orders', '--to', 'solution', ...publisher, '--out', 'unpacked', '--overwrite'] },
  { line: ['convert', 'Orders.zip', '--to', 'files', '--out', 'converted'], ...isThere },
  { line: ['package', 'orders', '--flow', 'Flow.zip', ...publisher], ...isThere },
  { line: ['package', 'own', '--independent', '--out', 'submission', '--overwrite'] },
  { line: ['config', 'set', 'output', 'json'] },
  { line: ['config', 'unset', 'cloud'] },
  { line: ['config', 'set', '--local', 'cloud', 'gcc'] },
  { line: ['config', 'unset', '--local', 'cloud'] },
];

/** The others. Each can renew a sign-in: test/auth/store-kills.test.ts ends that. */
const readers: readonly (readonly string[])[] = [['whoami'], ['show', ...s], ['diff'], ['completion', 'bash']];

interface CountedScene extends Scene {
  /** How many connectors there are, in both environments. */
  readonly connectors: () => number;
}

/** Somebody is signed in, has sent what the files say, and has changed them since; so has somebody else. */
async function begin(): Promise<CountedScene> {
  const cloud = await FakeCloud.start();
  const testing = cloud.addEnvironment({ displayName: 'Contoso Test' });
  // Not one that a run has made just now.
  const overrides = { createdTime: '"2020-01-01T00:00:00Z"' };
  const connector = cloud.addConnector({ script: petScript('theirs'), icon: petIcon('theirs'), overrides });
  const files = { apiDefinition: petStore(), script: petScript('ours'), icon: petIcon('ours') };
  const workspace = await signedIn(cloud, { connector, ...files });
  const { exitCode, stderr } = await runInProcess(workspace, 'update', ...s, '--force');
  if (exitCode !== 0) throw new Error(stderr);
  cloud.edit(connector.id, { apiDefinition: petStore({ description: 'Theirs' }), script: petScript('others') });
  const written = {
    'script.csx': petScript('mine'),
    'openapi.json': openApi,
    'odd/apiProperties.json': petStoreProperties,
    'odd/apiDefinition.swagger.json': petStore().replace('"2.0"', '"2"'),
    'made/apiProperties.json': petStoreProperties,
    'made/apiDefinition.swagger.json': petStore({ title: 'Made' }),
    'made/settings.json': JSON.stringify({ ...cloud.settings, environment: cloud.environment.id }),
    'Orders.zip': zipOfFiles(exportedSolution([certifiableConnector])),
    ...certifiableFiles,
    'own/apiDefinition.swagger.json': certifiableDefinition,
    'own/apiProperties.json': certifiableProperties.replace('#1f6f8b', '#da3b01'),
    'own/readme.md': certifiableFiles['orders/readme.md'],
  };
  for (const [name, content] of Object.entries(written)) await workspace.write(name, content);
  const connectors = (): number => cloud.connectors().length + cloud.connectors(testing.id).length;
  return together({ cloud, workspace, connectors });
}

/** The line with the ID of the backup. */
async function lineIn(workspace: Workspace, line: readonly string[]): Promise<readonly string[]> {
  if (!line.includes(backup)) return line;
  const [, , id = ''] = (await workspace.listAll('../home/.paconn/kept'))[0]?.split('/') ?? [];
  return line.map((word) => (word === backup ? id : word));
}

async function endAt(workspace: Workspace, line: readonly string[], moment: number): Promise<ToolResult> {
  const NODE_OPTIONS = `--require "${hook}"`;
  const variables = { NODE_OPTIONS, END_AT: String(moment), COUNT_FILE: workspace.path('../count') };
  return await workspace.run(line, { variables });
}

/** How often a command changes what is on the disk. */
async function countOf({ line, ends = 0 }: Pick<Command, 'line' | 'ends'>): Promise<number> {
  await using scene = await begin();
  const { workspace } = scene;
  const { exitCode, stderr } = await endAt(workspace, await lineIn(workspace, line), 0);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: ends });
  return Number(await workspace.read('../count'));
}

function momentsOf(count: number): readonly number[] {
  const all = Array.from({ length: count }, (_none, index) => index + 1);
  return isWhole ? all : all.filter((moment) => moment === count || moment % Math.ceil(count / usualMoments) === 0);
}

/** What there is at the end of a whole file. */
const wholeFiles: readonly (readonly [end: string, pattern: RegExp])[] = [
  ['.csx', /class Script[^]*\}\s*$/u],
  ['.zip', /PK\u{5}\u{6}[^]{0,40}$/u],
];

/** What there is in the workspace and at home. */
async function allFiles(workspace: Workspace): Promise<readonly string[]> {
  const atHome = await workspace.listAll('../home');
  return [...(await workspace.listAll()), ...atHome.map((name) => `../home/${name}`)];
}

/** The files that are neither whole nor marked as unfinished. */
async function halfFiles(workspace: Workspace): Promise<readonly string[]> {
  const half: string[] = [];
  for (const name of await allFiles(workspace)) {
    if (name.endsWith('/') || /(?:^|\/)\.paconn-/u.test(name) || name.endsWith('.lock')) continue;
    const text = await workspace.read(name);
    const isWholeFile =
      (name.endsWith('.json') && isJson(text)) ||
      (wholeFiles.find(([end]) => name.endsWith(end))?.[1] ?? /[^]/u).test(text);
    if (!isWholeFile) half.push(name);
  }
  return half;
}

/** The files and folders that are unfinished. */
async function leftovers(workspace: Workspace): Promise<readonly string[]> {
  const found = (await allFiles(workspace)).flatMap((name) => /^.*?\.paconn-[\da-f]+\.new/u.exec(name)?.[0] ?? []);
  return [...new Set(found)];
}

/** Makes what is unfinished as old as what nobody goes on with. */
async function age(workspace: Workspace): Promise<void> {
  const longAgo = new Date(Date.now() - 660_000);
  for (const name of await leftovers(workspace)) await utimes(workspace.path(name), longAgo, longAgo);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.concurrent.each(commands)(
  '$line leaves whole files whenever it is ended, and goes on with the next run',
  { timeout: 14_400_000 },
  async (command) => {
    const { done, makes = 0, ends = 0 } = command;
    const count = await countOf(command);
    const found: string[] = [];
    const add = (finding: string): void => {
      found.push(finding);
      // As they come: a whole run takes long, and may be ended.
      if (isWhole) console.log(`${command.line.join(' ')}: ${finding}`);
    };
    for (const moment of momentsOf(count)) {
      await using scene = await begin();
      const { workspace, connectors } = scene;
      const line = await lineIn(workspace, command.line);
      const before = connectors();
      const ended = await endAt(workspace, line, moment);
      if (ended.exitCode !== 137) add(`${moment}: was not ended, ${ended.exitCode} ${ended.stderr}`);
      const half = await halfFiles(workspace);
      if (half.length > 0) add(`${moment}: half of ${half.join(', ')}`);
      await age(workspace);
      const { exitCode, stdout, stderr } = await runInProcess(workspace, ...line);
      const isDoneBefore = exitCode !== ends && done?.test(stderr) === true;
      if (exitCode !== ends && !isDoneBefore) add(`${moment}: next ${exitCode} ${stdout}${stderr}`);
      const left = isDoneBefore ? [] : await leftovers(workspace);
      if (left.length > 0) add(`${moment}: left ${left.join(', ')}`);
      if (connectors() !== before + makes) add(`${moment}: made ${connectors() - before} ${stderr}`);
    }
    expect(count).toBeGreaterThan(0);
    expect(found).toEqual([]);
  },
);

test.each(readers)('%s writes nothing that could be half', async (...line) => {
  expect(await countOf({ line })).toBe(0);
});

test('no command is missing', () => {
  const named = new Set([...commands.map(({ line }) => line[0]), ...readers.map(([name]) => name)]);
  expect(commandDefinitions.filter(({ name }) => !named.has(name))).toEqual([]);
});
