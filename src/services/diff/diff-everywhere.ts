import type { Remote } from '../../api/remote.ts';
import { inFolder } from '../../bulk/in-folder.ts';
import { workThrough } from '../../bulk/work-through.ts';
import { namedFolders } from '../../check/find-folders.ts';
import { type SettingsHere, settingsHere } from '../../check/settings-here.ts';
import type { Context } from '../../context.ts';
import { titleThere } from '../../environment/choose-target-here.ts';
import { ConnectorsByName } from '../../environment/connectors-by-name.ts';
import { knownEnvironment } from '../../environment/environment-name.ts';
import { findConnector } from '../../environment/find-connector.ts';
import { findEnvironment } from '../../environment/find-environment.ts';
import { environmentsInFile } from '../../environment/values-for.ts';
import { ExitCode, InterruptedError, concernsSignIn, PaconnError, UsageError } from '../../errors.ts';
import { differenceGithub } from '../../output/difference-github.ts';
import { githubCommand } from '../../output/github.ts';
import { inOrder } from '../../io/async.ts';
import { driftWords } from '../../output/drift-words.ts';
import type { Result } from '../../output/result.ts';
import { connect } from '../../remote/connect.ts';
import { shareNetwork } from '../../remote/share-network.ts';
import { portable } from '../../settings/settings-file.ts';
import { type DiffFlags, settingsFlags } from './diff-flags.ts';
import { compareOne, comparisonResult } from './diff-one.ts';

/** A connector in a folder, and one of its environments. */
interface Place {
  readonly folder: string;
  readonly found: SettingsHere;
  readonly remote: Remote;
  /** The ID of the environment. */
  readonly id: string;
  /** Whether it's the environment that the connector ID of the settings is of. */
  readonly isOwn: boolean;
}

/** A comparison that failed, and the reason. */
interface Unclear {
  readonly folder: string;
  /** The environment as it was written, if it's known which one that is. */
  readonly written: string | undefined;
  readonly error: PaconnError;
}

/**
 * Compares the connectors in folders with each of their environments, one line each. The environments of a connector are that of
 * its settings and those that have values in the file with them. A connector that isn't in one of them is a difference.
 */
export async function diffEverywhere(flags: DiffFlags, concurrency: number, context: Context): Promise<Result> {
  requireNoOther(flags);
  const shared = shareNetwork(context);
  const { folders } = await namedFolders(flags.paths, context.workingDirectory);
  const places: (Place | Unclear)[] = [];
  for (const folder of folders) places.push(...(await placesOf(folder, flags, shared)));
  // All listings are made by now, and known by their names.
  const environments = await inOrder(places.map(async (place) => await environmentOf(place, context)));
  const byName = new ConnectorsByName();
  const annotations = new Map<number, string>();
  const tasks = places.map((place, index) => ({
    name: nameOf(place, environments[index]),
    facts: { folder: portable(place.folder), environment: environments[index] },
    work: async (own: Context): Promise<Result> => {
      if ('error' in place) throw place.error;
      const here = inFolder(own, place.folder);
      const connectorId = await connectorIn(place, byName, here);
      if (connectorId === undefined) {
        annotations.set(index, missingGithub(nameOf(place, environments[index])));
        return missingResult(flags, own);
      }
      const target = { environment: place.id, connectorId };
      const comparison = await compareOne({ ...flags, paths: [], ...target }, here);
      annotations.set(index, differenceGithub(comparison));
      own.terminal.report(driftWords(comparison.changes));
      return comparisonResult(comparison, flags);
    },
  }));
  const result = await workThrough(tasks, { doing: 'Comparing', concurrency, noun: 'comparison' }, shared);
  const lines = places.flatMap((_, index) => annotations.get(index) || []);
  if (flags.differenceFormat === 'github' && lines.length > 0) context.terminal.command(lines.join('\n'));
  return result;
}

const otherOptions = [
  ['connectorId', '--connector'],
  ['toEnvironment', '--to-environment'],
  ['toConnectorId', '--to-connector'],
  ['settingsFile', '--settings'],
  ['apiDefinition', '--api-definition'],
  ['apiProperties', '--api-properties'],
  ['icon', '--icon'],
  ['script', '--script'],
  ['only', '--solution-connector'],
  ['text', '--text'],
] as const satisfies readonly (readonly [keyof DiffFlags, string])[];

/** Raises {@link UsageError} for options that make no sense with several connectors and environments. */
function requireNoOther(flags: DiffFlags): void {
  const given = otherOptions.find(([key]) => flags[key] !== undefined && flags[key] !== false);
  if (given) throw new UsageError(`${given[1]} and --all can't be used together.`);
}

async function placesOf(folder: string, flags: DiffFlags, context: Context): Promise<readonly (Place | Unclear)[]> {
  const here = inFolder(context, folder);
  const { environment } = flags;
  return await orUnclear({ folder, written: undefined }, async () => {
    const given = { ...settingsFlags(flags), environment: undefined };
    const found = await settingsHere(given, here, { ifUnclear: 'warn', findsFiles: 'needed' });
    const { settings } = found;
    const own = settings.environment;
    const written =
      environment === undefined ? [own ?? [], await environmentsInFile(found, here)].flat() : [environment];
    if (written.length === 0) throw noEnvironments();
    const remote = await connect(settings, here);
    const places = new Map<string, Place | Unclear>();
    for (const one of written) {
      const [place] = await orUnclear({ folder, written: one }, async () => {
        const id = await findEnvironment(one, remote, here);
        return [{ folder, found, remote, id, isOwn: one === own || id === own }];
      });
      if (!place) continue;
      const key = 'error' in place ? one : place.id.toLowerCase();
      if (!places.has(key)) places.set(key, place);
    }
    return [...places.values()];
  });
}

/** A failure of one folder or environment doesn't stop the others. */
async function orUnclear(
  about: Omit<Unclear, 'error'>,
  work: () => Promise<readonly (Place | Unclear)[]>,
): Promise<readonly (Place | Unclear)[]> {
  try {
    return await work();
  } catch (error) {
    const isOfAll = concernsSignIn(error) || error instanceof InterruptedError;
    if (isOfAll || !(error instanceof PaconnError)) throw error;
    return [{ ...about, error }];
  }
}

function noEnvironments(): UsageError {
  return new UsageError('The environment must be specified.', {
    hint: 'Pass --environment, or name the environments in settings.json and paconn.environments.json.',
  });
}

async function connectorIn(
  { found, remote, id, isOwn }: Place,
  byName: ConnectorsByName,
  context: Context,
): Promise<string | undefined> {
  const { connectorId } = found.settings;
  if (isOwn && connectorId !== undefined) return await findConnector(connectorId, id, remote, context);
  const title = await titleThere(found, id, remote, context);
  if (title !== undefined) return await byName.find(title, id, remote, context);
  throw new UsageError('The API definition has no title to find the connector by.', {
    hint: 'Check it with:\n  paconn validate',
  });
}

const missingWords = 'The environment has no connector with this name.';

function missingGithub(name: string): string {
  return githubCommand('warning', { title: 'Missing connector' }, `${name}: ${missingWords}`);
}

function missingResult({ exitCode }: Pick<DiffFlags, 'exitCode'>, { terminal }: Context): Result {
  terminal.report(missingWords);
  return { data: { result: 'missing' }, ...(exitCode && { exitCode: ExitCode.failed }) };
}

interface KnownEnvironment {
  readonly id: string | null;
  readonly name: string | null;
}

async function environmentOf(place: Place | Unclear, context: Context): Promise<KnownEnvironment> {
  return 'error' in place ? { id: null, name: place.written ?? null } : await knownEnvironment(place.id, context);
}

function nameOf({ folder }: Place | Unclear, environment: KnownEnvironment | undefined): string {
  const place = environment?.name ?? environment?.id;
  return place ? `${folder} in ${place}` : folder;
}
