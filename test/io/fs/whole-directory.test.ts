import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { FileError } from '../../../src/errors.ts';
import { patientDisk } from '../../../src/io/fs/disk.ts';
import { makeWholeDirectory, type NewDirectory } from '../../../src/io/fs/whole-directory.ts';
import { faultyDisk } from '../../support/faulty-disk.ts';
import { TemporaryDirectory } from '../../support/temporary-directory.ts';

function at(directory: string): NewDirectory {
  return { parent: dirname(directory), names: [basename(directory)] };
}

test('a folder appears with its complete content, and missing parents', async () => {
  await using temporary = await TemporaryDirectory.create();
  const directory = join(temporary.path, 'one', 'two');
  await makeWholeDirectory(at(directory), async (unfinished) => {
    await writeFile(join(unfinished, 'file'), 'text');
    expect(await readdir(join(temporary.path, 'one'))).not.toContain('two');
  });
  expect(await readFile(join(directory, 'file'), 'utf8')).toBe('text');
  expect(await readdir(join(temporary.path, 'one'))).toEqual(['two']);
});

test('an incomplete folder never appears', async () => {
  await using temporary = await TemporaryDirectory.create();
  const filling = makeWholeDirectory(at(join(temporary.path, 'one')), async (unfinished) => {
    await writeFile(join(unfinished, 'file'), 'text');
    throw new FileError('The disk is full.');
  });
  await expect(filling).rejects.toThrow('The disk is full.');
  expect(await readdir(temporary.path)).toEqual([]);
});

test('an existing folder stays unchanged', async () => {
  await using temporary = await TemporaryDirectory.create();
  const directory = join(temporary.path, 'one');
  await mkdir(directory);
  await writeFile(join(directory, 'mine'), '');
  await expect(makeWholeDirectory(at(directory), async () => undefined)).rejects.toThrow(
    new FileError(`${directory} can't be written: it already exists.`),
  );
  expect(await readdir(temporary.path, { recursive: true })).toEqual(['one', join('one', 'mine')]);
});

test('a directory below a file is an error that names it', async () => {
  await using temporary = await TemporaryDirectory.create();
  await writeFile(join(temporary.path, 'file'), '');
  const directory = join(temporary.path, 'file', 'one');
  const making = makeWholeDirectory(at(directory), async () => undefined);
  await expect(making).rejects.toThrow(`${dirname(directory)} can't be written: a file of that name is in the way.`);
});

test.skipIf(platform() === 'win32')('a folder has the first free name, and the requested permissions', async () => {
  await using temporary = await TemporaryDirectory.create();
  const parent = temporary.path;
  await mkdir(join(parent, 'one'));
  await writeFile(join(parent, 'one', 'mine'), '');
  const made = await makeWholeDirectory({ parent, names: ['one', 'two', 'three'], mode: 0o700 }, async () => 'done');
  expect(made).toEqual({ name: 'two', filled: 'done' });
  expect((await readdir(parent)).toSorted()).toEqual(['one', 'two']);
  expect((await stat(join(parent, 'two'))).mode & 0o777).toBe(0o700);
});

test('on Windows, a folder in which another program has something open for a moment gets its name', async () => {
  await using temporary = await TemporaryDirectory.create();
  const directory = join(temporary.path, 'one');
  let refusals = 0;
  const calls = faultyDisk((call) => (call === 'rename' && (refusals += 1) % 3 !== 0 ? 'EPERM' : undefined));
  const fill = async (unfinished: string): Promise<void> => await writeFile(join(unfinished, 'file'), 'text');
  await expect(makeWholeDirectory(at(directory), fill, patientDisk(calls, 'linux'))).rejects.toThrow(FileError);
  expect(await readdir(temporary.path)).toEqual([]);
  refusals = 0;
  await makeWholeDirectory(at(directory), fill, patientDisk(calls, 'win32'));
  expect(refusals).toBe(3);
  expect(await readdir(temporary.path)).toEqual(['one']);
  expect(await readFile(join(directory, 'file'), 'utf8')).toBe('text');
});

test('what an earlier process has left unfinished beside a folder is removed, and nothing else', async () => {
  await using directory = await TemporaryDirectory.create();
  const [old, young] = ['.paconn-0a1b2c3d4e5f6071.new', '.paconn-0a1b2c3d4e5f6072.new'];
  for (const name of [old, young, 'mine']) await mkdir(directory.join('parent', name), { recursive: true });
  for (const name of [old, 'mine']) await utimes(directory.join('parent', name), 1, 1);
  await makeWholeDirectory({ parent: directory.join('parent'), names: ['pets'] }, async () => await Promise.resolve());
  expect((await readdir(directory.join('parent'))).toSorted()).toEqual([young, 'mine', 'pets']);
});
