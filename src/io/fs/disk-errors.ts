import { platform } from 'node:os';
import { basename, dirname } from 'node:path';
import { codeOf, FileError } from '../../errors.ts';
import { commandWord } from '../terminal/command-word.ts';

/** Nothing is there, or can be under such a name. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(error) ?? '');
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EBUSY: 'another program has it open',
  EISDIR: "it's a folder",
  ERR_FS_EISDIR: "it's a folder",
  ENOENT: "its folder doesn't exist",
  ENOTDIR: "a part of the path isn't a folder",
  EEXIST: 'a file of that name is in the way',
  ENOSPC: 'no space left on the disk',
  EROFS: 'the disk is read-only',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENXIO: "it's a pipe or a device",
  EFBIG: "it's too large",
};

/** Windows doesn't tell a file that is open from one that is protected. */
const reasonsOnWindows: Readonly<Record<string, string>> = {
  EPERM: 'another program may have it open, or it is protected',
};

/** Why the system refuses, in words. */
export function reason(error: unknown, system: NodeJS.Platform = platform()): string {
  const code = codeOf(error);
  if (code === undefined) return String(error);
  return (system === 'win32' ? reasonsOnWindows[code] : undefined) ?? reasons[code] ?? code;
}

export function unreadable(shown: string, error: unknown): FileError {
  return new FileError(`${shown} can't be read: ${reason(error)}.`, { cause: error });
}

/** The same of a file of our own: one that we may not read was hardly made by this account. */
export function unreadableOwn(path: string, error: unknown, system: NodeJS.Platform = platform()): FileError {
  const directory = dirname(path);
  // Not of a folder that PACONN_CONFIG_DIR names: that can have other things, whose owner is right.
  const isOthers = codeOf(error) === 'EACCES' && system !== 'win32' && basename(directory) === '.paconn';
  return new FileError(`${path} can't be read: ${reason(error, system)}.`, {
    cause: error,
    hint: isOthers
      ? `If you ran paconn with sudo, the folder may belong to root. To make it yours, run:\n  sudo chown -R "$(id -u)" ${commandWord(directory)}`
      : undefined,
  });
}

export function unwritable(shown: string, error: unknown): FileError {
  return new FileError(`${shown} can't be written: ${reason(error)}.`, { cause: error });
}

/** Waits for work that reads. What goes wrong with it becomes a {@link FileError}; `shown` is what the user calls it. */
export async function orUnreadable<T>(shown: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw unreadable(shown, error);
  }
}

/** Waits for work that writes. What goes wrong with it becomes a {@link FileError}; `shown` is what the user calls it. */
export async function orUnwritable<T>(shown: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw unwritable(shown, error);
  }
}
