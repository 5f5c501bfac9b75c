import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { FileError, UsageError } from '../../errors.ts';
import { exists } from './files.ts';
import { leadsInto } from './inside.ts';

/** A file that is to be written, and those that the same command reads or writes. */
export interface FileToWrite {
  /** As the user named it. */
  readonly path: string;
  /** Another one can be named with it. */
  readonly option: string;
  /** What the option names, if that isn't the file itself. */
  readonly names?: 'folder';
  /** Also those in ZIP files, such as `Pets.zip!/solution.xml`. */
  readonly others: readonly (string | undefined)[];
  /** Folders of which all files are read. */
  readonly folders?: readonly string[];
}

/**
 * Raises {@link UsageError} for a file to write that is one of the others, under whatever name: its content would be lost, and
 * `FileError` for one whose place a folder has.
 */
export async function requireOtherFile(
  { path, option, names, others, folders = [] }: FileToWrite,
  workingDirectory: string,
): Promise<void> {
  const identityOf = async (name: string): Promise<string> => {
    const resolved = resolve(workingDirectory, name);
    const status = await stat(resolved, { bigint: true }).catch(() => undefined);
    return status?.isFile() === true ? `${status.dev}:${status.ino}` : resolved;
  };
  const resolved = resolve(workingDirectory, path);
  if (names === undefined && (await stat(resolved).catch(() => undefined))?.isDirectory() === true)
    throw new FileError(`${path} can't be written: it's a folder.`);
  const used = await Promise.all(
    others.flatMap((other) => (other === undefined ? [] : identityOf(other.replace(/!\/.*$/su, '')))),
  );
  const inFolders = folders.map((folder) => resolve(workingDirectory, folder));
  const isRead = (await exists(resolved)) && (await leadsInto(inFolders, resolved));
  if (!isRead && !used.includes(await identityOf(path))) return;
  const hint = `Choose another ${names ?? 'one'} with ${option}.`;
  throw new UsageError(`${path} is a file that this command uses.`, { hint });
}
