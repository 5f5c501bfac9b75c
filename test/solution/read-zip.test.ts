import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FileError } from '../../src/errors.ts';
import { readZip, readZipTree } from '../../src/solution/read-zip.ts';
import { type ZipEntry, zipOf, zipOfFiles } from '../support/zip.ts';

async function failure(bytes: Uint8Array, budget?: { bytes: number }): Promise<string> {
  try {
    await readZip(bytes, 'a.zip', budget);
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
  return 'none';
}

test('files are read by their names, in any order, stored or compressed', async () => {
  const zip = await readZip(
    zipOf([
      { name: 'b/c.txt', content: 'deflated', method: 8 },
      { name: 'a.txt', content: 'stored', method: 0 },
      { name: 'empty/' },
    ]),
    'a.zip',
  );
  expect([...zip.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([
    ['b/c.txt', 'deflated'],
    ['a.txt', 'stored'],
  ]);
  expect([...zip.folders]).toEqual(['b', 'empty']);
  expect(zip.hasBackslashes).toBe(false);
});

test('names with backslashes are read as paths', async () => {
  const zip = await readZip(zipOfFiles({ 'PkgAssets\\a.zip': 'x' }), 'a.zip');
  expect([...zip.files.keys()]).toEqual(['PkgAssets/a.zip']);
  expect(zip.hasBackslashes).toBe(true);
});

test('entries of ZIP64 are read', async () => {
  const zip = await readZip(zipOf([{ name: 'a.txt', content: 'large', isZip64: true }]), 'a.zip');
  expect(Buffer.from(zip.files.get('a.txt') ?? []).toString()).toBe('large');
});

describe('harmful and ambiguous archives are refused', () => {
  const twice = (one: string, other: string): readonly ZipEntry[] => [{ name: one }, { name: other }];
  test.each<[string, readonly ZipEntry[], RegExp]>([
    ['a path out of it', [{ name: '../a.txt', content: 'x' }], /^a\.zip: the path "\.\.\/a\.txt" isn't allowed\.$/u],
    ['a path out of it with backslashes', [{ name: '..\\a.txt', content: 'x' }], /path/u],
    ['an absolute path', [{ name: '/etc/passwd', content: 'x' }], /path/u],
    ['a path with a drive', [{ name: 'C:/a.txt', content: 'x' }], /path/u],
    ['a symbolic link', [{ name: 'a', content: '/etc/passwd', mode: 0o120777 }], /^a\.zip: a is a symbolic link\.$/u],
    ['a pipe', [{ name: 'a', content: '', mode: 0o010644 }], /^a\.zip: a is a device or pipe\.$/u],
    [
      'entries with the same bytes',
      [
        { name: 'a', content: 'xyz' },
        { name: 'b', content: 'xyz', isAtStart: true },
      ],
      /^a\.zip: b shares bytes with a\.$/u,
    ],
    [
      'a name of many folders',
      [{ name: `${'a/'.repeat(32)}x`, content: 'x' }],
      /more than 1000 .* or 32 folder levels/u,
    ],
    ['a name without end', [{ name: 'a'.repeat(1001), content: 'x' }], /more than 1000 characters/u],
    ['an encrypted entry', [{ name: 'a', content: 'x', flags: 1 }], /^a\.zip: a is encrypted\.$/u],
    ['an unknown method', [{ name: 'a', content: 'x', method: 14 }], /a is compressed with a method/u],
    ['the same name twice', twice('a.txt', 'a.txt'), /two entries with the name a\.txt/u],
    ['names that differ by case', twice('a.txt', 'A.TXT'), /two entries with the name A\.TXT/u],
    ['a folder and a file of one name', twice('a', 'a/'), /two entries/u],
    [
      'a file that is a folder',
      [
        { name: 'a', content: 'x' },
        { name: 'a/b', content: 'x' },
      ],
      /both a file and a folder/u,
    ],
    ['more than it says', [{ name: 'a', content: 'x'.repeat(100_000), size: 10 }], /damaged/u],
    ['another checksum', [{ name: 'a', content: 'x', checksum: 7 }], /damaged: a doesn't match the checksum/u],
    ['another checksum, stored', [{ name: 'a', content: 'x', method: 0, checksum: 7 }], /damaged: a doesn't match/u],
    ['a size beyond all measure', [{ name: 'a', content: 'x', size: 2 ** 52, isZip64: true }], /too large/u],
    ['no name', [{ name: '', content: 'x' }], /the path "" isn't allowed/u],
    ['a name with a control character', [{ name: 'a\u0000.json', content: 'x' }], /the path "a\\u0000.json" isn't/u],
    ['a name with a control sequence', [{ name: 'a\u001B[31m.json', content: 'x' }], /the path "a.*" isn't allowed/u],
    ['a name with a deletion', [{ name: 'a\u007F.json', content: 'x' }], /the path "a.*" isn't allowed/u],
    ['a name with an empty part', [{ name: 'a//b', content: 'x' }], /the path "a\/\/b" isn't allowed/u],
    ['a name with a dot', [{ name: 'a/./b', content: 'x' }], /the path "a\/.\/b" isn't allowed/u],
    ['a name that begins with a dot', [{ name: './a', content: 'x' }], /the path ".\/a" isn't allowed/u],
    ['less than it says', [{ name: 'a', content: 'x', size: 10 }], /damaged/u],
  ])('%s', async (_what, entries, message) => {
    expect(await failure(zipOf(entries))).toMatch(message);
  });

  test('too much data, which is known before any of it is unpacked', async () => {
    const entries = [
      { name: 'a', content: Buffer.alloc(1000), checksum: 7 },
      { name: 'b', content: Buffer.alloc(1000) },
    ];
    expect(await failure(zipOf(entries), { bytes: 1999 })).toMatch(/too large/u);
    expect(await failure(zipOf(entries), { bytes: 2000 })).toMatch(/checksum/u);
    const inner = zipOfFiles({ a: Buffer.alloc(1000) });
    const outer = zipOfFiles({ 'a.zip': inner, 'b.zip': inner });
    const bytes = 2 * inner.length + 1999;
    await expect(readZipTree(outer, 'o.zip', { budget: { bytes } })).rejects.toThrow('o.zip!/b.zip is too large');
    expect([...(await readZipTree(outer, 'o.zip', { budget: { bytes: bytes + 1 } })).nested.values()]).toHaveLength(2);
  });

  test('too much data', async () => {
    const zip = zipOfFiles({ a: Buffer.alloc(1000), b: Buffer.alloc(1000) });
    expect(await failure(zip, { bytes: 1999 })).toMatch(/too large/u);
    expect(await failure(zip, { bytes: 2000 })).toBe('none');
  });

  test('too many entries', async () => {
    expect(await failure(zipOf(Array.from({ length: 10_001 }, (_, index) => ({ name: `${index}` }))))).toMatch(
      /more than 10000 entries/u,
    );
  });

  test('other files and damaged archives, with a paconn error', async () => {
    const whole = zipOfFiles({ 'a/b.txt': 'some text, some text', 'c.txt': 'more' });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255), async (length, at, byte) => {
        const damaged = Buffer.from(whole.subarray(0, Math.max(length, 1)));
        damaged[at % damaged.length] = byte;
        await failure(damaged);
      }),
      { numRuns: 300 },
    );
    expect(await failure(Buffer.from('no zip'))).toBe("a.zip isn't a ZIP file, or is damaged.");
  });
});
