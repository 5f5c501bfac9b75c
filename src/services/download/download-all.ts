import { basename, dirname, relative, resolve } from 'node:path';
import type { Remote, Target } from '../../api/remote.ts';
import type { ConnectorSummary } from '../../api/resources.ts';
import type { Context } from '../../context.ts';
import { ApiError, ConflictError, type PaconnError } from '../../errors.ts';
import { type Base, readBase } from '../../history/base.ts';
import { alone } from '../../io/fs/alone.ts';
import { pathWord } from '../../io/terminal/command-word.ts';
import { makeWholeDirectory } from '../../io/fs/whole-directory.ts';
import { dataPath } from '../../output/data-path.ts';
import type { Result } from '../../output/result.ts';
import type { DownloadedData } from '../../results/files.ts';
import { portalUrl } from '../../settings/maker-portal.ts';
import { completeSettings, givenSettings, settingsFileName } from '../../settings/settings-file.ts';
import type { Settings } from '../../settings/settings.ts';
import { chooseEnvironment } from '../../environment/choose-target.ts';
import { connect } from '../../remote/connect.ts';
import { filesHere } from '../../check/settings-here.ts';
import { assignFolders, downloadedFolders, type ListedEnvironment, targetKey } from './downloaded-folders.ts';
import { inFolder } from '../../bulk/in-folder.ts';
import { listConnectors, listEnvironments } from '../../environment/listings.ts';
import { inOrder, mapBounded } from '../../io/async.ts';
import { readResource } from '../../publish/read-remote.ts';
import { saveConnector, type SavedConnector, type SavingOptions } from './save-connector.ts';
import { shareNetwork } from '../../remote/share-network.ts';
import { type Task, workThrough } from '../../bulk/work-through.ts';

export interface DownloadAllOptions {
  readonly settings: Settings;
  readonly allEnvironments: boolean;
  /** The directory for the folders of environments. */
  readonly directory: string;
  /** Whether files that are there are replaced, whatever has been done to them. */
  readonly overwrite: boolean;
  /** Whether nothing is written. */
  readonly dryRun: boolean;
  readonly concurrency: number;
}

interface Environment extends ListedEnvironment {
  readonly connectors: readonly Connector[];
  /** Why its connectors cannot be listed. */
  readonly problem?: PaconnError | undefined;
}

interface Connector {
  readonly id: string;
  readonly displayName: string;
  readonly changedTime: string | undefined;
}

/**
 * Downloads the connectors of an environment, or of all, each into a folder of its own: whole or not at all. One that has not
 * changed since is left alone, and so are files that the user edited, unless they are to be overwritten. Runs into one directory
 * wait for each other.
 */
export async function downloadAll(options: DownloadAllOptions, given: Context): Promise<Result> {
  const { configDirectory, signal, terminal } = given;
  const onLongWait = (): void =>
    terminal.note(`Waiting for another run of paconn that downloads to ${options.directory}…`);
  const place = { configDirectory, signal, what: ['download', options.directory], onLongWait };
  return await alone(place, async () => await downloadTogether(options, given));
}

async function downloadTogether(options: DownloadAllOptions, given: Context): Promise<Result> {
  const context = shareNetwork(given);
  const startedAt = Date.now();
  const { settings, directory, concurrency } = options;
  const remote = await connect(settings, context);
  const environments = await listAll(options, remote, context);
  const downloaded = await downloadedFolders(directory, context);
  const folders = await assignFolders(environments, downloaded, directory);
  const existing = new Set(downloaded.map(targetKey));

  const tasks = environments.flatMap(({ id, displayName, connectors, problem }): Task[] => {
    const environment = { id, name: displayName };
    if (problem) return [failedTask(displayName, { environment }, problem)];
    return connectors.map((connector) => {
      const connectorId = connector.id;
      const target = { environment: id, connectorId };
      const folder = folders.get(targetKey(target)) ?? connectorId;
      const place = { connector, target, folder, isThere: existing.has(targetKey(target)) };
      const shown = dataPath(resolve(directory, folder), context.workingDirectory);
      const url = portalUrl(settings.powerAppsUrl, target) ?? null;
      return {
        name: folder,
        facts: { connectorId, name: connector.displayName, environment, url, folder: shown },
        work: async (own) => await downloadOne({ ...place, startedAt }, remote, options, own),
      };
    });
  });
  const result = await workThrough(tasks, { doing: 'Downloading', concurrency }, context);
  if (options.dryRun) context.terminal.note('Dry run: nothing was written.');
  return { ...result, data: { folder: dataPath(directory, context.workingDirectory), ...result.data } };
}

function failedTask(name: string, facts: Task['facts'], problem: PaconnError): Task {
  return { name, facts, work: async () => await Promise.reject(problem) };
}

async function listAll(options: DownloadAllOptions, remote: Remote, context: Context): Promise<Environment[]> {
  const { terminal } = context;
  const { settings, allEnvironments, concurrency } = options;
  if (!allEnvironments) {
    const id = await chooseEnvironment(settings, remote, context);
    const [names, connectors] = await inOrder([environmentNames(remote), listConnectors(id, remote, context)]);
    return [{ id, displayName: names.get(id) ?? id, connectors: connectors.map(connectorOf) }];
  }
  const listed = await listEnvironments(remote, context);
  const listing = mapBounded(listed, concurrency, async ({ name: id, properties }): Promise<Environment> => {
    const displayName = properties?.displayName || id;
    try {
      return { id, displayName, connectors: (await remote.listConnectors(id)).map(connectorOf) };
    } catch (error) {
      // One that the user may not see is told of with all that fails.
      if (!(error instanceof ApiError) || error.status === 429) throw error;
      return { id, displayName, connectors: [], problem: error };
    }
  });
  return await terminal.during('Listing connectors', listing);
}

/** Some accounts may work in environments that they cannot list: then folders are named by IDs. */
async function environmentNames(remote: Remote): Promise<ReadonlyMap<string, string>> {
  try {
    const environments = await remote.listEnvironments();
    return new Map(environments.map(({ name, properties }) => [name, properties?.displayName || name]));
  } catch (error) {
    if (error instanceof ApiError) return new Map();
    throw error;
  }
}

function connectorOf({ name: id, properties }: ConnectorSummary): Connector {
  return { id, displayName: properties?.displayName || id, changedTime: properties?.changedTime ?? undefined };
}

interface Place {
  readonly connector: Connector;
  readonly target: Target;
  /** Relative to the directory. */
  readonly folder: string;
  /** Whether the folder is there and holds the connector. */
  readonly isThere: boolean;
  /** When the run began. */
  readonly startedAt: number;
}

async function downloadOne(
  { connector, target, folder, isThere, startedAt }: Place,
  remote: Remote,
  { settings, directory: parent, overwrite, dryRun }: DownloadAllOptions,
  context: Context,
): Promise<Result> {
  const told = (result: DownloadedData['result'], saved: SavedConnector = nothingSaved): Result =>
    toldResult(result, saved, dryRun, context);
  const directory = resolve(parent, folder);
  const save = async (
    into: string,
    names: Settings,
    requireWritable: SavingOptions['requireWritable'],
  ): Promise<SavedConnector> => {
    const resource = await readResource({ target, directory: into }, remote, context);
    return await saveConnector(
      { remote, settings: names, target, connector: resource, directory: into, startedAt, requireWritable, dryRun },
      context,
    );
  };
  if (!isThere && dryRun) return told('downloaded');
  if (!isThere) {
    const { filled } = await makeWholeDirectory(
      { parent: dirname(directory), names: [basename(directory)] },
      async (unfinished) => await save(unfinished, settings, async () => undefined),
    );
    return told('downloaded', filled);
  }
  const { base } = await readBase(directory, target);
  const isUnchanged = base?.changedTime !== undefined && base.changedTime === connector.changedTime;
  if (isUnchanged && !overwrite) return told('unchanged');
  const here = inFolder(context, directory);
  const own = await givenSettings({ settingsFile: settingsFileName }, here, { unknownKeys: 'leave' });
  const given = { ...settings, ...own };
  const files = await filesHere(given, { findsFiles: 'needed' }, here);
  const named = completeSettings({ ...given, ...files }, { cloud: settings.cloud, source: settingsFileName });
  const shown = relative(context.workingDirectory, directory);
  const saved = await save(directory, named, async (_names, edited) => {
    if (!overwrite) requireUntouched(base, edited, { folder, shown });
  });
  return told('downloaded', saved);
}

const nothingSaved: SavedConnector = { files: [], missing: [], backup: undefined };

function toldResult(
  result: DownloadedData['result'],
  { files, missing, backup }: SavedConnector,
  isDryRun: boolean,
  { terminal }: Context,
): Result {
  terminal.report(isDryRun && result !== 'unchanged' ? `would be ${result}` : result);
  return { data: { result, isDryRun, files, missing, backupId: backup?.name ?? null } };
}

/** Raises {@link ConflictError} when files would be lost that the environment never had. */
function requireUntouched(
  base: Base | undefined,
  edited: readonly string[],
  { folder, shown }: { readonly folder: string; readonly shown: string },
): void {
  const takeTheirs = "--overwrite replaces them with the environment's version.";
  if (!base) {
    throw new ConflictError(
      `${folder} has no last synced version, so paconn can't detect whether its files were edited.`,
      {
        hint: takeTheirs,
      },
    );
  }
  if (edited.length === 0) return;
  throw new ConflictError(
    `The connector has changed in the environment, and ${folder} has been edited (${edited.join(', ')}).`,
    { hint: `paconn pull ${pathWord(shown)} brings both together; ${takeTheirs}` },
  );
}
