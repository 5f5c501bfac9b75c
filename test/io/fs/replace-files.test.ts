import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FileError } from '../../../src/errors.ts';
import { type Disk, impatientDisk, patientDisk } from '../../../src/io/fs/disk.ts';
import { writeFiles } from '../../../src/io/fs/files.ts';
import { replaceFiles } from '../../../src/io/fs/replace-files.ts';
import { faultyDisk, notPermitted } from '../../support/faulty-disk.ts';
import { TemporaryDirectory } from '../../support/temporary-directory.ts';

const anyMode = async (): Promise<undefined> => undefined;

/** The copies that an error names, by the path of the original. */
function namedCopies(error: unknown): ReadonlyMap<string, string> {
  const detail = error instanceof FileError ? (error.detail ?? '') : '';
  const lines = detail.matchAll(/^Can't restore (.+)\. Its previous content is in (.+)\.$/gmu);
  return new Map([...lines].map(([, path = '', copy = '']) => [path, copy]));
}

async function content(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch(() => undefined);
}

/** Whether a file is as the outcome of the whole says: new, or what it was, or its original is named and there. */
async function isKept(path: string, was: string | undefined, outcome: unknown): Promise<boolean> {
  const now = await content(path);
  if (outcome === undefined) return now === 'new';
  // One that is new and cannot be removed costs nothing.
  if (now === was || was === undefined) return true;
  return (await content(namedCopies(outcome).get(path) ?? '')) === was;
}

test('after any failure, all files are replaced, or all are unchanged, or the error names the saved originals', async () => {
  const codes = ['EPERM', 'EACCES', 'EBUSY', 'ENOSPC', 'EIO'];
  const originals = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 });
  const faults = fc.infiniteStream(fc.option(fc.constantFrom(...codes), { freq: 3, nil: undefined }));
  const property = fc.asyncProperty(originals, faults, async (isThere, stream) => {
    await using directory = await TemporaryDirectory.create();
    const files = isThere.map((there, index) => ({
      path: directory.join(`file ${index}`),
      was: there ? `old ${index}` : undefined,
    }));
    for (const { path, was } of files) if (was !== undefined) await writeFile(path, was);
    const calls = faultyDisk(() => stream.next().value);
    const writing = replaceFiles(
      files.map(({ path }) => ({ path, content: 'new' })),
      anyMode,
      calls,
    );
    const outcome: unknown = await writing.catch((error: unknown) => error);
    const lost: string[] = [];
    for (const { path, was } of files) if (!(await isKept(path, was, outcome))) lost.push(path);
    expect({ lost, isForeseen: outcome === undefined || outcome instanceof FileError }).toEqual({
      lost: [],
      isForeseen: true,
    });
  });
  await expect(fc.assert(property, { numRuns: 300 })).resolves.toBeUndefined();
});

test("every file that can be restored is restored, also after one that can't", async () => {
  await using directory = await TemporaryDirectory.create();
  const names = ['one', 'two', 'three', 'four'];
  const [one = '', two = '', three = '', four = ''] = names.map((name) => directory.join(name));
  for (const name of names) await writeFile(directory.join(name), `old ${name}`);
  const renames = new Map<string, number>();
  const calls = faultyDisk((call, path) => {
    if (call !== 'rename') return undefined;
    renames.set(path, (renames.get(path) ?? 0) + 1);
    // The last cannot be replaced; the third was, and cannot be put back.
    return path === four || (path === three && renames.get(path) === 2) ? 'EPERM' : undefined;
  });
  const files = [one, two, three, four].map((path) => ({ path, content: 'new' }));
  const error: unknown = await replaceFiles(files, anyMode, calls).catch((reason: unknown) => reason);
  const copy = namedCopies(error).get(three) ?? '';
  expect(error).toMatchObject({ message: `${four} can't be written: ${notPermitted}.` });
  expect([await content(one), await content(two), await content(three), await content(four)]).toEqual([
    'old one',
    'old two',
    'new',
    'old four',
  ]);
  expect(await content(copy)).toBe('old three');
  expect(await readdir(directory.path)).toHaveLength(names.length + 1);
});

test('on Windows, files that other programs open briefly are replaced', async () => {
  await using directory = await TemporaryDirectory.create();
  const seen = new Map<string, number>();
  /** Each call for each file is refused twice. */
  const calls = faultyDisk((call, path) => {
    const key = `${call} ${path}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return (seen.get(key) ?? 0) <= 2 ? 'EBUSY' : undefined;
  });
  const files = ['one', 'two'].map((name) => ({ path: directory.join('new', name), content: name }));
  await expect(writeFiles(files, calls)).rejects.toThrow('another program has it open');
  await writeFiles(files, patientDisk(calls, 'win32'));
  expect(await content(directory.join('new', 'two'))).toBe('two');
  expect((await readdir(directory.join('new'))).toSorted()).toEqual(['one', 'two']);
});

test('the root of a drive is not created: Windows refuses that', async () => {
  await using root = await TemporaryDirectory.create();
  const refusing = (call: keyof Disk, path: string): string | undefined =>
    call === 'mkdir' && path === root.path ? 'EPERM' : undefined;
  await writeFiles([{ path: root.join('settings.json'), content: '{}' }], faultyDisk(refusing));
  await writeFiles([{ path: root.join('below', 'settings.json'), content: '{}' }], faultyDisk(refusing));
  expect((await readdir(root.path)).toSorted()).toEqual(['below', 'settings.json']);
});

test.each(['EISDIR', 'UNKNOWN', 'EPERM', 'EINVAL', 'EIO'])(
  'a drive without its own name keeps its paths: %s',
  async (code) => {
    await using directory = await TemporaryDirectory.create();
    await mkdir(directory.join('real'));
    const nameless = faultyDisk((call) => (call === 'realpath' ? code : undefined));
    expect(await patientDisk(nameless).realpath(directory.join('real'))).toBe(directory.join('real'));
  },
);

test.each(['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'])('a path that leads nowhere is no path: %s', async (code) => {
  await using directory = await TemporaryDirectory.create();
  const refusing = faultyDisk((call) => (call === 'realpath' ? code : undefined));
  await expect(patientDisk(refusing, 'linux').realpath(directory.path)).rejects.toThrow(code);
  await expect(patientDisk(impatientDisk).realpath(directory.join('missing'))).rejects.toThrow('ENOENT');
});

test('the partial files of a killed run are removed by the next run in the folder', async () => {
  await using directory = await TemporaryDirectory.create();
  const [old, fresh] = ['.paconn-0000000000000000.new', '.paconn-1111111111111111.new'];
  for (const name of [old, fresh]) await writeFile(directory.join(name), 'begun');
  await utimes(directory.join(old), 0, 0);
  await writeFiles([{ path: directory.join('settings.json'), content: 'new' }]);
  expect((await readdir(directory.path)).toSorted()).toEqual([fresh, 'settings.json']);
});
