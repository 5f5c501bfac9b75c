import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, stat, statfs } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname, win32 } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf, FileError } from '../../errors.ts';
import { decodeText } from '../../json/decode.ts';
import { requireReadable, tooLarge } from '../../json/readable.ts';
import { disk } from './disk.ts';
import { isMissing, unreadable } from './disk-errors.ts';

/** In bytes: of a ZIP file, or of what a command has written. */
const largest = 200 * 1024 * 1024;

/** Milliseconds for which nothing comes out of a pipe: as long as a program may take that writes into it. */
const longestSilence = 60_000;
/** The same where no program has it open to write into it: a shell opens it before it starts one. */
const longestWithoutWriter = 2000;
const askAgainAfter = 20;

export interface FileBeginning {
  readonly bytes: Uint8Array;
  readonly size: number;
}

/**
 * The bytes of a file, or what comes out of a pipe. Files are named by settings and folders of others: a device, a file of
 * the system, and what has no end are no files to read. Raises {@link FileError}; `shown` is the path as the user knows it.
 */
export async function readBytes(path: string, shown = path, most = largest): Promise<Uint8Array> {
  const { bytes } = await read(path, { shown, most });
  requireReadable(bytes, shown);
  return bytes;
}

/**
 * The same of a file with as many values as its size allows: what a command has written, or the description of an API, whose reader counts
 * them.
 */
export async function readLargeFile(path: string, shown = path, most = largest): Promise<Uint8Array> {
  const { bytes } = await read(path, { shown, most });
  return bytes;
}

/** The same; undefined where there is no file. */
export async function readBytesIfThere(path: string, shown = path): Promise<Uint8Array | undefined> {
  try {
    return await readBytes(path, shown);
  } catch (error) {
    if (error instanceof FileError && isMissing(error.cause)) return undefined;
    throw error;
  }
}

/** The beginning of a file, and how long it is. Raises as {@link readBytes}. */
export async function readBeginning(path: string, length: number, shown = path): Promise<FileBeginning> {
  return await read(path, { shown, length, most: largest });
}

/** The text of a UTF-8 file, without its byte order mark. Raises as {@link readBytes}. */
export async function readText(path: string, shown = path): Promise<string> {
  return decodeText(await readBytes(path, shown), shown);
}

interface Wanted {
  readonly shown: string;
  /** How much of a file is wanted, where that is not all of it; a pipe comes out as a whole. */
  readonly length?: number;
  /** In bytes. Larger files aren't read. */
  readonly most: number;
}

async function read(path: string, { shown, length, most }: Wanted): Promise<FileBeginning> {
  try {
    const status = await stat(path);
    await requireOrdinary(path, status, shown);
    if (status.isFIFO()) return await readPipeOnce(path, shown, most);
    if (length === undefined && status.size > most) throw tooLarge(shown, most);
    const file = await disk.open(path);
    try {
      const { size } = status;
      const bytes = await readUpTo(file, length ?? most + 1, size);
      if (length === undefined && bytes.length > most) throw tooLarge(shown, most);
      return { bytes, size };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof FileError) throw error;
    if (isMissing(error)) throw await missingFile(path, shown, error);
    throw unreadable(shown, error);
  }
}

/** The sentence of the Python tool, and where a relative path led to. */
async function missingFile(path: string, shown: string, cause: unknown): Promise<FileError> {
  const status = await lstat(path).catch(() => undefined);
  if (status?.isSymbolicLink()) return new FileError(`${shown} is a link that leads nowhere.`, { cause });
  // A path of Windows isn't looked for below a folder, on whichever system.
  const hint = win32.isAbsolute(shown) ? undefined : `Searched in ${dirname(path)}.`;
  return new FileError(`File does not exist: ${shown}`, { cause, hint });
}

/** Until the end of the file: it can have grown. One byte more than its size is asked for, since then the end shows itself. */
async function readUpTo(file: FileHandle, most: number, size: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < most) {
    const buffer = Buffer.allocUnsafe(Math.min(length > size ? 65_536 : size + 1 - length, most - length));
    const { bytesRead } = await file.read(buffer, 0, buffer.length);
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
    if (length === size && bytesRead < buffer.length) break;
  }
  return chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks, length);
}

/** By path. A pipe gives its content once, and more than one part of a command can need it: `validate` checks the settings it uses. */
const pipes = new Map<string, Promise<FileBeginning>>();

async function readPipeOnce(path: string, shown: string, most: number): Promise<FileBeginning> {
  const content = pipes.get(path) ?? readPipe(path, shown, most);
  pipes.set(path, content);
  return await content;
}

/** What comes out of a pipe. It is opened without waiting for who writes into it, which nothing could end. */
async function readPipe(path: string, shown: string, most: number): Promise<FileBeginning> {
  const file = await disk.open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const chunks: Buffer[] = [];
    const buffer = Buffer.allocUnsafe(65_536);
    let length = 0;
    let last = Date.now();
    for (;;) {
      const count = await readNow(file, buffer);
      if (count === 0 && length > 0) break;
      if (typeof count === 'number' && count > 0) {
        chunks.push(Buffer.from(buffer.subarray(0, count)));
        length += count;
        last = Date.now();
        if (length > most) throw tooLarge(shown, most);
        continue;
      }
      // Without a writer there is an end at once; one may be about to come.
      if (Date.now() - last > (count === 0 ? longestWithoutWriter : longestSilence))
        throw silentPipe(shown, count === 0);
      await pause(askAgainAfter);
    }
    return { bytes: Buffer.concat(chunks, length), size: length };
  } finally {
    await file.close();
  }
}

/** How much has come; undefined for nothing yet. */
async function readNow(file: FileHandle, buffer: Buffer): Promise<number | undefined> {
  try {
    return (await file.read(buffer, 0, buffer.length, null)).bytesRead;
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return undefined;
    throw error;
  }
}

/** The file systems in which Linux shows processes and devices: `proc`, `sysfs`, `debugfs`, `tracefs`. */
const systemFiles: ReadonlySet<number> = new Set([0x9f_a0, 0x62_65_65_72, 0x64_62_67_20, 0x74_72_61_63]);

async function requireOrdinary(path: string, status: Stats, shown: string): Promise<void> {
  if (status.isFIFO()) return;
  if (status.isDirectory()) throw new FileError(`${shown} can't be read: it's a folder.`);
  if (status.isFile() && !(await isOfSystem(path, status))) return;
  throw new FileError(`${shown} is a device or a file of the system, which no connector has.`);
}

/** By the number of each file system: files of a connector are on the same one. */
const systemDevices = new Map<number, boolean>();

async function isOfSystem(path: string, { dev }: Stats): Promise<boolean> {
  if (platform() !== 'linux') return false;
  const known = systemDevices.get(dev);
  if (known !== undefined) return known;
  const found = systemFiles.has((await statfs(path)).type);
  systemDevices.set(dev, found);
  return found;
}

function silentPipe(shown: string, isWithoutWriter: boolean): FileError {
  return new FileError(`${shown} is a pipe ${isWithoutWriter ? 'that no program writes to' : 'that stays empty'}.`);
}
