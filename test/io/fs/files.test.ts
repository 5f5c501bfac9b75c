import { execFileSync } from 'node:child_process';
import { chmod, chown, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { DamagedFileError, FileError } from '../../../src/errors.ts';
import { disk } from '../../../src/io/fs/disk.ts';
import {
  exists,
  makePrivateDirectory,
  readOwnJson,
  removeFile,
  requireWritable,
  writeFiles,
  writeNamedFile,
  writePrivateFile,
} from '../../../src/io/fs/files.ts';
import { readBytes, readText } from '../../../src/io/fs/read-file.ts';
import { faultyDisk, notPermitted } from '../../support/faulty-disk.ts';
import { TemporaryDirectory } from '../../support/temporary-directory.ts';
import { hasModes } from '../../support/system.ts';

const tooLong = 'x'.repeat(300);

/** All that is below a directory: permissions and content by name. */
async function contents(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const pairs = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const mode = ((await lstat(path)).mode & 0o777).toString(8);
    const content = entry.isFile() ? await readFile(path, 'latin1') : '/';
    return [relative(directory, path), `${mode} ${content}`] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

/** Does the work as a user to whom permissions apply: they do not to the superuser. */
async function asOrdinaryUser<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const { geteuid, seteuid } = process;
  if (geteuid?.() !== 0 || !seteuid) return await work();
  const nobody = 65_534;
  await chown(directory, nobody, nobody);
  seteuid(nobody);
  try {
    return await work();
  } finally {
    seteuid(0);
  }
}

describe('files are written', () => {
  test('with their folders, for any content and name', async () => {
    await using directory = await TemporaryDirectory.create();
    const longest = 'n'.repeat(255);
    await writeFiles([
      { path: directory.join('日本 é', '😀.json'), content: '{"é": "日本"}\r\n' },
      { path: directory.join('日本 é', 'deep', 'down', 'icon.png'), content: Uint8Array.of(0, 255, 13, 10) },
      { path: directory.join(longest), content: '' },
    ]);
    expect(await readFile(directory.join('日本 é', '😀.json'), 'utf8')).toBe('{"é": "日本"}\r\n');
    expect(await readFile(directory.join('日本 é', 'deep', 'down', 'icon.png'))).toEqual(Buffer.of(0, 255, 13, 10));
    expect((await readdir(directory.path)).toSorted()).toEqual([longest, '日本 é']);
    expect((await readdir(directory.join('日本 é'))).toSorted()).toEqual(['deep', '😀.json']);
  });

  test.skipIf(!hasModes).each(['644', '600', '664', '666', '755', '444'])(
    'with the permissions the file has: %s',
    async (mode) => {
      await using directory = await TemporaryDirectory.create();
      const [first, second] = [directory.join('first'), directory.join('second')];
      for (const path of [first, second]) {
        await writeFile(path, 'old');
        await chmod(path, Number.parseInt(mode, 8));
      }
      await writeFiles([first, second].map((path) => ({ path, content: 'new' })));
      const expected = `${mode} new`;
      expect(await contents(directory.path)).toEqual({ first: expected, second: expected });
    },
  );

  test('with the permissions of any new file when there is none', async () => {
    await using directory = await TemporaryDirectory.create();
    await writeFile(directory.join('any'), 'x');
    await writeFiles([{ path: directory.join('ours'), content: 'x' }]);
    const { any, ours } = await contents(directory.path);
    expect(ours).toBe(any);
  });

  test.skipIf(!hasModes)('where a link leads, in its folder', async () => {
    await using directory = await TemporaryDirectory.create();
    await mkdir(directory.join('real'));
    await mkdir(directory.join('sub'));
    await writeFile(directory.join('real', 'settings.json'), 'old');
    await symlink('real/settings.json', directory.join('link'));
    await symlink('../real/settings.json', directory.join('sub', 'link'));
    for (const [name, content] of [
      ['link', 'new'],
      ['sub/link', 'newer'],
    ] as const) {
      await writeFiles([{ path: directory.join(name), folder: directory.path, content }]);
      expect(await readFile(directory.join('real', 'settings.json'), 'utf8')).toBe(content);
      expect((await lstat(directory.join(name))).isSymbolicLink()).toBe(true);
    }
    expect(await readdir(directory.join('real'))).toEqual(['settings.json']);
  });

  test.skipIf(!hasModes).each(['../outside', '.git/config', 'node_modules/x.js', 'nothing'])(
    'in place of a link to %s, and not where it leads',
    async (target) => {
      await using directory = await TemporaryDirectory.create();
      for (const folder of ['own/.git', 'own/node_modules']) await mkdir(directory.join(folder), { recursive: true });
      for (const name of ['outside', 'own/.git/config', 'own/node_modules/x.js'])
        await writeFile(directory.join(name), 'old');
      const before = await contents(directory.path);
      await symlink(target, directory.join('own', 'link'));
      await writeFiles([{ path: directory.join('own', 'link'), content: 'new' }]);
      const { [join('own', 'link')]: written, ...after } = await contents(directory.path);
      expect(written).toMatch(/ new$/u);
      expect(after).toEqual(before);
    },
  );
});

describe('when one of several files cannot be written everything stays as it was:', () => {
  const unwritable: [what: string, name: string, message: string][] = [
    ['a directory in the way', 'directory', "it's a folder"],
    ['a full directory in the way', 'full', "it's a folder"],
    ['a file where a directory is needed', 'first/below', 'a file of that name is in the way'],
    ['a file where a directory further up is needed', 'first/far/below', 'a file of that name is in the way'],
    ['a name that is too long', tooLong, 'the name is too long'],
    ['a directory with too long a name', `made/${tooLong}/below`, 'the name is too long'],
    ['a directory that nobody may write to', 'read-only/file', 'permission denied'],
    ['a directory that cannot be made', 'read-only/new/file', 'permission denied'],
  ];
  const places: [place: string, order: (bad: string, good: readonly string[]) => string[]][] = [
    ['as the first', (bad, good) => [bad, ...good]],
    ['in the middle', (bad, [one = '', ...good]) => [one, bad, ...good]],
    ['as the last', (bad, good) => [...good, bad]],
  ];
  const cases = unwritable.flatMap(([what, name, message]) =>
    places.map(([place, order]) => [what, place, name, message, order] as const),
  );

  test.each(cases.filter(([what]) => hasModes || !/nobody|cannot be made|too long/u.test(what)))(
    '%s, %s',
    async (_what, _place, name, message, order) => {
      await using directory = await TemporaryDirectory.create();
      await asOrdinaryUser(directory.path, async () => {
        for (const made of ['directory', 'full', 'read-only']) await mkdir(directory.join(made));
        for (const file of ['first', 'second', 'full/file']) await writeFile(directory.join(file), `old ${file}`);
        await chmod(directory.join('second'), 0o640);
        await chmod(directory.join('read-only'), 0o500);
        const before = await contents(directory.path);

        const names = order(name, ['first', 'new', 'fresh/deep/file', 'second']);
        const writing = writeFiles(names.map((path) => ({ path: directory.join(path), content: 'new' })));
        await expect(writing).rejects.toThrow(FileError);
        await expect(writing).rejects.toThrow(message);
        expect(await contents(directory.path)).toEqual(before);
        await chmod(directory.join('read-only'), 0o700);
      });
    },
  );
});

describe('a file that the user names', () => {
  test.skipIf(!hasModes)('is written through a link, also where it leads to nothing yet', async () => {
    await using directory = await TemporaryDirectory.create();
    for (const target of ['there', 'missing']) {
      if (target === 'there') await writeFile(directory.join(target), 'old and longer');
      await symlink(target, directory.join(`to ${target}`));
      await writeNamedFile({ path: directory.join(`to ${target}`), content: 'new' });
      expect(await readFile(directory.join(target), 'utf8')).toBe('new');
      expect((await lstat(directory.join(`to ${target}`))).isSymbolicLink()).toBe(true);
    }
  });

  test.skipIf(process.platform === 'win32')('is written into a pipe', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('pipe');
    execFileSync('mkfifo', [path]);
    const [text] = await Promise.all([readFile(path, 'utf8'), writeNamedFile({ path, content: 'new' })]);
    expect(text).toBe('new');
    expect((await lstat(path)).isFIFO()).toBe(true);
  });

  test.each([
    ['NUL', String.raw`\\.\NUL`],
    ['con', String.raw`\\.\con`],
    ['NUL:', String.raw`\\.\NUL`],
    ['COM1 ', String.raw`\\.\COM1`],
    ['CONOUT$', String.raw`\\.\CONOUT$`],
  ])('is no file where Windows has a device of this name: %j', async (name, device) => {
    await using directory = await TemporaryDirectory.create();
    const written: unknown[] = [];
    const calls = { ...disk, writeFile: async (...args: readonly unknown[]) => void written.push(args) };
    await writeNamedFile({ path: directory.join(name), content: 'report' }, 'win32', calls);
    expect(written).toEqual([[device, 'report']]);
    expect(await readdir(directory.path)).toEqual([]);
  });

  test.each(['aux.sarif', 'COM1 .txt', 'a.sarif:stream', 'b.sarif. '])(
    'is refused on Windows when nobody would find it: %j',
    async (name) => {
      await using directory = await TemporaryDirectory.create();
      const path = directory.join(name);
      const writing = writeNamedFile({ path, content: 'report' }, 'win32');
      await expect(writing).rejects.toThrow(`${path} can't be written: Windows doesn't allow this name.`);
      expect(await readdir(directory.path)).toEqual([]);
    },
  );

  test.skipIf(!hasModes).each(['NUL', 'aux.sarif', 'report 12:00.sarif'])(
    'has any name that the system allows elsewhere: %s',
    async (name) => {
      await using directory = await TemporaryDirectory.create();
      await writeNamedFile({ path: directory.join(name), content: 'report' });
      expect(await readFile(directory.join(name), 'utf8')).toBe('report');
    },
  );

  test.skipIf(!hasModes)('is written to when it is a device', async () => {
    await writeNamedFile({ path: '/dev/null', content: 'nothing' });
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  test("is named when it's a folder", async () => {
    await using directory = await TemporaryDirectory.create();
    const writing = writeNamedFile({ path: directory.path, content: 'new' });
    await expect(writing).rejects.toThrow(`${directory.path} can't be written: it's a folder.`);
  });
});

describe('a check whether a file can be written', () => {
  test('succeeds for an existing file, which stays', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('settings.json');
    await writeFile(path, '{}', { mode: 0o640 });
    const before = await contents(directory.path);
    await requireWritable(path, 1000);
    expect(await contents(directory.path)).toEqual(before);
  });

  test('fails for a protected file in a writable folder', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('settings.json');
    await writeFile(path, '{}');
    // As with an immutable file, a read-only one on Windows, and one of somebody else in a sticky folder.
    const calls = faultyDisk((call, name) => (call === 'rename' && name === path ? 'EPERM' : undefined));
    await expect(requireWritable(path, 1000, calls)).rejects.toThrow(`${path} can't be written: ${notPermitted}.`);
    expect(await readdir(directory.path)).toEqual(['settings.json']);
    expect(await readFile(path, 'utf8')).toBe('{}');
  });

  test('fails without free space', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('settings.json');
    const calls = faultyDisk((call) => (call === 'open' ? 'ENOSPC' : undefined));
    await expect(requireWritable(path, 1000, calls)).rejects.toThrow("can't be written: no space left on the disk.");
    expect(await readdir(directory.path)).toEqual([]);
  });

  test.skipIf(!hasModes)('succeeds for a link, which stays a link', async () => {
    await using directory = await TemporaryDirectory.create();
    await writeFile(directory.join('real.json'), '{}');
    await symlink('real.json', directory.join('settings.json'));
    await requireWritable(directory.join('settings.json'), 1000);
    expect((await lstat(directory.join('settings.json'))).isSymbolicLink()).toBe(true);
  });
});

describe.skipIf(!hasModes)('a private file', () => {
  test('is readable only by its owner, as is its new folder', async () => {
    await using directory = await TemporaryDirectory.create();
    await writePrivateFile(directory.join('config', 'token.json'), 'secret');
    await writeFile(directory.join('open.json'), 'old');
    await chmod(directory.join('open.json'), 0o666);
    await writePrivateFile(directory.join('open.json'), 'secret');
    expect(await contents(directory.path)).toEqual({
      config: '700 /',
      'config/token.json': '600 secret',
      'open.json': '600 secret',
    });
  });

  test.each(['token.json', 'config/token.json'])('that cannot be written is named: %s', async (name) => {
    await using directory = await TemporaryDirectory.create();
    await asOrdinaryUser(directory.path, async () => {
      await chmod(directory.path, 0o500);
      await expect(writePrivateFile(directory.join(name), 'secret')).rejects.toThrow(
        /token\.json can't be written: permission denied\.$|config can't be written: permission denied\.$/,
      );
      await chmod(directory.path, 0o700);
    });
    expect(await contents(directory.path)).toEqual({});
  });

  test('can be in an existing folder', async () => {
    await using directory = await TemporaryDirectory.create();
    await makePrivateDirectory(directory.join('config'));
    await makePrivateDirectory(directory.join('config'));
    expect(await contents(directory.path)).toEqual({ config: '700 /' });
  });
});

describe('a text file is read', () => {
  const text = 'é 日本 😀\r\n';
  test.each([
    ['as UTF-8', Buffer.from(text), text],
    ['without its byte order mark', Buffer.from(`\ufeff${text}`), text],
    ['with a byte order mark inside', Buffer.from(`a\ufeff`), 'a\ufeff'],
    ['when it is empty', Buffer.from(''), ''],
    ['when it is a byte order mark alone', Buffer.from('\ufeff'), ''],
  ])('%s', async (_what, bytes, expected) => {
    await using directory = await TemporaryDirectory.create();
    await writeFile(directory.join('file'), bytes);
    expect(await readText(directory.join('file'))).toBe(expected);
  });

  test.each([
    ['UTF-16 with a byte order mark', Buffer.from('\ufeff{"a": 1}', 'utf16le')],
    ['UTF-16 without one', Buffer.from('{"a": 1}', 'utf16le')],
    ['big-endian UTF-16', Buffer.from('\ufeff{"a": 1}', 'utf16le').swap16()],
    ['Latin-1', Buffer.from('{"a": "é"}', 'latin1')],
    ['a picture', Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ['a truncated character', Buffer.from('é').subarray(0, 1)],
    ['an overlong encoding', Buffer.of(0xc0, 0x80)],
    ['half of a surrogate pair', Buffer.of(0xed, 0xa0, 0x80)],
  ])('but not when it is %s', async (_what, bytes) => {
    await using directory = await TemporaryDirectory.create();
    await writeFile(directory.join('file'), bytes);
    await expect(readText(directory.join('file'), 'my.json')).rejects.toThrow(
      new FileError("my.json isn't UTF-8 text.", { hint: 'Save it as UTF-8 and try again.' }),
    );
  });

  test.each([
    ['not there', 'missing', 'File does not exist: my.json', '.'],
    ["in a directory that doesn't exist", 'missing/file', 'File does not exist: my.json', 'missing'],
    ['below a file', 'file/below', 'File does not exist: my.json', 'file'],
    ['called something no file can be called', tooLong, 'File does not exist: my.json', '.'],
    ['a directory', '.', "my.json can't be read: it's a folder."],
    ...(hasModes ? [['for somebody else', 'private', "my.json can't be read: permission denied."]] : []),
  ])('but not when it is %s', async (_what, name, message, searched) => {
    await using directory = await TemporaryDirectory.create();
    const hint = searched === undefined ? undefined : `Searched in ${directory.join(searched)}.`;
    await writeFile(directory.join('file'), '');
    await writeFile(directory.join('private'), '');
    await chmod(directory.join('private'), 0);
    await asOrdinaryUser(directory.path, async () => {
      await expect(readText(directory.join(name), 'my.json')).rejects.toThrow(new FileError(message, { hint }));
    });
  });

  test.each(['C:/Users/ada/a.json', String.raw`\\server\share\a.json`])(
    'but not if it is at an absolute path of Windows, which is not looked for below a folder: %s',
    async (shown) => {
      await using directory = await TemporaryDirectory.create();
      const missing = new FileError(`File does not exist: ${shown}`);
      await expect(readText(directory.join('missing'), shown)).rejects.toThrow(missing);
    },
  );

  test("but not if it doesn't exist, with its path", async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('missing');
    await expect(readText(path, path)).rejects.toThrow(new FileError(`File does not exist: ${path}`));
  });

  test('and its bytes are what is on the disk', async () => {
    await using directory = await TemporaryDirectory.create();
    await writeFile(directory.join('file'), Buffer.of(0xef, 0xbb, 0xbf, 0, 13, 10));
    expect(await readBytes(directory.join('file'))).toEqual(Buffer.of(0xef, 0xbb, 0xbf, 0, 13, 10));
  });
});

describe('a file of our own', () => {
  const schema = z.object({ version: z.literal(1) });

  test.each([
    ['holds what we write', '{"version": 1}', { version: 1 }],
    ['may have a byte order mark', '\ufeff{"version": 1}', { version: 1 }],
  ])('%s', async (_what, content, expected) => {
    await using directory = await TemporaryDirectory.create();
    await writeFile(directory.join('own.json'), content);
    expect(await readOwnJson(directory.join('own.json'), schema)).toEqual(expected);
  });

  test.each(['', '{"version":', '{"version": 2}', '[]'])('that holds %j is damaged', async (content) => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('own.json');
    await writeFile(path, content);
    await expect(readOwnJson(path, schema)).rejects.toThrow(new DamagedFileError(`${path} is damaged.`));
  });

  test("that doesn't exist is undefined", async () => {
    await using directory = await TemporaryDirectory.create();
    expect(await readOwnJson(directory.join('own.json'), schema)).toBeUndefined();
  });

  test("that can't be read is an error, since it can be valid", async () => {
    await using directory = await TemporaryDirectory.create();
    const reading = readOwnJson(directory.path, schema);
    await expect(reading).rejects.toThrow(FileError);
    await expect(reading).rejects.not.toThrow(DamagedFileError);
  });
});

test('removed files are gone, and may have been missing before', async () => {
  await using directory = await TemporaryDirectory.create();
  const path = directory.join('file');
  await writeFile(path, '');
  expect(await exists(path)).toBe(true);
  await removeFile(path);
  await removeFile(path);
  expect(await exists(path)).toBe(false);
});

test('the error names a file that cannot be removed', async () => {
  await using directory = await TemporaryDirectory.create();
  await expect(removeFile(directory.path)).rejects.toThrow(
    new FileError(`${directory.path} can't be removed: it's a folder.`),
  );
  expect((await stat(directory.path)).isDirectory()).toBe(true);
});

test.skipIf(process.platform === 'win32')(
  'a pipe instead of a file of our own is reported without waiting',
  async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('sign-ins.json');
    execFileSync('mkfifo', [path]);
    await expect(readOwnJson(path, z.unknown())).rejects.toThrow(`${path} can't be read: it's a pipe or a device.`);
  },
);
