import { resolve } from 'node:path';
import type { Remote, Target } from '../../api/remote.ts';
import { stateAsSent } from '../../connector/as-sent.ts';
import type { Connector } from '../../connector/connector.ts';
import type { Context } from '../../context.ts';
import { PaconnError, UsageError } from '../../errors.ts';
import { baseFileName, hasBase, hasUnsent, readBase, readBaseState } from '../../history/base.ts';
import { knownReferences } from '../../history/known-references.ts';
import { readDirectory } from '../../io/fs/files.ts';
import { knownEnvironment } from '../../environment/environment-name.ts';
import { notComparedWords } from '../../output/drift-words.ts';
import { dataPath } from '../../output/data-path.ts';
import { readPortalAddress } from '../../settings/portal-address.ts';
import type { GivenFlags } from '../../settings/settings-file.ts';
import { chooseTargetHere } from '../../environment/choose-target-here.ts';
import { optionsIn } from '../../check/connector-arguments.ts';
import { chooseEnvironment, chooseTarget } from '../../environment/choose-target.ts';
import { findCounterpart } from '../../environment/find-counterpart.ts';
import { connect } from '../../remote/connect.ts';
import { readState } from '../../publish/read-remote.ts';
import { readOwnConnector } from '../../check/own-definition.ts';
import type { Operand, Operands } from './operands.ts';
import { oneSolutionAt, requireNoChoice } from '../../check/solution-at.ts';
import type { SolutionSource } from '../../check/solution-source.ts';
import type { ComparedSide } from '../../results/files.ts';
import { noFolder } from '../../check/find-folders.ts';
import { inFolder } from '../../bulk/in-folder.ts';
import { withMembersOutside } from '../../publish/outside-solutions.ts';
import { baseDirectory, baseIfReadable } from '../../publish/record-base.ts';
import { inOrder } from '../../io/async.ts';
import { concealing } from '../../values/concealed-values.ts';
import { listedBefore, listedBy } from '../../environment/values-for.ts';
import { type ComparedState, type ComparedStates, inOneEnvironment } from './in-one-environment.ts';
import { type SettingsHere, settingsHere } from '../../check/settings-here.ts';
import { withoutKept } from './without-kept.ts';

export interface ComparisonRequest extends Operands {
  readonly flags: GivenFlags;
  /** Values for the environment, in addition to the ones in the file. */
  readonly set: readonly string[];
  /** The connector of the other environment; what is not said is as for the first one. */
  readonly other: Partial<Target>;
  /** The title or name of a connector, where a solution has several. */
  readonly only: string | undefined;
}

/** Reads both sides of a comparison. Who is to be asked is asked first; what takes time is then done side by side. */
export async function comparedStates(
  { from, to, flags, set, other, only }: ComparisonRequest,
  context: Context,
): Promise<ComparedStates> {
  const solutions = await solutionsAmong([from.folder, to.folder], only, context);
  await requireFolders(
    [from.folder, to.folder].filter((folder) => !solutions.has(folder)),
    context,
  );
  const settingsOf = async ({ folder }: Operand): Promise<SettingsHere> =>
    await settingsIn(solutions.get(folder) ?? folder, flags, context);
  const settings = await settingsOf(from);
  const toSettings = to.folder === from.folder ? settings : await settingsOf(to);
  const reading = { other, solutions, context };
  const readFrom = await prepare(from, settings, reading);
  const readTo = await prepare(to, toSettings, reading);
  const [fromState, toState] = await inOrder([readFrom(), readTo()]);
  const missingIcon = fromState.state.missingIcon ?? toState.state.missingIcon;
  if (missingIcon !== undefined) context.terminal.note(`Warning: ${missingIcon} The icons aren't compared.`);
  const isSolution = ({ source, folder }: Operand): boolean => source === 'local' && solutions.has(folder);
  const [isFrom, isTo] = [isSolution(from), isSolution(to)];
  const there = await inOneEnvironment(
    to.source === 'local' ? await withoutKept(fromState, toState, context) : fromState,
    from.source === 'local' ? await withoutKept(toState, fromState, context) : toState,
    set,
  );
  const { notCompared } = there;
  if (notCompared.length > 0) context.terminal.note(notComparedWords(notCompared));
  const compared = await comparable(
    [from, isFrom && !isTo ? withGapsFilled(there.from, there.to) : there.from],
    [to, isTo && !isFrom ? withGapsFilled(there.to, there.from) : there.to],
  );
  return { ...compared, notCompared };
}

/** Parts that a solution can't contain aren't differences. */
function withGapsFilled(compared: ComparedState, { state }: ComparedState): ComparedState {
  return { ...compared, state: withMembersOutside(compared.state, state.apiProperties.document) };
}

async function settingsIn(place: string | SolutionSource, flags: GivenFlags, context: Context): Promise<SettingsHere> {
  const reading = { ifUnclear: 'warn', findsFiles: 'needed' } as const;
  if (typeof place !== 'string') return await settingsHere(flags, context, { ...reading, solution: place });
  const here = inFolder(context, place);
  return await settingsHere(optionsIn(here.workingDirectory, flags, context.workingDirectory), here, reading);
}

/** What the service writes itself is no difference: what it shows is compared as if it were what the other side says. */
async function comparable(
  [from, fromState]: readonly [Operand, ComparedState],
  [to, toState]: readonly [Operand, ComparedState],
): Promise<Pick<ComparedStates, 'from' | 'to'>> {
  if (to.source === 'local' && from.source === 'local') return { from: fromState, to: toState };
  const isFromShown = to.source === 'local' || (to.source === 'base' && from.source === 'environment');
  if (isFromShown) return { from: await asSaid(fromState, [to, toState]), to: toState };
  return { from: fromState, to: await asSaid(toState, [from, fromState]) };
}

/** What the service shows, or what was synced with it, as the other side says it. */
async function asSaid(
  shown: ComparedState,
  [{ source }, { state }]: readonly [Operand, ComparedState],
): Promise<ComparedState> {
  const isUnsent = source === 'local' && hasUnsent(state, shown.base);
  const known = source === 'environment' ? undefined : await shown.references?.(state);
  return { ...shown, state: stateAsSent(shown.state, state, { hasUnsent: isUnsent, known }) };
}

/** The connectors of solutions, by the paths of those. */
async function solutionsAmong(
  folders: readonly string[],
  only: string | undefined,
  { workingDirectory }: Context,
): Promise<ReadonlyMap<string, SolutionSource>> {
  const found = new Map<string, SolutionSource>();
  for (const folder of new Set(folders)) {
    const solution = await oneSolutionAt(folder, only, workingDirectory);
    if (solution) found.set(folder, solution);
  }
  if (found.size === 0) requireNoChoice(only);
  return found;
}

/** Raises `UsageError` for a name that leads to none. */
async function requireFolders(folders: readonly string[], { workingDirectory }: Context): Promise<void> {
  for (const folder of folders) {
    if (!(await readDirectory(resolve(workingDirectory, folder)))) throw await noFolder(folder, workingDirectory);
  }
}

interface Reading {
  readonly other: Partial<Target>;
  readonly solutions: ReadonlyMap<string, SolutionSource>;
  readonly context: Context;
}

/** Finds out where a state is, and gives what reads it. */
async function prepare(
  { source, folder }: Operand,
  found: SettingsHere,
  { other, solutions, context }: Reading,
): Promise<() => Promise<ComparedState>> {
  const { settings, settingsFile } = found;
  const solution = solutions.get(folder);
  const here = inFolder(context, solution ? '.' : folder);
  const valueFiles = solution ? undefined : { settings, settingsFile, context: here };
  const of = folder === '.' ? '' : ` of ${folder}`;
  const place = dataPath(resolve(context.workingDirectory, folder), context.workingDirectory);
  const files = { folder: place, connectorId: null, environment: null };
  if (source === 'local') {
    return async () => ({
      name: folder === '.' ? 'the local files' : folder,
      side: { kind: place === '.' ? 'local' : 'folder', ...files },
      state: solution?.connector ?? (await readOwnConnector(settings, here)),
      files: valueFiles,
    });
  }
  if (source === 'base') {
    const directory = await baseDirectory(settings, settingsFile, here);
    const target = await baseTarget(found, directory, here);
    const side = { ...files, kind: 'base', ...(await targetData(target, context)) } as const;
    return async () => ({
      name: `the last synced version${of}`,
      side,
      ...(await baseState(directory, target)),
      place: { environment: target.environment, list: listedBefore(settings, here) },
      files: valueFiles,
    });
  }
  const named = source === 'environment' ? settings : { ...settings, ...other };
  const remote = await connect(named, here);
  const target =
    source === 'environment'
      ? await chooseTargetHere(found, remote, here)
      : await otherTarget(found, other, remote, here);
  const directory = await baseDirectory(settings, settingsFile, here);
  const side = { kind: 'environment', folder: null, ...(await targetData(target, context)) } as const;
  return async () => {
    const { state } = await here.terminal.during(
      'Reading the connector',
      readState({ target, directory }, remote, here),
    );
    const base = await baseIfReadable(directory, target, here);
    return {
      name: `the environment ${side.environment?.name ?? target.environment}`,
      side,
      state: concealing(state, base?.concealed),
      base,
      synced: base && (async () => await readBaseState(directory, base, [state], { mayHaveStars: true })),
      references: async (local) => await knownReferences({ files: local, current: state, base, directory }),
      place: { environment: target.environment, list: listedBy(remote, here) },
      files: valueFiles,
    };
  };
}

async function targetData(
  { environment, connectorId }: Target,
  context: Context,
): Promise<Pick<ComparedSide, 'connectorId' | 'environment'>> {
  return { connectorId, environment: await knownEnvironment(environment, context) };
}

/** The connector to compare with: the one that is named, else the counterpart of the one that the settings name. */
async function otherTarget(
  found: SettingsHere,
  other: Partial<Target>,
  remote: Remote,
  context: Context,
): Promise<Target> {
  const { settings } = found;
  const { connectorId } = settings;
  const isNamed = other.connectorId !== undefined || connectorId === undefined;
  const ownEnvironment = settings.environment ?? (isNamed ? undefined : readPortalAddress(connectorId)?.environment);
  if (isNamed || ownEnvironment === undefined) return await chooseTarget({ ...settings, ...other }, remote, context);
  const environment = await chooseEnvironment(other, remote, context);
  return await findCounterpart(await chooseTargetHere(found, remote, context), environment, remote, context);
}

/**
 * The base knows connectors by their IDs. Where the settings have names, they are looked up, and so is the connector of another
 * environment than theirs.
 */
async function baseTarget(found: SettingsHere, directory: string, context: Context): Promise<Target> {
  const { settings } = found;
  const { environment, connectorId } = settings;
  if (environment === undefined || connectorId === undefined) {
    throw new UsageError(`${environment === undefined ? 'The environment' : 'The connector'} must be specified.`, {
      hint: 'Name both in the settings file, or by --environment and --connector.',
    });
  }
  const written = { environment, connectorId };
  const { base, problem } = await readBase(directory, written);
  // Without any base a name would be looked up in vain.
  if (base || problem !== undefined || !(await hasBase(directory))) return written;
  return await chooseTargetHere(found, await connect(settings, context), context);
}

/** What the base has, and how it is with the secrets of another state, if it had them. */
async function baseState(
  directory: string,
  target: Target,
): Promise<Pick<ComparedState, 'state' | 'references' | 'withSecretsOf'>> {
  const { base, problem } = await readBase(directory, target);
  const read = async (known: readonly Connector[]): Promise<Connector | undefined> =>
    base && (await readBaseState(directory, base, known, { mayHaveStars: true }));
  const state = await read([]);
  if (state)
    return {
      state,
      references: async () => state,
      withSecretsOf: async (other) => (await read([other])) ?? state,
    };
  const why = base ? `The content that belongs to ${baseFileName} is missing.` : problem;
  throw new PaconnError(why ?? `${baseFileName} doesn't contain the connector ${target.connectorId}.`, {
    hint: 'paconn download and paconn pull save the last synced version.',
  });
}
