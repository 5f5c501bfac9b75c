import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { Target } from '../api/remote.ts';
import type { Connector, RemoteState } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import { FileError } from '../errors.ts';
import { baseFiles, contentDirectoryName, hasBase, removeStaleContent } from '../history/base.ts';
import { forgetSent, type Sending } from '../history/sent.ts';
import { isFile, makePrivateDirectory, writeFiles } from '../io/fs/files.ts';
import type { NewFile } from '../io/fs/replace-files.ts';
import { withLock } from '../io/fs/lock.ts';
import type { Settings } from '../settings/settings.ts';
import { pathInside } from './files-inside.ts';

/**
 * Where the base of a connector is: beside the settings file. Where no settings file is named, or it lies elsewhere than
 * the files it speaks of, beside the API definition.
 */
export async function baseDirectory(
  { apiDefinition = '' }: Settings,
  settingsFile: string | undefined,
  { workingDirectory }: Context,
): Promise<string> {
  const definition = resolve(workingDirectory, apiDefinition);
  // Nothing is beside a pipe.
  const besideDefinition = (await isFile(definition)) ? dirname(definition) : workingDirectory;
  if (settingsFile === undefined) return besideDefinition;
  const besideSettings = dirname(resolve(workingDirectory, settingsFile));
  return !(await hasBase(besideSettings)) && (await hasBase(besideDefinition)) ? besideDefinition : besideSettings;
}

export interface BaseRecord {
  /** Where the base is. */
  readonly directory: string;
  readonly target: Target;
  /** What the environment holds. */
  readonly current: RemoteState;
  /** What was sent for it to hold that, if anything was. */
  readonly sent?: Connector;
  /** What is synced with it from now on. */
  readonly files?: readonly NewFile[];
}

/**
 * Writes files that are synced with an environment, and that state as their base: all of it or nothing. One folder can be
 * written for several environments at once; they wait for each other. Raises `FileError`, and
 * `UsageError` for a link that leads out of the folder.
 */
export async function recordBase(
  { directory, target, current, sent, files = [] }: BaseRecord,
  { configDirectory, signal }: Pick<Context, 'configDirectory' | 'signal'>,
): Promise<void> {
  // Somebody else's folder can have a link of this name.
  await pathInside(directory, join(contentDirectoryName, 'content'));
  const write = async (): Promise<void> => {
    await writeFiles([...files, ...(await baseFiles(directory, target, current, sent))]);
    await removeStaleContent(directory);
    await forgetIfPossible({ configDirectory, directory, target });
  };
  // Not in the folder itself, which is for what people want to have there.
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  await alone(join(configDirectory, `base-${name}.lock`), signal, write);
}

/** What was sent upon another base counts no more, also where it stays. */
async function forgetIfPossible(sending: Sending): Promise<void> {
  try {
    await forgetSent(sending);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}

/** Under a lock. Where there is no place for one, as in pipelines without a home, nobody else is expected either. */
async function alone(lock: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  let hasBegun = false;
  try {
    await makePrivateDirectory(dirname(lock));
    await withLock(lock, signal, async () => {
      hasBegun = true;
      await work();
    });
  } catch (error) {
    if (hasBegun || !(error instanceof FileError)) throw error;
    await work();
  }
}
