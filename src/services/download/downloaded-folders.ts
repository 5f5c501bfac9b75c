import { join, sep } from 'node:path';
import type { Target } from '../../api/remote.ts';
import { type DisplayNamed, folderKey, folderNames } from '../../connector/folder-name.ts';
import type { Context } from '../../context.ts';
import { FileError } from '../../errors.ts';
import { readDirectory } from '../../io/fs/files.ts';
import { givenSettings, settingsFileName } from '../../settings/settings-file.ts';
import { mapBounded } from '../../io/async.ts';
import { foldersBelow } from '../../check/find-folders.ts';

/** A folder that holds a connector already. */
export interface DownloadedFolder extends Target {
  /** Relative to the directory with all of them. */
  readonly folder: string;
}

/** An environment with its connectors. */
export interface ListedEnvironment extends DisplayNamed {
  readonly connectors: readonly DisplayNamed[];
}

const sideBySide = 16;

/** The folders below a directory that hold a connector of an environment. Raises `FileError`. */
export async function downloadedFolders(directory: string, context: Context): Promise<readonly DownloadedFolder[]> {
  const folders = (await foldersBelow('.', directory))?.connectors ?? [];
  const found = await mapBounded(folders, sideBySide, async ({ folder, settings }) =>
    settings === undefined ? [] : await targetOf(folder, directory, context),
  );
  return found.flat();
}

/** A settings file that cannot be read belongs to nothing we know: its folder stays as it is. */
async function targetOf(folder: string, directory: string, context: Context): Promise<DownloadedFolder[]> {
  try {
    const settingsFile = join(folder, settingsFileName);
    const reading = { ...context, workingDirectory: directory };
    const { environment, connectorId } = await givenSettings({ settingsFile }, reading, { unknownKeys: 'leave' });
    return environment && connectorId ? [{ folder, environment, connectorId }] : [];
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

/**
 * The folder for each connector, by its target: the one it is in, whatever that is called by now, else
 * `environment/connector` by display names. Raises `FileError`.
 */
export async function assignFolders(
  environments: readonly ListedEnvironment[],
  downloaded: readonly DownloadedFolder[],
  directory: string,
): Promise<ReadonlyMap<string, string>> {
  const own = new Map(downloaded.map((target) => [targetKey(target), target.folder]));
  const parents = await environmentFolders(environments, downloaded, directory);
  const assigned = new Map<string, string>();
  for (const { id: environment, connectors } of environments) {
    const parent = parents.get(environment) ?? environment;
    const absent = connectors.filter(({ id }) => !own.has(targetKey({ environment, connectorId: id })));
    const { files = [], directories = [] } = (await readDirectory(join(directory, parent), parent)) ?? {};
    const names = folderNames(absent, [...files, ...directories]);
    for (const { id: connectorId } of connectors) {
      const key = targetKey({ environment, connectorId });
      assigned.set(key, own.get(key) ?? join(parent, names.get(connectorId) ?? connectorId));
    }
  }
  return assigned;
}

/** What tells a connector of an environment from any other. */
export function targetKey({ environment, connectorId }: Target): string {
  return JSON.stringify([environment, connectorId]);
}

/** For each environment the folder its connectors are in, else one by its name in which there are none of another. */
async function environmentFolders(
  environments: readonly DisplayNamed[],
  downloaded: readonly DownloadedFolder[],
  directory: string,
): Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>();
  for (const { environment, folder } of downloaded) {
    const parts = folder.split(sep);
    if (parts.length === 2 && !known.has(environment)) known.set(environment, parts[0] ?? '');
  }
  const { files = [] } = (await readDirectory(directory, directory)) ?? {};
  const current = downloaded.map(({ folder }) => folder.split(sep)[0] ?? '');
  const taken = new Map([...files, ...current].map((name) => [folderKey(name), name]));
  const absent = environments.filter(({ id }) => !known.has(id));
  return new Map([...known, ...folderNames(absent, taken.values())]);
}
