import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import type { Result } from '../output/result.ts';
import type { GivenSettings } from '../settings/settings.ts';
import { settingsFileName } from '../settings/settings-file.ts';
import { workThrough } from './work-through.ts';

export interface FolderWork {
  /** Those of connectors. */
  readonly folders: readonly string[];
  /** Whether there is no more to it than one connector: then nothing is said of many. */
  readonly isOne: boolean;
  /** Such as `Updating`, for the line of progress. */
  readonly doing: string;
  readonly concurrency: number;
  /** Is run in each folder of a connector, as if there were no other. */
  readonly work: (context: Context) => Promise<Result | void>;
}

/**
 * Does the same in each folder of a connector: in the only one as if it were the current one, else as {@link workThrough}.
 */
export async function inEachFolder(
  { folders, isOne, doing, concurrency, work }: FolderWork,
  context: Context,
): Promise<Result | void> {
  const [only] = folders;
  if (isOne && only !== undefined) return await work(inFolder(context, only));
  const tasks = folders.map((folder) => ({
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

/** The same run in another folder: what its settings file names is found there. */
export function inFolder(context: Context, folder: string): Context {
  return { ...context, workingDirectory: resolve(context.workingDirectory, folder), folder };
}
