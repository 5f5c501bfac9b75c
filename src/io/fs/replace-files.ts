import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { codeOf, ConflictError, FileError } from '../../errors.ts';
import { inOrder } from '../async.ts';
import { type Disk, disk } from './disk.ts';
import { isMissing, orUnwritable } from './disk-errors.ts';
import { removeUnfinished } from './leftovers.ts';
import { readLargeFile } from './read-file.ts';

export interface NewFile {
  /** Absolute path. */
  readonly path: string;
  /** The folder that a link in its place may lead into: that of the file itself where nothing else is said. */
  readonly folder?: string | undefined;
  readonly content: string | Uint8Array;
  /**
   * What is there as far as is known, or null for nothing. What somebody has saved since is not replaced. Without it whatever is
   * there is.
   */
  readonly known?: Uint8Array | null | undefined;
}

/** A new file whose content may come in pieces, so that it's never in memory as a whole. */
export interface FileInPieces extends Omit<NewFile, 'content'> {
  readonly content: NewFile['content'] | Iterable<string>;
}

/**
 * Puts all files in place, or leaves everything as it was: contents are written beside their targets first. When one file cannot
 * be replaced, those before it are put back; a copy that could not be put back stays, and the error names it. Raises
 * {@link FileError}, and `ConflictError` for a file that is not what is known of it any more.
 *
 * @param modeOf The permissions a file is to have, unless they are those of any new file.
 */
export async function replaceFiles(
  files: readonly FileInPieces[],
  modeOf: (path: string) => Promise<number | undefined>,
  calls: Disk = disk,
): Promise<void> {
  const staged = files.map((file) => ({ ...file, temporary: besides(file.path, 'new') }));
  const backups = new Map<string, string>();
  const replaced: string[] = [];
  try {
    // Side by side: each of them waits for the disk.
    await inOrder(
      staged.map(async ({ path, content, temporary }) => {
        await orUnwritable(path, writeDurably(temporary, content, await modeOf(path), calls));
      }),
    );
    await inOrder(
      // Nothing can fail after the last one, so it needs no way back.
      files.slice(0, -1).map(async ({ path }) => {
        const backup = besides(path, 'old');
        if (await orUnwritable(path, isCopied(path, backup, calls))) backups.set(path, backup);
      }),
    );
    await requireKnown(files);
    for (const { temporary, ...file } of staged) {
      // Somebody may have saved it while those before it were put in place.
      await requireKnown([file]);
      const { path } = file;
      await orUnwritable(path, calls.rename(temporary, path));
      replaced.push(path);
    }
  } catch (error) {
    const left = await putBack(
      replaced.map((path) => ({ path, backup: backups.get(path) })),
      calls,
    );
    // The only copy of what the user had.
    for (const { path } of left) backups.delete(path);
    throw left.length === 0 ? error : withCopies(error, left);
  } finally {
    const leftovers = [...staged.map(({ temporary }) => temporary), ...backups.values()];
    await inOrder(leftovers.map(async (path) => await removeLeftover(path, calls)));
    const directories = new Set(files.map(({ path }) => dirname(path)));
    await inOrder([...directories].map(async (directory) => await removeUnfinished(directory)));
  }
}

/** Raises `ConflictError` for files that have something else than is known, and `FileError`. */
export async function requireKnown(files: readonly Pick<NewFile, 'path' | 'known'>[]): Promise<void> {
  const saved: string[] = [];
  for (const { path, known } of files) if (known !== undefined && !(await has(path, known))) saved.push(path);
  if (saved.length > 0) throw savedMeanwhileError(saved);
}

/** The error of files that were saved during the run. */
export function savedMeanwhileError(paths: readonly string[]): ConflictError {
  const words = paths.length === 1 ? 'A file was' : 'Files were';
  return new ConflictError(`${words} changed while paconn was working: ${paths.join(', ')}. Nothing was written.`, {
    hint: 'Run the same command again.',
  });
}

async function has(path: string, known: Uint8Array | null): Promise<boolean> {
  try {
    const bytes = await readLargeFile(path);
    return known !== null && Buffer.compare(bytes, known) === 0;
  } catch (error) {
    if (error instanceof FileError && isMissing(error.cause)) return known === null;
    throw error;
  }
}

/** Whether there was a file to be copied. */
async function isCopied(path: string, backup: string, calls: Disk): Promise<boolean> {
  try {
    await calls.copyFile(path, backup);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    await removeLeftover(backup, calls);
    throw error;
  }
}

/** A leftover file doesn't disturb anything. */
async function removeLeftover(path: string, calls: Disk): Promise<void> {
  await calls.rm(path, { force: true }).catch(() => undefined);
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
async function putBack(files: readonly ReplacedFile[], calls: Disk): Promise<readonly ReplacedFile[]> {
  const left: ReplacedFile[] = [];
  for (const file of files) {
    const { path, backup } = file;
    const putting = backup === undefined ? calls.rm(path, { force: true }) : calls.rename(backup, path);
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

/** Writes a new file, which is on the disk then. Raises the error of the system. */
export async function writeDurably(
  path: string,
  content: FileInPieces['content'],
  mode: number | undefined,
  calls: Disk = disk,
): Promise<void> {
  const file = await calls.open(path, 'wx', mode);
  try {
    // A new file gets its permissions less those that the process does not give; here they are meant as they are.
    if (mode !== undefined) await file.chmod(mode);
    const isWhole = typeof content === 'string' || content instanceof Uint8Array;
    // Each goes where the one before it ends.
    for (const piece of isWhole ? [content] : content) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name for a file that is soon gone again, in the directory of another. */
export function temporaryNextTo(path: string): string {
  return besides(path, 'new');
}

function besides(path: string, purpose: string): string {
  // Not with the name in it: that can be as long as a name may be.
  return join(dirname(path), `.paconn-${randomBytes(8).toString('hex')}.${purpose}`);
}
