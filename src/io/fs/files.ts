import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import {
  copyFile,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ZodType } from 'zod';
import { codeOf, DamagedFileError, FileError } from '../../errors.ts';
import { decodeText } from '../../json/decode.ts';
import { parseJson } from '../../json/parse.ts';
import { inOrder } from '../async.ts';

export interface NewFile {
  /** Absolute path. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Whether something is there under this name. Raises {@link FileError} when that is unknown. */
export async function exists(path: string): Promise<boolean> {
  return (await lookUp(path)) !== undefined;
}

async function lookUp(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(path, error);
  }
}

/** Whether there is a file of this name, and no directory. Raises {@link FileError} when that is unknown. */
export async function isFile(path: string): Promise<boolean> {
  return (await lookUp(path))?.isFile() ?? false;
}

/** Whether two paths lead to one file, or to files with the same bytes. Raises {@link FileError}. */
export async function isSameContent(one: string, other: string): Promise<boolean> {
  try {
    if ((await realpath(one)) === (await realpath(other))) return true;
  } catch (error) {
    throw unreadable(one, error);
  }
  const [bytes, otherBytes] = [await readBytes(one), await readBytes(other)];
  return Buffer.compare(bytes, otherBytes) === 0;
}

/** The bytes of a file. Raises {@link FileError}; `shown` is the path as the user knows it. */
export async function readBytes(path: string, shown = path): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) throw new FileError(`File does not exist: ${shown}`, { cause: error });
    throw unreadable(shown, error);
  }
}

/**
 * The bytes of a file that has at most so many, or of what comes out of a pipe. It is opened once, and read no further than
 * that. Raises {@link FileError}, also for a larger one.
 */
export async function readLimited(path: string, most: number, shown = path): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > most) throw tooLarge(shown, most);
      const chunks: Buffer[] = [];
      let length = 0;
      // A pipe does not say how much comes out of it, and a device has no end.
      for await (const chunk of file.createReadStream({ autoClose: false })) {
        chunks.push(chunk);
        length += chunk.length;
        if (length > most) throw tooLarge(shown, most);
      }
      return Buffer.concat(chunks, length);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof FileError) throw error;
    if (isMissing(error)) throw new FileError(`File does not exist: ${shown}`, { cause: error });
    throw unreadable(shown, error);
  }
}

function tooLarge(shown: string, most: number): FileError {
  return new FileError(`${shown} has more than ${Math.floor(most / 1024 / 1024)} MB: that is no file of a connector.`);
}

/** The beginning of a file, and how long it is. Raises {@link FileError}. */
export async function readBeginning(
  path: string,
  length: number,
  shown = path,
): Promise<{ readonly bytes: Uint8Array; readonly size: number }> {
  try {
    const file = await open(path);
    try {
      const status = await file.stat();
      // A pipe does not tell how much comes out of it.
      if (status.isFIFO()) return withSize(await file.readFile());
      const { size } = status;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, length)), 0);
      return { bytes: buffer.subarray(0, bytesRead), size };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isMissing(error)) throw new FileError(`File does not exist: ${shown}`, { cause: error });
    throw unreadable(shown, error);
  }
}

function withSize(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly size: number } {
  return { bytes, size: bytes.length };
}

/** What is in a directory. */
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

/** The text of a UTF-8 file, without its byte order mark. Raises {@link FileError}. */
export async function readText(path: string, shown = path): Promise<string> {
  return decodeText(await readBytes(path, shown), shown);
}

/**
 * A JSON file of our own, or undefined when there is none. Raises {@link DamagedFileError} when it holds something else
 * than the schema says, {@link FileError} when it cannot be read.
 */
export async function readOwnJson<T>(path: string, schema: ZodType<T>): Promise<T | undefined> {
  if (!(await exists(path))) return undefined;
  // Bytes that are no text are damage like any other.
  const parsed = schema.safeParse(parseJson(new TextDecoder().decode(await readBytes(path))));
  if (!parsed.success) throw new DamagedFileError(`${path} is damaged.`, { cause: parsed.error });
  return parsed.data;
}

/** Writes a file that only its owner can read, whole or not at all. Missing directories are made. */
export async function writePrivateFile(path: string, content: string): Promise<void> {
  await makePrivateDirectory(dirname(path));
  await replaceFiles([{ path, content }], async () => 0o600);
}

/** Makes a directory that only its owner can enter, unless there is one. Raises {@link FileError}. */
export async function makePrivateDirectory(path: string): Promise<void> {
  await makeDirectory(path, 0o700);
}

/** Only what is missing is made: on Windows the root of a drive cannot be, though it is there. */
async function makeDirectory(path: string, mode?: number): Promise<void> {
  if ((await lookUp(path))?.isDirectory()) return;
  await orUnwritable(path, mkdir(path, { recursive: true, mode }));
}

/**
 * Writes a file that somebody has named, whole or not at all. What is there and is no regular file is written to, not replaced:
 * a link, a device, a pipe. Raises {@link FileError}.
 */
export async function writeNamedFile(file: NewFile): Promise<void> {
  const status = await lstat(file.path).catch(() => undefined);
  if (status === undefined || status.isFile()) await writeFiles([file]);
  else await orUnwritable(file.path, writeFile(file.path, file.content));
}

/**
 * Writes all files, or leaves everything as it was: contents are written beside their targets, then put in place. When
 * one of them cannot be, those already replaced are put back. Missing directories are made. Raises {@link FileError}.
 */
export async function writeFiles(files: readonly NewFile[]): Promise<void> {
  const made: string[] = [];
  try {
    for (const { path } of files) {
      const directory = dirname(path);
      made.push(...(await missingDirectories(directory)));
      await makeDirectory(directory);
    }
    await replaceFiles(files, permissions);
  } catch (error) {
    // Only what is empty goes, so nothing of the user's can.
    for (const directory of made.toReversed()) await rmdir(directory).catch(() => undefined);
    throw error;
  }
}

/** The directories that are made with this one, outermost first. */
async function missingDirectories(directory: string): Promise<string[]> {
  const parent = dirname(directory);
  if (parent === directory || (await exists(directory))) return [];
  return [...(await missingDirectories(parent)), directory];
}

/** @param modeOf The permissions a file is to have, unless they are those of any new file. */
async function replaceFiles(
  files: readonly NewFile[],
  modeOf: (path: string) => Promise<number | undefined>,
): Promise<void> {
  const staged = files.map((file) => ({ ...file, temporary: besides(file.path, 'new') }));
  const backups = new Map<string, string>();
  const replaced: string[] = [];
  try {
    // Side by side: each of them waits for the disk.
    await inOrder(
      staged.map(async ({ path, content, temporary }) => {
        await orUnwritable(path, writeDurably(temporary, content, await modeOf(path)));
      }),
    );
    await inOrder(
      // Nothing can fail after the last one, so it needs no way back.
      files.slice(0, -1).map(async ({ path }) => {
        if (!(await exists(path))) return;
        const backup = besides(path, 'old');
        backups.set(path, backup);
        await orUnwritable(path, copyFile(path, backup));
      }),
    );
    for (const { path, temporary } of staged) {
      await orUnwritable(path, rename(temporary, path));
      replaced.push(path);
    }
  } catch (error) {
    const left = await putBack(replaced.map((path) => ({ path, backup: backups.get(path) })));
    // The only copy of what the user had.
    for (const { path } of left) backups.delete(path);
    throw left.length === 0 ? error : withCopies(error, left);
  } finally {
    const leftovers = [...staged.map(({ temporary }) => temporary), ...backups.values()];
    // Which one cannot be removed is in nobody's way.
    await Promise.all(leftovers.map(async (path) => await rm(path, { force: true }).catch(() => undefined)));
  }
}

/** A file that was replaced, and the copy of what it was; without one it is new. */
interface ReplacedFile {
  readonly path: string;
  readonly backup: string | undefined;
}

/**
 * Puts files back, each as far as it can be: on Windows another program can have one open. Gives those that could not be, with
 * their copies, which are still there.
 */
async function putBack(files: readonly ReplacedFile[]): Promise<readonly ReplacedFile[]> {
  const left: ReplacedFile[] = [];
  for (const file of files) {
    const { path, backup } = file;
    const putting = backup === undefined ? rm(path, { force: true }) : rename(backup, path);
    await putting.catch(() => left.push(file));
  }
  return left.filter(({ backup }) => backup !== undefined);
}

/** The error with the copies of files that could not be put back. */
function withCopies(error: unknown, left: readonly ReplacedFile[]): FileError {
  const message = error instanceof FileError ? error.message : String(error);
  const copies = left.map(({ path, backup }) => `Can't restore ${path}. Its previous content is in ${backup}.`);
  return new FileError(message, { detail: copies.join('\n'), cause: error });
}

/** Waits for work that writes. What goes wrong with it becomes a {@link FileError}; `shown` is what the user calls it. */
export async function orUnwritable<T>(shown: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new FileError(`${shown} cannot be written: ${reason(error)}.`, { cause: error });
  }
}

async function permissions(path: string): Promise<number | undefined> {
  const status = await lookUp(path);
  return status?.isFile() ? status.mode & 0o777 : undefined;
}

/** Writes a new file, which is on the disk then. Raises the error of the system. */
export async function writeDurably(
  path: string,
  content: string | Uint8Array,
  mode: number | undefined,
): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    // A new file gets its permissions less those that the process does not give; here they are meant as they are.
    if (mode !== undefined) await file.chmod(mode);
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

function besides(path: string, purpose: string): string {
  // Not with the name in it: that can be as long as a name may be.
  return join(dirname(path), `.paconn-${randomBytes(8).toString('hex')}.${purpose}`);
}

/** Removes a file; one that is not there is fine. Raises {@link FileError}. */
export async function removeFile(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (error) {
    throw new FileError(`${path} cannot be removed: ${reason(error)}.`, { cause: error });
  }
}

/** Nothing is there, or can be under such a name. */
function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(error) ?? '');
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'it is a directory',
  ERR_FS_EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is not a directory',
  EEXIST: 'a file of that name is in the way',
  ENOSPC: 'no space left on the disk',
  EROFS: 'the disk is read-only',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
};

function reason(error: unknown): string {
  const code = codeOf(error);
  return code === undefined ? String(error) : (reasons[code] ?? code);
}

function unreadable(shown: string, error: unknown): FileError {
  return new FileError(`${shown} cannot be read: ${reason(error)}.`, { cause: error });
}
