import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { FileError, UsageError } from '../errors.ts';
import { exists, isSameContent } from '../io/fs/files.ts';
import { settingsPath } from './settings-path.ts';
import type { PathsOrigin } from './settings.ts';

/** The keys of a settings file whose values are paths. */
export const fileKeys = ['apiProperties', 'apiDefinition', 'icon', 'script'] as const;

type FileKey = (typeof fileKeys)[number];

/** The files that settings name. */
export type NamedFiles = { readonly [Key in FileKey]?: string | undefined };

export interface RootRequest {
  /** As the user wrote it. */
  readonly settingsFile: string;
  /** What relative paths start from, if the user decided it. */
  readonly relativeTo: PathsOrigin | undefined;
  /** What is to be done where both folders have all files and it matters which are taken. */
  readonly ifUnclear: 'stop' | 'warn';
}

/** Files by paths from the current folder. */
export interface LocatedFiles {
  readonly files: NamedFiles;
  /** The folder, from the current one, that all relative paths start from. */
  readonly filesFolder: string;
}

/**
 * The files that a settings file names, by their paths from the current folder. All its relative paths start from one folder:
 * the current one, as in the Python tool, or that of the settings file, whichever has all the files. Raises
 * {@link FileError} where neither has, and {@link UsageError} where both have, of different connectors.
 */
export async function locateFiles(
  named: NamedFiles,
  { settingsFile, relativeTo, ifUnclear }: RootRequest,
  { terminal, workingDirectory }: Pick<Context, 'terminal' | 'workingDirectory'>,
): Promise<LocatedFiles> {
  const folder = dirname(settingsFile);
  const ofCurrent = await filesIn('', named, workingDirectory);
  if (resolve(workingDirectory, folder) === workingDirectory || relativeTo === 'current') return ofCurrent;
  const ofSettings = await filesIn(folder, named, workingDirectory);
  if (relativeTo === 'settings') return ofSettings;
  const [missing, missingBeside] = await Promise.all([
    missingKeys(ofCurrent, workingDirectory),
    missingKeys(ofSettings, workingDirectory),
  ]);
  const [first] = missing;
  const [firstBeside] = missingBeside;
  if (first !== undefined && firstBeside !== undefined) {
    // What is nowhere says more than what is in one of the folders.
    const key = missing.find((one) => missingBeside.includes(one)) ?? first;
    throw new FileError(`File does not exist: ${ofCurrent.files[key]}`, {
      hint: `Neither ${folder} nor the current folder has all files that ${basename(settingsFile)} names.`,
    });
  }
  if (first !== undefined) return ofSettings;
  if (firstBeside !== undefined || (await areSame(ofCurrent, ofSettings, workingDirectory))) return ofCurrent;
  const problem = `${basename(settingsFile)} names files that exist in both ${folder} and the current folder, and they differ.`;
  if (ifUnclear === 'stop') {
    throw new UsageError(problem, {
      hint: `To use the files in ${folder}, pass --relative-to settings. To use the files in the current folder, pass --relative-to current.`,
    });
  }
  terminal.note(`Warning: ${problem} The files in the current folder are used (--relative-to current).`);
  return ofCurrent;
}

async function filesIn(filesFolder: string, named: NamedFiles, workingDirectory: string): Promise<LocatedFiles> {
  const entries = await Promise.all(
    fileKeys.map(async (key) => {
      const written = named[key];
      if (written === undefined) return [key, undefined] as const;
      const path = await settingsPath(written, resolve(workingDirectory, filesFolder));
      return [key, filesFolder === '' || isAbsolute(path) ? path : join(filesFolder, path)] as const;
    }),
  );
  return { files: Object.fromEntries(entries), filesFolder };
}

async function missingKeys({ files }: LocatedFiles, workingDirectory: string): Promise<readonly FileKey[]> {
  const missing: FileKey[] = [];
  for (const key of fileKeys) {
    const path = files[key];
    if (path !== undefined && !(await exists(resolve(workingDirectory, path)))) missing.push(key);
  }
  return missing;
}

async function areSame(one: LocatedFiles, other: LocatedFiles, workingDirectory: string): Promise<boolean> {
  for (const key of fileKeys) {
    const [path, otherPath] = [one.files[key], other.files[key]];
    if (path === undefined || otherPath === undefined || path === otherPath) continue;
    if (!(await isSameContent(resolve(workingDirectory, path), resolve(workingDirectory, otherPath)))) return false;
  }
  return true;
}
