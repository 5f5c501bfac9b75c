import { cp, mkdir, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RemoteState } from '../../src/connector/connector.ts';
import { saveBackup, type Backup, listBackups, readBackup } from '../../src/history/backups.ts';
import { stateOf, textOf } from '../support/states.ts';
import { TemporaryDirectory } from '../support/temporary-directory.ts';
import { hasModes } from '../support/system.ts';

const target = { environment: 'dev', connectorId: 'shared_pets' };

function current(title = 'Pets', icon = 'icon'): RemoteState {
  const apiDefinition = '{"info": {"title": "Pets"}}';
  const state = stateOf({ title, apiDefinition, apiProperties: '{"properties": {}}', icon });
  return { state, changedTime: `at ${title}`, changedBy: 'Adele Vance' };
}

async function keep({ path }: TemporaryDirectory, what = current(), at = target): Promise<Backup> {
  return await saveBackup({ configDirectory: path, target: at, current: what, before: 'update' });
}

test.skipIf(!hasModes)('a backup is stored byte for byte, readable only by its owner', async () => {
  await using directory = await TemporaryDirectory.create();
  const kept = await keep(directory);
  expect(await listBackups(directory.path)).toEqual([kept]);
  const state = await readBackup(kept);
  expect(state).toMatchObject({ displayName: 'Pets', script: undefined });
  expect(textOf(state.icon)).toBe('icon');
  expect(textOf(state.apiDefinition)).toBe('{"info": {"title": "Pets"}}');
  expect(textOf(state.apiProperties)).toBe('{"properties": {}}');
  const names = await readdir(kept.directory);
  expect(names).toEqual(['apiDefinition.swagger.json', 'apiProperties.json', 'icon.png', 'kept.json']);
  for (const name of names) expect((await stat(`${kept.directory}/${name}`)).mode & 0o777).toBe(0o600);
  for (const path of ['kept', 'kept/dev', 'kept/dev/shared_pets', `kept/dev/shared_pets/${kept.name}`])
    expect((await stat(directory.join(path))).mode & 0o777).toBe(0o700);
});

test('the ten newest states of each connector stay', async () => {
  await using directory = await TemporaryDirectory.create();
  await keep(directory, current('Other'), { ...target, connectorId: 'shared_other' });
  for (let index = 0; index < 13; index += 1) await keep(directory, current(`T${index}`));
  const titles = (await listBackups(directory.path)).map(({ title }) => title);
  expect(new Set(titles)).toEqual(new Set(['Other', ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((index) => `T${index}`)]));
});

/** Ten backups with names such as a clock gives that is ahead. */
async function keepAhead(directory: TemporaryDirectory, name: string): Promise<void> {
  const first = await keep(directory, current('ahead'));
  for (let index = 10; index < 20; index += 1)
    await cp(first.directory, `${first.directory}/../${name}${index}`, { recursive: true });
  await rm(first.directory, { recursive: true });
}

test('what is backed up after ten backups of a clock that was ahead is the newest', async () => {
  await using directory = await TemporaryDirectory.create();
  await keepAhead(directory, '20991231-235959-9');
  for (const title of ['now', 'later']) {
    const made = await keep(directory, current(title));
    expect(textOf((await readBackup(made)).icon)).toBe('icon');
    const titles = (await listBackups(directory.path)).map((backup) => backup.title);
    expect(titles).toHaveLength(10);
    expect(titles[0]).toBe(title);
  }
});

test('a backup that was just made is never removed, even after names that are no times', async () => {
  await using directory = await TemporaryDirectory.create();
  await keepAhead(directory, '20269999-999999-9');
  expect(textOf((await readBackup(await keep(directory, current('now')))).icon)).toBe('icon');
});

test('large backups replace old ones, but never themselves', async () => {
  await using directory = await TemporaryDirectory.create();
  const large = ' '.repeat(40 * 1024 * 1024);
  for (const title of ['one', 'two', 'three']) await keep(directory, current(title, large));
  expect((await listBackups(directory.path)).map(({ title }) => title)).toEqual(['three']);
});

test('a version that equals the newest backup is not backed up again', async () => {
  await using directory = await TemporaryDirectory.create();
  expect(await keep(directory)).toEqual(await keep(directory));
  expect(await listBackups(directory.path)).toHaveLength(1);
});

test('a damaged backup is not taken for the new one', async () => {
  await using directory = await TemporaryDirectory.create();
  const first = await keep(directory);
  await rm(`${first.directory}/apiDefinition.swagger.json`);
  const second = await keep(directory);
  expect(second.name).not.toBe(first.name);
  expect(textOf((await readBackup(second)).apiDefinition)).toBe('{"info": {"title": "Pets"}}');
});

async function expectDamaged(damage: (path: string) => Promise<void>, reason: string): Promise<void> {
  await using directory = await TemporaryDirectory.create();
  const kept = await keep(directory);
  const path = join(kept.directory, 'icon.png');
  await damage(path);
  await expect(readBackup(kept)).rejects.toThrow(`The icon of this backup is damaged: ${path} ${reason}.`);
}

test.each<[what: string, damage: (path: string) => Promise<void>, reason: string]>([
  ['cut', async (path) => await writeFile(path, 'ico'), "isn't what was saved"],
  ['removed', async (path) => await rm(path), 'is missing'],
])('a part that is %s is named, and nothing is read', async (_what, damage, reason) => {
  await expectDamaged(damage, reason);
});

test.runIf(hasModes)('a part that is a link is named, and nothing is read', async () => {
  const link = async (path: string): Promise<void> => {
    await rename(path, `${path}.old`);
    await symlink(`${path}.old`, path);
  };
  await expectDamaged(link, 'is a link');
});

test('a backup of an earlier version has no hashes, and is read', async () => {
  await using directory = await TemporaryDirectory.create();
  const kept = await keep(directory);
  const path = `${kept.directory}/kept.json`;
  await writeFile(path, (await readFile(path, 'utf8')).replace(/,\s*"hashes": \{[^}]*\}/u, ''));
  const [listed] = await listBackups(directory.path);
  expect(listed).toEqual({ ...kept, hashes: undefined });
  expect(textOf((await readBackup({ ...kept, hashes: undefined })).icon)).toBe('icon');
});

test('several runs save backups at once, each under its own name', async () => {
  await using directory = await TemporaryDirectory.create();
  const kept = await Promise.all(
    Array.from({ length: 9 }, async (_, index) => await keep(directory, current(`T${index}`))),
  );
  expect(new Set(kept.map(({ name }) => name)).size).toBe(9);
  expect(await listBackups(directory.path)).toHaveLength(9);
});

test('an unfinished backup is not listed, and is removed later', async () => {
  await using directory = await TemporaryDirectory.create();
  await keep(directory);
  const parent = directory.join('kept', 'dev', 'shared_pets');
  for (const name of ['.paconn-1111111111111111.new', '.paconn-2222222222222222.new']) await mkdir(`${parent}/${name}`);
  await utimes(`${parent}/.paconn-1111111111111111.new`, 0, 0);
  await mkdir(`${parent}/20200101-000000-000`);
  await mkdir(`${parent}/20200101-000000-001`);
  await writeFile(`${parent}/20200101-000000-001/kept.json`, '{');
  await keep(directory, current('Other'));
  expect(await listBackups(directory.path)).toHaveLength(2);
  expect((await readdir(parent)).filter((name) => name.startsWith('.'))).toEqual(['.paconn-2222222222222222.new']);
});

describe('names from outside', () => {
  test.each(['../../x', '..', 'a/b', '', 'C:\\x', '.hidden', 'a'.repeat(300)])(
    '%j lead nowhere',
    async (environment) => {
      await using directory = await TemporaryDirectory.create();
      const { directory: kept } = await keep(directory, current(), { ...target, environment });
      expect(kept.startsWith(directory.join('kept', '_'))).toBe(true);
      expect((await listBackups(directory.path))[0]?.target.environment).toBe(environment);
      expect(await readFile(`${kept}/kept.json`, 'utf8')).toContain('"version": 1');
    },
  );
});
