import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { certifiableFiles } from '../support/certifiable.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import type { ToolResult } from '../support/running-tool.ts';
import { signedIn } from '../support/signed-in.ts';
import type { Workspace } from '../support/workspace.ts';

/** `npm run faults` ends each command before every one of its changes of the disk; a usual run before a few of them. */
const isWhole = process.env['MODE'] === 'faults';
const usualMoments = 2;

const hook = fileURLToPath(new URL('../support/end-at.cjs', import.meta.url));
const s = ['-s', 'settings.json'];

/** A command that writes, and what the next run of it may say in place of doing it again. */
interface Command {
  readonly line: readonly string[];
  readonly done?: RegExp;
}

const openApi = JSON.stringify({
  openapi: '3.0.0',
  info: { title: 'Orders', version: '1' },
  servers: [{ url: 'https://orders.contoso.com' }],
  paths: {
    '/orders': { get: { operationId: 'ListOrders', summary: 'List', responses: { 200: { description: 'OK' } } } },
  },
});

const commands: readonly Command[] = [
  { line: ['download', ...s, '-d', '.', '-w'] },
  { line: ['download', '--all', ...s, '-d', 'all'] },
  // It's made once: the run that was ended made it.
  { line: ['create', ...s, '-w'], done: /Another run of paconn created/u },
  { line: ['update', ...s, '--force'] },
  { line: ['deploy', '--force'] },
  { line: ['pull', '--ours'] },
  { line: ['restore', 'latest', ...s, '--yes', '--force'] },
  { line: ['delete', ...s, '--yes'], done: /not found|doesn't exist|no connector/iu },
  { line: ['init', 'new', '--host', 'api.contoso.com', '--auth', 'none', '--title', 'New'], done: /already|exist/u },
  { line: ['convert', 'openapi.json', '-d', 'converted'], done: /already|exist/u },
  { line: ['validate', '--offline', '--fix', 'odd'] },
  { line: ['config', 'set', 'output', 'json'] },
  { line: ['config', 'set', '--local', 'cloud', 'gcc'] },
  {
    line: ['package', 'orders', '--flow', 'Flow.zip', '--prefix', 'new', '--publisher-name', 'Contoso'],
    done: /already|exist/u,
  },
  { line: ['login', ...s, '--force'] },
  { line: ['logout'] },
];

interface Scene extends AsyncDisposable {
  readonly cloud: FakeCloud;
  readonly workspace: Workspace;
}

/** Somebody is signed in, has sent what the files say, and has changed them since. */
async function begin(): Promise<Scene> {
  const cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ script: petScript('theirs'), icon: petIcon('theirs') });
  const files = { apiDefinition: petStore(), script: petScript('ours'), icon: petIcon('ours') };
  const workspace = await signedIn(cloud, { connector, ...files });
  const { exitCode, stderr } = await runInProcess(workspace, 'update', ...s, '--force');
  if (exitCode !== 0) throw new Error(stderr);
  cloud.edit(connector.id, { apiDefinition: petStore({ description: 'Theirs' }) });
  await workspace.write('script.csx', petScript('mine'));
  await workspace.write('openapi.json', openApi);
  await workspace.write('odd/apiProperties.json', petStoreProperties);
  await workspace.write('odd/apiDefinition.swagger.json', petStore().replace('"2.0"', '"2"'));
  for (const [name, content] of Object.entries(certifiableFiles)) await workspace.write(name, content);
  const dispose = async (): Promise<void> => {
    await workspace[Symbol.asyncDispose]();
    await cloud[Symbol.asyncDispose]();
  };
  return { cloud, workspace, [Symbol.asyncDispose]: dispose };
}

async function endAt(workspace: Workspace, { line }: Command, moment: number): Promise<ToolResult> {
  const NODE_OPTIONS = `--require "${hook}"`;
  const variables = { NODE_OPTIONS, END_AT: String(moment), COUNT_FILE: workspace.path('../count') };
  return await workspace.run(line, { variables });
}

/** How often a command changes what is on the disk. */
async function countOf(command: Command): Promise<number> {
  await using scene = await begin();
  const { exitCode, stderr } = await endAt(scene.workspace, command, 0);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  return Number(await scene.workspace.read('../count'));
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

/** The files that are neither whole nor marked as unfinished. */
async function halfFiles(workspace: Workspace): Promise<readonly string[]> {
  const names = [
    ...(await workspace.listAll()),
    ...(await workspace.listAll('../home')).map((name) => `../home/${name}`),
  ];
  const half: string[] = [];
  for (const name of names) {
    if (name.endsWith('/') || /(?:^|\/)\.paconn-/u.test(name) || name.endsWith('.lock')) continue;
    const text = await workspace.read(name);
    const isWholeFile =
      (name.endsWith('.json') && isJson(text)) ||
      (wholeFiles.find(([end]) => name.endsWith(end))?.[1] ?? /[^]/u).test(text);
    if (!isWholeFile) half.push(name);
  }
  return half;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each(commands)(
  '$line leaves whole files whenever it is ended, and goes on with the next run',
  { timeout: 14_400_000 },
  async (command) => {
    const count = await countOf(command);
    const found: string[] = [];
    const add = (finding: string): void => {
      found.push(finding);
      // As they come: a whole run takes long, and may be ended.
      if (isWhole) console.log(`${command.line.join(' ')}: ${finding}`);
    };
    for (const moment of momentsOf(count)) {
      await using scene = await begin();
      const { workspace } = scene;
      const ended = await endAt(workspace, command, moment);
      if (ended.exitCode !== 137) add(`${moment}: was not ended, ${ended.exitCode} ${ended.stderr}`);
      const half = await halfFiles(workspace);
      if (half.length > 0) add(`${moment}: half of ${half.join(', ')}`);
      const { exitCode, stdout, stderr } = await runInProcess(workspace, ...command.line);
      const isFine = exitCode === 0 || command.done?.test(stderr) === true;
      if (!isFine) add(`${moment}: next ${exitCode} ${stdout}${stderr}`);
    }
    expect(count).toBeGreaterThan(0);
    expect(found).toEqual([]);
  },
);
