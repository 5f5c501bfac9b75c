import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FileError } from '../../../src/errors.ts';
import { makeWholeDirectory } from '../../../src/io/fs/whole-directory.ts';
import { TemporaryDirectory } from '../../support/temporary-directory.ts';

test('a directory is there with all that is in it, missing ones above it too', async () => {
  await using temporary = await TemporaryDirectory.create();
  const directory = join(temporary.path, 'one', 'two');
  await makeWholeDirectory(directory, async (unfinished) => {
    await writeFile(join(unfinished, 'file'), 'text');
    expect(await readdir(join(temporary.path, 'one'))).not.toContain('two');
  });
  expect(await readFile(join(directory, 'file'), 'utf8')).toBe('text');
  expect(await readdir(join(temporary.path, 'one'))).toEqual(['two']);
});

test('nothing of a directory is there that could not be filled', async () => {
  await using temporary = await TemporaryDirectory.create();
  const filling = makeWholeDirectory(join(temporary.path, 'one'), async (unfinished) => {
    await writeFile(join(unfinished, 'file'), 'text');
    throw new FileError('The disk is full.');
  });
  await expect(filling).rejects.toThrow('The disk is full.');
  expect(await readdir(temporary.path)).toEqual([]);
});

test('a directory that is there already is left alone', async () => {
  await using temporary = await TemporaryDirectory.create();
  const directory = join(temporary.path, 'one');
  await mkdir(directory);
  await writeFile(join(directory, 'mine'), '');
  await expect(makeWholeDirectory(directory, async () => undefined)).rejects.toThrow(FileError);
  expect(await readdir(temporary.path, { recursive: true })).toEqual(['one', join('one', 'mine')]);
});

test('a directory below a file is an error that names it', async () => {
  await using temporary = await TemporaryDirectory.create();
  await writeFile(join(temporary.path, 'file'), '');
  const directory = join(temporary.path, 'file', 'one');
  const making = makeWholeDirectory(directory, async () => undefined);
  await expect(making).rejects.toThrow(`${directory} cannot be written: a part of the path is not a directory.`);
});
