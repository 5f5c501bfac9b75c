import { closeSync, constants, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import * as promises from 'node:fs/promises';
import { codeOf } from '../../errors.ts';
import { patiently } from './patience.ts';

/** What a file has, and when it was last touched, in milliseconds since 1970. */
export interface Glance {
  readonly bytes: Uint8Array;
  readonly touched: number;
}

/** What we ask of the file system, where another program can be in the way. */
export interface Disk {
  open(path: string, flags?: string | number, mode?: number): Promise<promises.FileHandle>;
  /** Reads a small file at once, not in the background: on Windows nobody can replace it while it is open. */
  glance(path: string): Promise<Glance>;
  writeFile(path: string, content: string | Uint8Array | Iterable<string>): Promise<void>;
  /** Makes a private file at once, not in the background: others hardly find it without its content. */
  claim(path: string, text: string): Promise<void>;
  copyFile(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options?: { readonly recursive?: boolean; readonly force?: boolean }): Promise<void>;
  rmdir(path: string): Promise<void>;
  mkdir(path: string, options?: { readonly mode?: number | undefined }): Promise<unknown>;
  realpath(path: string): Promise<string>;
}

/** The same calls, each of which is patient. */
export function patientDisk(calls: Disk, system?: NodeJS.Platform): Disk {
  return {
    open: (...args) => patiently(() => calls.open(...args), system),
    glance: (path) => patiently(() => calls.glance(path), system),
    writeFile: (...args) => patiently(() => calls.writeFile(...args), system),
    claim: (...args) => patiently(() => calls.claim(...args), system),
    copyFile: (...args) => patiently(() => calls.copyFile(...args), system),
    rename: (...args) => patiently(() => calls.rename(...args), system),
    rm: (...args) => patiently(() => calls.rm(...args), system),
    rmdir: (path) => patiently(() => calls.rmdir(path), system),
    mkdir: (...args) => patiently(() => calls.mkdir(...args), system),
    realpath: (path) => patiently(() => realpathOrItself(calls, path), system),
  };
}

/** Where a path leads is asked in vain: nothing is there, or nobody may know. */
const leadsNowhere = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES']);

/** Some drives of Windows (RAM disks, mapped ones) have no name that a path could be traced back to, and each says so in its way. */
async function realpathOrItself(calls: Disk, path: string): Promise<string> {
  try {
    return await calls.realpath(path);
  } catch (error) {
    if (leadsNowhere.has(codeOf(error) ?? '')) throw error;
    return path;
  }
}

/** In bytes. Our own files have a few thousand. */
const largestGlance = 64 * 1024 * 1024;

/** Reads a small file of our own at once. What is none, such as a pipe that nobody writes into, is not waited for. */
function glanceAt(path: string): Glance {
  // Opened anew each time: then a network drive does not answer from memory.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const status = fstatSync(file);
    if (status.isDirectory()) throw Object.assign(new Error("It's a folder."), { code: 'EISDIR' });
    if (!status.isFile()) throw Object.assign(new Error("It isn't a file."), { code: 'ENXIO' });
    if (status.size > largestGlance) throw Object.assign(new Error('It is too large.'), { code: 'EFBIG' });
    return { bytes: readFileSync(file), touched: status.mtimeMs };
  } finally {
    closeSync(file);
  }
}

/** The file system without retries. */
export const impatientDisk: Disk = {
  ...promises,
  glance: async (path) => glanceAt(path),
  claim: async (path, text) => writeFileSync(path, text, { flag: 'wx', mode: 0o600 }),
};

export const disk: Disk = patientDisk(impatientDisk);
