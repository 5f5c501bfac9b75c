import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { exists } from '../../io/files.ts';
import type { Result } from '../../output/result.ts';
import type { GivenSettings } from '../../settings/settings.ts';
import { settingsFileName } from '../../settings/settings-file.ts';
import { findFolders } from './find-folders.ts';
import { inFolder } from '../input/in-folder.ts';
import { workThrough } from './work-through.ts';

export interface FolderWork {
  /** Folders of connectors, or folders of such folders. */
  readonly folders: readonly string[];
  /** Such as `Updating`, for the line of progress. */
  readonly doing: string;
  readonly concurrency: number;
  /** Is run in each folder of a connector, as if there were no other. */
  readonly work: (context: Context) => Promise<Result | void>;
}

/**
 * Does the same in each folder of a connector. Where one is named, and it is such a folder, that is all there is to it; else
 * as {@link workThrough}. Raises {@link UsageError} and `FileError`.
 */
export async function inEachFolder(
  { folders, doing, concurrency, work }: FolderWork,
  context: Context,
): Promise<Result | void> {
  const [only] = folders;
  const found = await connectorFolders(folders, context);
  if (only !== undefined && folders.length === 1 && found.length === 1 && found[0] === only) {
    return await work(inFolder(context, only));
  }
  const tasks = found.map((folder) => ({
    name: folder,
    facts: { folder },
    work: async (own: Context) => await work(inFolder(own, folder)),
  }));
  return await workThrough(tasks, { doing, concurrency }, context);
}

/** Raises {@link UsageError} for options that name what the settings of each folder name. Who is signed in they do not. */
export function requireFoldersAlone(
  { account: _account, ...settings }: Partial<GivenSettings>,
  settingsFile: string | undefined,
): void {
  const given = [...Object.values(settings), settingsFile || undefined];
  if (given.every((value) => value === undefined)) return;
  throw new UsageError(`Folders have their own ${settingsFileName}: options for what it says do not go beside them.`, {
    hint: 'Leave out the folders, or the options.',
  });
}

/** Each once, in order, however often it was named. */
async function connectorFolders(folders: readonly string[], { workingDirectory }: Context): Promise<readonly string[]> {
  const byPath = new Map<string, string>();
  for (const path of folders) {
    const found = await findFolders(path, workingDirectory);
    if (!found) throw await noFolder(path, workingDirectory);
    for (const { folder } of found) {
      const absolute = resolve(workingDirectory, folder);
      if (!byPath.has(absolute)) byPath.set(absolute, folder);
    }
  }
  return [...byPath.values()];
}

/** The error for what is not a folder. */
export async function noFolder(path: string, workingDirectory: string): Promise<UsageError> {
  const isFile = await exists(resolve(workingDirectory, path));
  return new UsageError(isFile ? `${path} is a file, not the folder of a connector.` : `There is no folder ${path}.`, {
    hint: isFile ? `A settings file is named with -s ${path}` : undefined,
  });
}
