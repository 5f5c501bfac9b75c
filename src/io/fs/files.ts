import type { Stats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { basename, dirname } from 'node:path';
import type { ZodType } from 'zod';
import { codeOf, DamagedFileError, FileError } from '../../errors.ts';
import { parseJson } from '../../json/parse.ts';
import { type Disk, disk } from './disk.ts';
import { isMissing, orUnreadable, orUnwritable, reason, unreadable, unreadableOwn, unwritable } from './disk-errors.ts';
import { writtenPath } from './linked-file.ts';
import { devicePath, isPortableName } from './portable-name.ts';
import { readLargeFile } from './read-file.ts';
import { type FileInPieces, replaceFiles, temporaryNextTo, writeDurably } from './replace-files.ts';

/** Whether something is there under this name. Raises {@link FileError} when that is unknown. */
export async function exists(path: string): Promise<boolean> {
  return (await lookUp(path)) !== undefined;
}

/** The same of a link as well that leads nowhere: whoever made it meant a file. */
export async function isNamed(path: string): Promise<boolean> {
  return (await lookUp(path, lstat)) !== undefined;
}

async function lookUp(path: string, look: (path: string) => Promise<Stats> = stat): Promise<Stats | undefined> {
  try {
    return await look(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(path, error);
  }
}

/** Whether a file was written after a time, in milliseconds since 1970. Raises {@link FileError} when that is unknown. */
export async function isWrittenSince(path: string, time: number): Promise<boolean> {
  // Times of files are finer than those of the clock.
  return Math.floor((await lookUp(path))?.mtimeMs ?? 0) > time;
}

/** Whether there is a file of this name, and no directory. Raises {@link FileError} when that is unknown. */
export async function isFile(path: string): Promise<boolean> {
  return (await lookUp(path))?.isFile() ?? false;
}

/** Whether what has this name is a link, wherever it leads. Raises {@link FileError} when that is unknown. */
export async function isLink(path: string): Promise<boolean> {
  return (await lookUp(path, lstat))?.isSymbolicLink() ?? false;
}

/** Whether two paths lead to one file, or to files with the same bytes. Raises {@link FileError}. */
export async function isSameContent(one: string, other: string): Promise<boolean> {
  const [path, otherPath] = [disk.realpath(one), disk.realpath(other)];
  if ((await orUnreadable(one, path)) === (await orUnreadable(other, otherPath))) return true;
  const [bytes, otherBytes] = [await readLargeFile(one), await readLargeFile(other)];
  return Buffer.compare(bytes, otherBytes) === 0;
}

/** The content of a folder. */
export interface DirectoryEntries {
  readonly files: readonly string[];
  readonly directories: readonly string[];
}

/** The names in a directory, sorted; undefined when there is none of this name. Raises {@link FileError}. */
export async function readDirectory(path: string, shown = path): Promise<DirectoryEntries | undefined> {
  if (!(await lookUp(path))?.isDirectory()) return undefined;
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const names = (wanted: boolean): string[] =>
      entries
        .filter((entry) => entry.isDirectory() === wanted)
        .map(({ name }) => name)
        .toSorted();
    return { files: names(false), directories: names(true) };
  } catch (error) {
    throw unreadable(shown, error);
  }
}

/**
 * A JSON file of our own, or undefined when there is none. Raises {@link DamagedFileError} when it holds something else
 * than the schema says, {@link FileError} when it cannot be read.
 */
export async function readOwnJson<T>(path: string, schema: ZodType<T>): Promise<T | undefined> {
  const bytes = await glanceAtOwn(path);
  if (bytes === undefined) return undefined;
  // Bytes that are no text are damage like any other.
  const parsed = schema.safeParse(parseJson(new TextDecoder().decode(bytes)));
  if (!parsed.success) throw new DamagedFileError(`${path} is damaged.`, { cause: parsed.error });
  return parsed.data;
}

async function glanceAtOwn(path: string): Promise<Uint8Array | undefined> {
  try {
    return (await disk.glance(path)).bytes;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadableOwn(path, error);
  }
}

/** Writes a file that only its owner can read, whole or not at all. Missing directories are made. */
export async function writePrivateFile(path: string, content: string): Promise<void> {
  await makePrivateDirectory(dirname(path));
  await replaceFiles([{ path, content }], async () => 0o600);
}

/** Makes a directory that only its owner can enter, unless there is one. Raises {@link FileError}. */
export async function makePrivateDirectory(path: string): Promise<void> {
  await makeDirectory(path, { mode: 0o700 });
}

/**
 * Makes a directory and those above it that are missing. Each is made by itself: on Windows the root of a drive cannot be, though it
 * is there, and there Node never ends with a name that cannot be made. Raises {@link FileError}.
 */
export async function makeDirectory(
  path: string,
  { mode, made = [], calls = disk }: MakingOptions = {},
): Promise<void> {
  if ((await lookUp(path))?.isDirectory()) return;
  const parent = dirname(path);
  if (parent !== path) await makeDirectory(parent, { mode, made, calls });
  try {
    await calls.mkdir(path, { mode });
    made.push(path);
  } catch (error) {
    // Another run may have made it in the meantime.
    if (codeOf(error) === 'EEXIST' && (await lookUp(path))?.isDirectory()) return;
    throw unwritable(path, error);
  }
}

interface MakingOptions {
  readonly mode?: number | undefined;
  /** Gets what is made, outermost first. */
  readonly made?: string[];
  readonly calls?: Disk;
}

/**
 * Writes a file that the user named, whole or not at all. What is there and is no regular file is written to, not replaced:
 * a link, a device, a pipe. Raises {@link FileError}, also for a name by which nobody would find the file on this system.
 */
export async function writeNamedFile(
  file: FileInPieces,
  system: NodeJS.Platform = platform(),
  calls: Disk = disk,
): Promise<void> {
  const { path, content } = file;
  const device = system === 'win32' ? devicePath(path) : undefined;
  const status = device === undefined ? await lstat(path).catch(() => undefined) : undefined;
  if (device !== undefined || status?.isFile() === false) {
    await orUnwritable(path, calls.writeFile(device ?? path, content));
    return;
  }
  if (system === 'win32' && !isPortableName(basename(path))) {
    throw new FileError(`${path} can't be written: Windows doesn't allow this name.`);
  }
  await writeFiles([file], calls);
}

/**
 * Writes all files, or leaves everything as it was: contents are written beside their targets, then put in place. When
 * one of them cannot be, those already replaced are put back. Missing directories are made. Of a link in the folder of the
 * connector what it leads to is written. Raises {@link FileError}.
 */
export async function writeFiles(files: readonly FileInPieces[], calls: Disk = disk): Promise<void> {
  const made: string[] = [];
  try {
    for (const { path } of files) {
      await makeDirectory(dirname(path), { made, calls });
    }
    const written = files.map(async (file) => ({
      ...file,
      path: await orUnwritable(file.path, writtenPath(file.path, file.folder)),
    }));
    await replaceFiles(await Promise.all(written), permissions, calls);
  } catch (error) {
    // Only empty folders are removed, so that no user file can be lost.
    for (const directory of made.toReversed()) await calls.rmdir(directory).catch(() => undefined);
    throw error;
  }
}

/**
 * Raises {@link FileError} when a file could not be written now: no rights, no space, a directory in the way. One that is there is
 * replaced by itself, for the system says of a file that may not be replaced only then that it may not. Raises `ConflictError`
 * when somebody saves it meanwhile.
 *
 * @param size About how many bytes are to be in it.
 */
export async function requireWritable(path: string, size: number, calls: Disk = disk): Promise<void> {
  await permissions(path);
  const written = await orUnwritable(path, writtenPath(path));
  // Another link would become a file.
  if ((await lstat(written).catch(() => undefined))?.isFile()) {
    const content = await readLargeFile(written);
    await replaceFiles([{ path: written, content, known: content }], permissions, calls);
  }
  const trial = temporaryNextTo(written);
  try {
    await orUnwritable(path, writeDurably(trial, new Uint8Array(size), undefined, calls));
  } finally {
    await calls.rm(trial, { force: true }).catch(() => undefined);
  }
}

async function permissions(path: string): Promise<number | undefined> {
  const status = await lookUp(path);
  // Said here, since Windows only says that it is not permitted.
  if (status?.isDirectory()) throw new FileError(`${path} can't be written: it's a folder.`);
  return status?.isFile() ? status.mode & 0o777 : undefined;
}

/** Removes a file; one that is not there is fine. Raises {@link FileError}. */
export async function removeFile(path: string): Promise<void> {
  try {
    await disk.rm(path, { force: true });
  } catch (error) {
    throw new FileError(`${path} can't be removed: ${reason(error)}.`, { cause: error });
  }
}
