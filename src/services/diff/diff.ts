import { inEachFolder } from '../../bulk/in-each-folder.ts';
import { isSettingsFile } from '../../check/connector-arguments.ts';
import { inspectFolder } from '../../check/connector-folder.ts';
import { expandWildcards, namedFolders } from '../../check/find-folders.ts';
import type { Context } from '../../context.ts';
import type { Result } from '../../output/result.ts';
import { parseFlags } from '../../settings/flags.ts';
import { type DiffFlags, diffFlagsSchema, settingsFlags } from './diff-flags.ts';
import { diffEverywhere } from './diff-everywhere.ts';
import { diffOne } from './diff-one.ts';
import { isSource } from './operands.ts';

/**
 * Shows how two states of a connector differ: files, their base, environments. Of several folders (two are compared with
 * each other), or one with several connectors in it, the files of each with its environment; with `--all` with each of its
 * environments.
 */
export async function diff(given: unknown, context: Context): Promise<Result | void> {
  const { concurrency, all, ...named } = parseFlags(given, diffFlagsSchema);
  const flags = await withSettingsFile(named, context);
  const paths = flags.paths.length === 0 ? ['.'] : flags.paths;
  if (all) return await diffEverywhere({ ...flags, paths }, concurrency, context);
  if (!(await areManyFolders(paths, flags, context))) return await diffOne(flags, context);
  const work = async (own: Context): Promise<Result> => await diffOne({ ...flags, paths: [] }, own);
  return await inEachFolder(
    { ...(await namedFolders(paths, context.workingDirectory)), doing: 'Comparing', concurrency, work },
    context,
  );
}

/** The options with the names that wildcards stand for. A settings file in place of the folder is the one to use. */
async function withSettingsFile(flags: DiffFlags, { workingDirectory }: Context): Promise<DiffFlags> {
  const paths = [...(await expandWildcards(flags.paths, workingDirectory))];
  const [only = '', second] = paths;
  const isAlone = second === undefined && only !== '' && !flags.settingsFile && !isSource(only);
  if (!isAlone || !(await isSettingsFile(only, 'diff', settingsFlags(flags), workingDirectory)))
    return { ...flags, paths };
  return { ...flags, paths: [], settingsFile: only };
}

async function areManyFolders(
  paths: readonly string[],
  { settingsFile, apiDefinition, toEnvironment, toConnectorId }: DiffFlags,
  { workingDirectory }: Context,
): Promise<boolean> {
  if (paths.some(isSource)) return false;
  const namesOne = [settingsFile, apiDefinition, toEnvironment, toConnectorId].some((value) => value !== undefined);
  if (namesOne && paths.length === 1) return false;
  const inspected = await Promise.all(paths.map(async (path) => await inspectFolder(path, workingDirectory)));
  if (paths.length > 2) return inspected.every((folder) => folder !== undefined);
  const [only] = inspected;
  if (paths.length !== 1 || only === undefined || only.isSolution) return false;
  return only.connector === undefined && only.directories.length > 0;
}
