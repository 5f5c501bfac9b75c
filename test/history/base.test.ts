import { execFile } from 'node:child_process';
import { copyFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, test } from 'vitest';
import type { RemoteState } from '../../src/connector/connector.ts';
import { baseFiles, readBase, readBaseState, removeStaleContent } from '../../src/history/base.ts';
import { writeFiles } from '../../src/io/fs/files.ts';
import { stateOf, type StateChoices, textOf } from '../support/states.ts';
import { TemporaryDirectory } from '../support/temporary-directory.ts';
import { hasProgram } from '../support/system.ts';

const execute = promisify(execFile);

const target = { environment: 'dev', connectorId: 'shared_pets' };

function current(changes: StateChoices = {}): RemoteState {
  const state = stateOf({
    title: 'Pets',
    apiDefinition: '{"paths": {}, "info": {"title": "Pets"}}',
    apiProperties: '{"properties": {"capabilities": []}}',
    icon: 'icon',
    ...changes,
  });
  return { state, changedTime: '2026-01-02T03:04:05.0000000Z', changedBy: 'Adele Vance' };
}

async function write(directory: string, at = target, what = current()): Promise<void> {
  await writeFiles(await baseFiles(directory, at, what));
  await removeStaleContent(directory);
}

test('a base has the exact content of the environment', async () => {
  await using directory = await TemporaryDirectory.create();
  await write(directory.path);
  const { base, problem } = await readBase(directory.path, target);
  expect(problem).toBeUndefined();
  expect(base).toMatchObject({ title: 'Pets', changedTime: '2026-01-02T03:04:05.0000000Z', changedBy: 'Adele Vance' });
  const state = base && (await readBaseState(directory.path, base));
  expect(textOf(state?.apiDefinition)).toBe(textOf(current().state.apiDefinition));
  expect(textOf(state?.apiProperties)).toBe(textOf(current().state.apiProperties));
  expect(state).toMatchObject({ displayName: 'Pets', script: undefined });
  expect(textOf(state?.icon)).toBe('icon');
});

test('environments and connectors have bases of their own in one folder, in one order, whichever came first', async () => {
  await using directory = await TemporaryDirectory.create();
  await using other = await TemporaryDirectory.create();
  const targets = [target, { ...target, environment: 'a' }, { ...target, connectorId: 'shared_a' }];
  for (const [index, at] of targets.entries()) await write(directory.path, at, current({ title: `T${index}` }));
  for (const [index, at] of [...targets.entries()].toReversed())
    await write(other.path, at, current({ title: `T${index}` }));
  const titles = await Promise.all(targets.map(async (at) => (await readBase(directory.path, at)).base?.title));
  expect(titles).toEqual(['T0', 'T1', 'T2']);
  const text = await readFile(directory.join('paconn.base.json'), 'utf8');
  expect(text).toBe(await readFile(other.join('paconn.base.json'), 'utf8'));
  expect((await readBase(directory.path, { ...target, environment: '__proto__' })).base).toBeUndefined();
});

test('equal content has equal hashes, and changes no file', async () => {
  await using directory = await TemporaryDirectory.create();
  await write(directory.path);
  const before = await snapshot(directory);
  const apiDefinition = '{"info":{"title":"Pets"},\n"paths":{}}';
  await write(directory.path, target, current({ apiDefinition }));
  expect(await snapshot(directory)).toEqual(before);
});

test('unused content is removed, and content of other environments stays', async () => {
  await using directory = await TemporaryDirectory.create();
  await write(directory.path);
  await write(directory.path, { ...target, environment: 'prod' });
  await writeFile(directory.join('paconn.base', 'notes.txt'), 'mine');
  await write(directory.path, target, current({ icon: 'new' }));
  const names = (await readdir(directory.join('paconn.base'))).filter((name) => name.endsWith('.br'));
  expect(names).toHaveLength(4);
  await write(directory.path, { ...target, environment: 'prod' }, current({ icon: undefined }));
  expect(await readdir(directory.join('paconn.base'))).toHaveLength(4);
  expect(await readdir(directory.join('paconn.base'))).toContain('notes.txt');
});

test.each([
  ['half of the marks of a merge', '<<<<<<< ours\n{}\n'],
  ['the beginnings of many merges', '<<<<<<< ours\n'.repeat(20_000)],
  ['marks in another order', '=======\n<<<<<<< ours\n>>>>>>> theirs\n'],
  ['nothing', ''],
  ['a newer version', '{"version":2,"environments":{}}'],
  ['a hash that leads elsewhere', '{"version":1,"environments":{"dev":{"shared_pets":{"icon":"../../x"}}}}'],
])('a base file with %s is not understood, and is written anew', async (_what, content) => {
  await using directory = await TemporaryDirectory.create();
  await writeFile(directory.join('paconn.base.json'), content);
  expect(await readBase(directory.path, target)).toEqual({
    base: undefined,
    problem: "paconn.base.json can't be read.",
  });
  await write(directory.path);
  expect((await readBase(directory.path, target)).base?.title).toBe('Pets');
});

test.skipIf(!hasProgram('git')).each(['merge', 'diff3'])(
  'of two bases that git has marked (%s) the newer one counts',
  async (style) => {
    await using directory = await TemporaryDirectory.create();
    const git = async (...args: readonly string[]): Promise<unknown> =>
      await execute('git', ['-c', 'user.name=A', '-c', 'user.email=a@contoso.example', ...args], {
        cwd: directory.path,
        env: { ...process.env, GIT_CONFIG_GLOBAL: directory.join('none'), GIT_CONFIG_NOSYSTEM: '1' },
      });
    const commit = async (changedTime: string, title: string, environment = target.environment): Promise<void> => {
      const state = current({ title, script: title });
      await write(directory.path, { ...target, environment }, { ...state, changedTime });
      await git('add', '.');
      await git('commit', '-qm', title);
    };
    await git('init', '-q', '-b', 'main');
    await commit('2026-11-22T08:00:00Z', 'Begin');
    await git('checkout', '-q', '-b', 'other');
    await commit('2026-11-22T10:00:00.5Z', 'Newer');
    await commit('2026-11-22T10:00:00.5Z', 'Theirs alone', 'prod');
    await git('checkout', '-q', 'main');
    await commit('2026-11-22T09:59:59.4567890Z', 'Older');
    await expect(git('-c', `merge.conflictStyle=${style}`, 'merge', 'other')).rejects.toThrow('Command failed: git');
    expect(await readFile(directory.join('paconn.base.json'), 'utf8')).toContain('<<<<<<<');
    const { base, problem } = await readBase(directory.path, target);
    expect({ title: base?.title, problem }).toEqual({ title: 'Newer', problem: undefined });
    expect((await readBase(directory.path, { ...target, environment: 'prod' })).base?.title).toBe('Theirs alone');
    // Line ends of Windows, as git may write them, are no hindrance.
    const text = await readFile(directory.join('paconn.base.json'), 'utf8');
    await writeFile(directory.join('paconn.base.json'), text.replaceAll('\n', '\r\n'));
    expect((await readBase(directory.path, target)).base?.title).toBe('Newer');
    // The next writing takes the marks away.
    await write(directory.path, target);
    expect(JSON.parse(await readFile(directory.join('paconn.base.json'), 'utf8'))).toHaveProperty('version', 1);
  },
);

test.each([
  ['ours', 'damaged', 'whole'],
  ['theirs', 'whole', 'damaged'],
])('a base that git has marked counts for nothing where %s is damaged', async (_which, ours, theirs) => {
  await using directory = await TemporaryDirectory.create();
  await write(directory.path);
  const path = directory.join('paconn.base.json');
  const whole = await readFile(path, 'utf8');
  const sides = { whole, damaged: '{ "version": 1, "environments": 7 }\n' };
  const side = (name: string): string => (name === 'whole' ? sides.whole : sides.damaged);
  await writeFile(path, `<<<<<<< ours\n${side(ours)}=======\n${side(theirs)}>>>>>>> theirs\n`);
  expect(await readBase(directory.path, target)).toEqual({
    base: undefined,
    problem: "paconn.base.json can't be read.",
  });
});

test('content that is missing or has another hash is ignored, and the next write repairs it', async () => {
  await using directory = await TemporaryDirectory.create();
  await write(directory.path);
  const { base } = await readBase(directory.path, target);
  const path = directory.join('paconn.base', nameOf(base?.hashes.icon));
  const damages = [async () => await rm(path), async () => await writeFile(path, 'no brotli'), swapped];
  for (const damage of damages) {
    await damage();
    expect(base && (await readBaseState(directory.path, base))).toBeUndefined();
    await write(directory.path);
    expect(textOf((base && (await readBaseState(directory.path, base)))?.icon)).toBe('icon');
  }

  async function swapped(): Promise<void> {
    await copyFile(directory.join('paconn.base', nameOf(base?.hashes.apiProperties)), path);
  }
});

test('content that an earlier version has named by its whole hash is read, and stays until it has its short name', async () => {
  await using directory = await TemporaryDirectory.create();
  await write(directory.path);
  const { base } = await readBase(directory.path, target);
  const [short, long] = [nameOf(base?.hashes.icon), `${base?.hashes.icon}.br`];
  await rename(directory.join('paconn.base', short), directory.join('paconn.base', long));
  expect(textOf((base && (await readBaseState(directory.path, base)))?.icon)).toBe('icon');
  await removeStaleContent(directory.path);
  expect(await readdir(directory.join('paconn.base'))).toContain(long);
  await copyFile(directory.join('paconn.base', long), directory.join('paconn.base', short));
  await removeStaleContent(directory.path);
  const left = await readdir(directory.join('paconn.base'));
  expect(left).toContain(short);
  expect(left).not.toContain(long);
});

function nameOf(hash: string | undefined): string {
  return `${hash?.slice(0, 20)}.br`;
}

async function snapshot(directory: TemporaryDirectory): Promise<Record<string, string>> {
  const names = await readdir(directory.path, { recursive: true });
  const files = names.filter((name) => name.includes('.')).toSorted();
  const texts = await Promise.all(
    files
      .filter((name) => name !== 'paconn.base')
      .map(async (name) => [name, await readFile(directory.join(name), 'base64')] as const),
  );
  return Object.fromEntries(texts);
}

test.each([
  ['millions of values', `{"a":[${'[],'.repeat(4_000_000)}[]]}`],
  ['hundreds of megabytes', ' '.repeat(200_000_000)],
])('content that inflates to %s is none', async (_what, text) => {
  await using directory = await TemporaryDirectory.create();
  await write(directory.path);
  const { base } = await readBase(directory.path, target);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 1 };
  await writeFile(
    directory.join('paconn.base', nameOf(base?.hashes.apiDefinition)),
    brotliCompressSync(Buffer.from(text), { params }),
  );
  expect(base && (await readBaseState(directory.path, base))).toBeUndefined();
});
