import { chmod, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { isMissing, unreadable } from './disk-errors.ts';

/** What the system says about a file or a folder. */
export interface Rights {
  /** The account that it belongs to. */
  readonly uid: number;
  readonly mode: number;
}

/** Who can read or replace a file: unknown on Windows, where modes mean nothing. */
export type Access = 'owner' | 'others' | 'unknown';

const system = 0;

/** @param uid The account of this process. */
export function accessOf(file: Rights, folder: Rights, uid: number): Access {
  const isOurs = file.uid === uid && (file.mode & 0o077) === 0;
  // In a sticky one, such as /tmp, everybody may only replace what is theirs.
  const isFolderClosed = (folder.mode & 0o022) === 0 || (folder.mode & 0o1000) !== 0;
  return isOurs && isFolderClosed && [uid, system].includes(folder.uid) ? 'owner' : 'others';
}

/** Who can read or replace this file. Raises `FileError` when that is unknown. */
export async function accessTo(path: string): Promise<Access> {
  const uid = process.getuid?.();
  if (uid === undefined) return 'unknown';
  try {
    return accessOf(await stat(path), await stat(dirname(path)), uid);
  } catch (error) {
    if (isMissing(error)) return 'unknown';
    throw unreadable(path, error);
  }
}

/**
 * Takes a folder that is called as paconn calls its own from all others, if it's ours: older tools made it for everybody. One of
 * another name, which PACONN_CONFIG_DIR can name, may be for other things as well.
 */
export async function closeToOthers(directory: string): Promise<void> {
  if (basename(directory) !== '.paconn') return;
  const { uid, mode } = await stat(directory);
  // A disk that refuses it isn't in the way: whoever says where the sign-in is looks at it.
  if (uid === process.getuid?.() && (mode & 0o077) !== 0) await chmod(directory, mode & 0o700).catch(() => undefined);
}
