import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { FileError } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { type Archive, foldersOf, nameInArchive } from './archive.ts';
import type { ArchiveTree, NestedArchive } from './connector-package.ts';

/** Far above what a certification package needs. */
const mostEntries = 10_000;

/** How many bytes a ZIP file and those in it may have when they are unpacked. */
export const mostBytes = 512 * 1024 * 1024;

/** What is left of that; shared by a ZIP file and those in it. */
export interface Budget {
  bytes: number;
}

/**
 * The files of a ZIP file. Raises `FileError` for what is none, for a damaged one, and for what could do harm or mean two
 * things: encrypted entries, symbolic links, paths that lead out of it, names that differ only by case, and too much data.
 */
export async function readZip(
  bytes: Uint8Array,
  name: string,
  budget: Budget = { bytes: mostBytes },
): Promise<Archive> {
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
      lazyEntries: true,
    });
    return await readEntries(zip, name, budget);
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new FileError(
      `${name} isn't a ZIP file, or is damaged${leadsOut(error) ? ': a path in it isn’t allowed' : ''}.`,
      {
        cause: error,
      },
    );
  }
}

function leadsOut(error: unknown): boolean {
  return error instanceof Error && /absolute path|relative path|invalid characters/u.test(error.message);
}

async function readEntries(zip: ZipFile, name: string, budget: Budget): Promise<Archive> {
  if (zip.entryCount > mostEntries) throw new FileError(`${name} has more than ${mostEntries} entries.`);
  const files = new Map<string, Uint8Array>();
  const folders = new Set<string>();
  const seen = new Set<string>();
  let hasBackslashes = false;
  for await (const entry of zip.eachEntry()) {
    const { fileName } = entry;
    requireHarmless(entry, name);
    hasBackslashes ||= entry.fileNameRaw.includes(0x5c);
    const key = fileName.toLowerCase().replace(/\/$/u, '');
    if (seen.has(key)) throw new FileError(`${name} has two entries named ${fileName}, or names that differ by case.`);
    seen.add(key);
    for (const folder of foldersOf(fileName)) folders.add(folder);
    if (fileName.endsWith('/')) continue;
    files.set(fileName, await readEntry(zip, entry, name, budget));
  }
  for (const folder of folders) {
    if (files.has(folder)) throw new FileError(`${name}: ${folder} is both a file and a folder.`);
  }
  return { name, isZip: true, files, folders, hasBackslashes };
}

/** Nothing, an empty part, a dot, or what isn't seen: tools read such names in different ways. */
const unclearName = /^$|^\.?\/|\/\.?\/|\/\.$|^\.$|\p{Cc}/u;

const symbolicLink = 0o12;

function requireHarmless(entry: Entry, name: string): void {
  const { fileName } = entry;
  if (unclearName.test(fileName)) throw new FileError(`${name}: the path ${JSON.stringify(fileName)} isn't allowed.`);
  if (entry.isEncrypted()) throw new FileError(`${name}: ${fileName} is encrypted.`);
  if (entry.externalFileAttributes >>> 28 === symbolicLink) {
    throw new FileError(`${name}: ${fileName} is a symbolic link.`);
  }
  if (!entry.canDecodeFileData()) {
    throw new FileError(`${name}: ${fileName} is compressed with a method that isn't supported.`);
  }
}

async function readEntry(zip: ZipFile, entry: Entry, name: string, budget: Budget): Promise<Uint8Array> {
  // The stream ends with an error where there is more than the entry says.
  budget.bytes -= entry.uncompressedSize;
  if (budget.bytes < 0) {
    throw new FileError(`${name} is too large: unpacked, it has more than ${mostBytes / 1024 / 1024} MB.`);
  }
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const content = Buffer.concat(chunks);
  if (crc32(content) !== entry.crc32) {
    throw new FileError(`${name} is damaged: ${entry.fileName} doesn't match the checksum in the ZIP file.`);
  }
  return content;
}

/** How deep ZIP files in ZIP files are read: a package has solutions in a package. */
const deepest = 3;

export interface TreeOptions {
  readonly depth?: number;
  readonly budget?: Budget;
  /** What ZIP files in it are called where that isn't their place, which they have been copied to. */
  readonly shown?: ReadonlyMap<string, string>;
}

/** The same with the ZIP files in it, as far as they can be read. */
export async function readZipTree(bytes: Uint8Array, name: string, options: TreeOptions = {}): Promise<ArchiveTree> {
  const budget = options.budget ?? { bytes: mostBytes };
  return await withNested(await readZip(bytes, name, budget), { ...options, budget });
}

/** An archive with the ZIP files in it, as far as they can be read. */
export async function withNested(archive: Archive, options: TreeOptions = {}): Promise<ArchiveTree> {
  const { depth = 1, budget = { bytes: mostBytes }, shown } = options;
  const nested = new Map<string, NestedArchive>();
  if (depth === deepest) return { ...archive, nested };
  for (const [entry, content] of archive.files) {
    if (!/\.zip$/iu.test(entry)) continue;
    const place = nameInArchive(archive, entry);
    const name = shown?.get(place) ?? place;
    try {
      nested.set(entry, await readZipTree(content, name, { ...options, depth: depth + 1, budget }));
    } catch (error) {
      if (!(error instanceof FileError) || budget.bytes < 0) throw error;
      nested.set(entry, { name, fault: error.message });
    }
  }
  return { ...archive, nested };
}
