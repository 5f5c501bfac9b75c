import { dirname, join, resolve } from 'node:path';
import type { Target } from '../api/remote.ts';
import type { Connector, RemoteState } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import { FileError } from '../errors.ts';
import { type Base, baseFiles, hasBase, readBase, removeStaleContent } from '../history/base.ts';
import { contentDirectoryName } from '../history/base-content.ts';
import { forgetSent, type Sending } from '../history/sent.ts';
import { alone } from '../io/fs/alone.ts';
import { isFile, writeFiles } from '../io/fs/files.ts';
import { removeUnfinished } from '../io/fs/leftovers.ts';
import type { NewFile } from '../io/fs/replace-files.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
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
  // A pipe has no folder.
  const besideDefinition = (await isFile(definition)) ? dirname(definition) : workingDirectory;
  if (settingsFile === undefined) return besideDefinition;
  const besideSettings = dirname(resolve(workingDirectory, settingsFile));
  return !(await hasBase(besideSettings)) && (await hasBase(besideDefinition)) ? besideDefinition : besideSettings;
}

/** The base of a connector beside its files, for whoever can do without: that it can't be read is noted. Raises `FileError`. */
export async function baseIfReadable(
  directory: string,
  target: Target,
  { terminal }: Pick<Context, 'terminal'>,
): Promise<Base | undefined> {
  const { base, problem } = await readBase(directory, target);
  if (problem !== undefined) noteUnreadableBase(problem, terminal);
  return base;
}

/** Says that a base can't be read. */
export function noteUnreadableBase(problem: string, terminal: Pick<Terminal, 'note'>): void {
  terminal.note(`Warning: ${problem} Restore it from git, or download the connector again.`);
}

export interface BaseRecord {
  /** Where the base is. */
  readonly directory: string;
  readonly target: Target;
  /** The state in the environment. */
  readonly current: RemoteState;
  /** What was sent for it to hold that, if anything was. */
  readonly sent?: Connector | undefined;
  /** The state that is in sync from now on. */
  readonly files?: readonly NewFile[];
}

/**
 * Writes files that are synced with an environment, and that state as their base: all of it or nothing. One folder can be
 * written for several environments at once; they wait for each other. Gives the files of the base. Raises `FileError`, and
 * `UsageError` for a link that leads out of the folder.
 */
export async function recordBase(
  { directory, target, current, sent, files = [] }: BaseRecord,
  { configDirectory, signal }: Pick<Context, 'configDirectory' | 'signal'>,
): Promise<readonly NewFile[]> {
  // Somebody else's folder can have a link of this name.
  await pathInside(directory, join(contentDirectoryName, 'content'));
  const write = async (): Promise<readonly NewFile[]> => {
    const ofBase = await baseFiles(directory, target, current, sent);
    await writeFiles([...files, ...ofBase]);
    await removeStaleContent(directory);
    await removeUnfinished(join(directory, contentDirectoryName));
    await forgetIfPossible({ configDirectory, directory, target });
    return ofBase;
  };
  return await alone({ configDirectory, signal, what: ['base', directory] }, write);
}

/** What was sent upon another base counts no more, also where it stays. */
async function forgetIfPossible(sending: Sending): Promise<void> {
  try {
    await forgetSent(sending);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}
