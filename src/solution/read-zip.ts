import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { FileError } from '../errors.ts';
import { crc32 } from '../connector/crc32.ts';
import { type Archive, foldersOf, nameInArchive } from './archive.ts';
import type { ArchiveTree, NestedArchive } from './connector-package.ts';

/** Far above what a certification package needs. */
const mostEntries = 10_000;

/** Of the names of entries: far above what a solution has, and each folder of a name is listed. */
const longestName = 1000;
const mostLevels = 32;

/** How many bytes a ZIP file and those in it may have when they are unpacked. */
export const mostBytes = 512 * 1024 * 1024;

/** What is left of that; shared by a ZIP file and those in it. */
export interface Budget {
  bytes: number;
}

/** A ZIP file of which only the names and sizes were read. */
interface OpenZip {
  readonly name: string;
  readonly zip: ZipFile;
  readonly entries: readonly Entry[];
}

/**
 * The files of a ZIP file. Raises `FileError` for what is none, for a damaged one, and for what could do harm or mean two
 * things: encrypted entries, links and devices, paths that lead out of it, names that differ only by case, and too much data.
 */
export async function readZip(
  bytes: Uint8Array,
  name: string,
  budget: Budget = { bytes: mostBytes },
): Promise<Archive> {
  return await readContents(await openZip(bytes, name, budget));
}

/** Reads names and sizes, and takes the sizes off the budget before anything is unpacked. Raises `FileError`. */
async function openZip(bytes: Uint8Array, name: string, budget: Budget): Promise<OpenZip> {
  return await orDamaged(name, async () => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const zip = await fromBufferPromise(buffer, { lazyEntries: true });
    if (zip.entryCount > mostEntries) throw new FileError(`${name} has more than ${mostEntries} entries.`);
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      requireHarmless(entry, name);
      // The stream ends with an error where there is more than the entry says.
      budget.bytes -= entry.uncompressedSize;
      entries.push(entry);
    }
    requireApart(entries, name);
    if (budget.bytes < 0) {
      throw new FileError(`${name} is too large: unpacked, it has more than ${mostBytes / 1024 / 1024} MB.`);
    }
    return { name, zip, entries };
  });
}

/** Bytes before the name of an entry, where its content is. */
const shortestHeader = 30;

/** Each entry has bytes of its own: what unpacks the same ones again and again is a bomb. */
function requireApart(entries: readonly Entry[], name: string): void {
  const places = entries
    .map(({ fileName, relativeOffsetOfLocalHeader: start, compressedSize }) => ({
      fileName,
      start,
      end: start + shortestHeader + compressedSize,
    }))
    .toSorted((one, other) => one.start - other.start);
  for (const [index, { fileName, start }] of places.entries()) {
    const before = places[index - 1];
    if (before && before.end > start) throw new FileError(`${name}: ${fileName} shares bytes with ${before.fileName}.`);
  }
}

async function orDamaged<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FileError) throw error;
    const path = error instanceof Error ? forbiddenPath.exec(error.message)?.groups?.['path'] : undefined;
    if (path !== undefined) throw new FileError(pathRefusal(name, path), { cause: error });
    throw new FileError(`${name} isn't a ZIP file, or is damaged.`, { cause: error });
  }
}

/** How yauzl refuses a path, which leads out of the ZIP file. */
const forbiddenPath = /^(?:absolute path|invalid relative path|invalid characters in fileName): (?<path>.*)$/su;

function pathRefusal(name: string, path: string): string {
  return `${name}: the path ${JSON.stringify(path)} isn't allowed.`;
}

async function readContents({ name, zip, entries }: OpenZip): Promise<Archive> {
  return await orDamaged(name, async () => {
    const files = new Map<string, Uint8Array>();
    const folders = new Set<string>();
    const seen = new Set<string>();
    for (const entry of entries) {
      const { fileName } = entry;
      const key = fileName.toLowerCase().replace(/\/$/u, '');
      if (seen.has(key)) {
        throw new FileError(`${name} has two entries with the name ${fileName}, compared case-insensitively.`);
      }
      seen.add(key);
      for (const folder of foldersOf(fileName)) folders.add(folder);
      if (!fileName.endsWith('/')) files.set(fileName, await readEntry(zip, entry, name));
    }
    for (const folder of folders) {
      if (files.has(folder)) throw new FileError(`${name}: ${folder} is both a file and a folder.`);
    }
    const hasBackslashes = entries.some(({ fileNameRaw }) => fileNameRaw.includes(0x5c));
    return { name, isZip: true, files, folders, hasBackslashes };
  });
}

/** Nothing, an empty part, a dot, or what isn't seen: tools read such names in different ways. */
const unclearName = /^$|^\.?\/|\/\.?\/|\/\.$|^\.$|\p{Cc}/u;

/** The types of Unix that can be unpacked as they are; 0 where the ZIP file doesn't say. */
const harmlessTypes: ReadonlySet<number> = new Set([0, 0o04, 0o10]);

const symbolicLink = 0o12;

function requireHarmless(entry: Entry, name: string): void {
  const { fileName } = entry;
  // A name without the mark of UTF-8 has pictures in place of control characters.
  const hasControl = entry.fileNameRaw.some((byte) => byte < 0x20 || byte === 0x7f);
  if (hasControl || unclearName.test(fileName)) throw new FileError(pathRefusal(name, fileName));
  if (fileName.length > longestName || fileName.split('/').length > mostLevels) {
    throw new FileError(`${name}: a path has more than ${longestName} characters or ${mostLevels} folder levels.`);
  }
  if (entry.isEncrypted()) throw new FileError(`${name}: ${fileName} is encrypted.`);
  const type = entry.externalFileAttributes >>> 28;
  if (!harmlessTypes.has(type)) {
    throw new FileError(`${name}: ${fileName} is a ${type === symbolicLink ? 'symbolic link' : 'device or pipe'}.`);
  }
  if (!entry.canDecodeFileData()) {
    throw new FileError(`${name}: ${fileName} is compressed with a method that isn't supported.`);
  }
}

async function readEntry(zip: ZipFile, entry: Entry, name: string): Promise<Uint8Array> {
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
  const opened = new Map<string, OpenZip>();
  const orFault = async (entry: string, name: string, read: () => Promise<void>): Promise<void> => {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof FileError) || budget.bytes < 0) throw error;
      nested.set(entry, { name, fault: error.message });
    }
  };
  // The sizes of all are known before one is unpacked.
  for (const [entry, content] of depth < deepest ? archive.files : []) {
    if (!/\.zip$/iu.test(entry)) continue;
    const place = nameInArchive(archive, entry);
    const name = shown?.get(place) ?? place;
    await orFault(entry, name, async () => void opened.set(entry, await openZip(content, name, budget)));
  }
  for (const [entry, zip] of opened) {
    await orFault(entry, zip.name, async () => {
      nested.set(entry, await withNested(await readContents(zip), { ...options, depth: depth + 1, budget }));
    });
  }
  return { ...archive, nested };
}
