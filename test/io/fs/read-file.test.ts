import { execFileSync, spawn } from 'node:child_process';
import { symlink, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readBeginning, readBytes, readLargeFile, readText } from '../../../src/io/fs/read-file.ts';
import { TemporaryDirectory } from '../../support/temporary-directory.ts';

describe.runIf(process.platform !== 'win32').concurrent('what has no end, or no content, is no file to read', () => {
  test.each([
    ['a device', '/dev/zero', /^f is a device or a file of the system/u],
    ['a directory', '/', /^f can't be read: it's a folder\.$/u],
  ])('%s', async (_what, path, message) => {
    await expect(readBytes(path, 'f')).rejects.toThrow(message);
    await expect(readBeginning(path, 10, 'f')).rejects.toThrow(message);
  });

  test.runIf(process.platform === 'linux')('files that the system generates', async () => {
    await expect(readBytes('/proc/self/environ', 'f')).rejects.toThrow(/^f is a device or a file of the system/u);
  });

  test('a link to a device', async () => {
    await using directory = await TemporaryDirectory.create();
    await symlink('/dev/zero', directory.join('link'));
    await expect(readText(directory.join('link'), 'f')).rejects.toThrow(/^f is a device/u);
  });

  test('a file of 3 GB, of which a beginning can be read', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('large');
    await writeFile(path, '{}');
    await truncate(path, 3 * 1024 ** 3);
    await expect(readBytes(path, 'f')).rejects.toThrow('f has more than 200 MB, which is more than paconn reads.');
    const { bytes, size } = await readBeginning(path, 2);
    expect({ bytes: Buffer.from(bytes).toString(), size }).toEqual({ bytes: '{}', size: 3 * 1024 ** 3 });
  });

  test('a pipe without a writer', { timeout: 30_000 }, async () => {
    await using directory = await TemporaryDirectory.create();
    execFileSync('mkfifo', [directory.join('pipe')]);
    await expect(readBytes(directory.join('pipe'), 'f')).rejects.toThrow('f is a pipe that no program writes to.');
  });

  test('a pipe without an end', { timeout: 60_000 }, async () => {
    await using directory = await TemporaryDirectory.create();
    execFileSync('mkfifo', [directory.join('pipe')]);
    const writer = spawn('sh', ['-c', 'cat /dev/zero >"$0"', directory.join('pipe')], { stdio: 'ignore' });
    await expect(readBytes(directory.join('pipe'), 'f')).rejects.toThrow(/^f has more than 200 MB/u);
    writer.kill();
  });
});

test('a text of more values than any connector has is no file to read, whatever it begins with, and a ZIP file is', async () => {
  await using directory = await TemporaryDirectory.create();
  const path = directory.join('f');
  const values = '[1],'.repeat(600_000);
  const tooMany = 'f has more than 1,000,000 values, which is more than paconn reads.';
  for (const text of [`\uFEFF [${values}[]]`, `x${values}`, `${' '.repeat(2000)}${values}`, '<a>'.repeat(1_000_001)]) {
    await writeFile(path, text);
    await expect(readBytes(path, 'f')).rejects.toThrow(tooMany);
  }
  await writeFile(path, '\n'.repeat(4_000_001));
  await expect(readBytes(path, 'f')).rejects.toThrow('f has more than 4,000,000 lines');
  await writeFile(path, ' '.repeat(33 * 1024 * 1024));
  await expect(readBytes(path, 'f')).rejects.toThrow('f has more than 32 MB, which is more than paconn reads.');
  // Who reads the description of an API counts its values.
  await writeFile(path, values);
  expect((await readLargeFile(path, 'f', 10_000_000)).length).toBe(2_400_000);
  await writeFile(path, `PK\u0003\u0004${values}`);
  expect((await readBytes(path)).length).toBe(2_400_004);
});

describe.runIf(process.platform !== 'win32')('a pipe', () => {
  test('is read to its end, however slowly the writer is', async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.join('pipe');
    execFileSync('mkfifo', [path]);
    const script = 'sleep 0.3; (printf a; sleep 0.3; head -c 100000 /dev/zero | tr "\\0" b) >"$0"';
    spawn('sh', ['-c', script, path], { stdio: 'ignore' });
    expect(await readText(path)).toBe(`a${'b'.repeat(100_000)}`);
  });
});

test('a file is read as a whole, whatever its size', async () => {
  await using directory = await TemporaryDirectory.create();
  for (const size of [0, 1, 65_535, 65_536, 65_537, 1_000_000]) {
    const content = Buffer.alloc(size, 'abc');
    await writeFile(directory.join('file'), content);
    expect(content.equals(await readBytes(directory.join('file')))).toBe(true);
  }
});
