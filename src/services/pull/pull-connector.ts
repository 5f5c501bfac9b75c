import type { Remote } from '../../api/remote.ts';
import type { Target } from '../../api/remote.ts';
import type { Change } from '../../comparison/change.ts';
import { compareStates } from '../../comparison/compare-states.ts';
import { stateAsSent, stateToRecord } from '../../connector/as-sent.ts';
import {
  type Connector,
  differentParts,
  partContent,
  type PartContents,
  partHashes,
  type RemoteState,
  titleOf,
} from '../../connector/connector.ts';
import { type ConnectorPart, partFacts } from '../../connector/part.ts';
import { shownJson, shownPointer } from '../../connector/secret-stretches.ts';
import type { Context } from '../../context.ts';
import { withoutNewRedirects, withRedirectsOf } from '../../connector/service-writing.ts';
import { FileError } from '../../errors.ts';
import type { NewFile } from '../../io/fs/replace-files.ts';
import { firstMarkedLine } from '../../merging/conflict-marks.ts';
import type { Side } from '../../merging/merge-nodes.ts';
import { indivisibleParts, type MergedStates, mergeStates, type PartConflict } from '../../merging/merge-states.ts';
import { commonState } from './common-state.ts';
import { readOwnConnector } from '../../check/own-definition.ts';
import { readState } from '../../publish/read-remote.ts';
import { backUpEdited, editedParts } from '../../publish/local-files.ts';
import { readBase } from '../../history/base.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import { listedBy, valuesFor } from '../../environment/values-for.ts';
import { pointerPath } from '../../json/pointer.ts';
import { environmentsFileName } from '../../values/environments-file.ts';
import {
  completedBy,
  differingPointers,
  type EnvironmentValues,
  valuesAt,
  withValues,
} from '../../values/place-values.ts';
import { concealing } from '../../values/concealed-values.ts';
import { requireSameElements } from '../../values/moved-elements.ts';
import { baseDirectory, recordBase } from '../../publish/record-base.ts';
import { type PulledFile, pulledFiles } from './pulled-files.ts';
import type { SettingsHere } from '../../check/settings-here.ts';

export interface PullRequest extends SettingsHere {
  readonly target: Target;
  /** Values for the environment, in addition to the ones in the file. */
  readonly set: readonly string[];
  /** What becomes of conflicts: a side decides, both values are written with marks, or nothing is written at all. */
  readonly conflicts: Side | 'marks' | undefined;
  /** Only looks what would be written. */
  readonly isDryRun: boolean;
  /** The arguments for a command about the same connector. */
  readonly named: string;
  /** What follows a command about its files alone. */
  readonly files: string;
}

export interface PulledConnector {
  readonly current: RemoteState;
  /** What comes from the environment into the files, besides conflicts. */
  readonly changes: readonly Change[];
  readonly conflicts: readonly PartConflict[];
  /** Those that change; none where conflicts stop the merge. */
  readonly files: readonly PulledFile[];
  /** Those of the base that were written with them. */
  readonly baseFiles: readonly NewFile[];
}

/**
 * Merges what an environment holds of a connector into its files here, on the state that both began with, and makes what
 * the environment holds their base: all of it or nothing. Raises `ConflictError` when that state is unknown and no side
 * decides.
 */
export async function pullConnector(request: PullRequest, remote: Remote, context: Context): Promise<PulledConnector> {
  const { settings, settingsFile, target, isDryRun, named } = request;
  const isMarked = request.conflicts === 'marks';
  const decided = request.conflicts === 'marks' ? undefined : request.conflicts;
  const directory = await baseDirectory(settings, settingsFile, context);
  const current = await context.terminal.during(
    'Reading the connector',
    readState({ target, directory }, remote, context),
  );
  // Now, and not before: whoever saves a file while the service is waited for has it merged.
  const local = await readOwnConnector(settings, context);
  requireResolved(local);
  const { values, concealed } = await valuesFor(
    { ...request, environment: target.environment, connector: local, use: 'compare files' },
    listedBy(remote, context),
    context,
  );
  requireSameElements(local, { there: current.state, values, concealed }, 'pulled');
  // The environment is compared with what was sent to it. The files get none of its values.
  const localThere = concealing(withValues(local, completedBy(current.state, values)), concealed);
  const asInFiles = (state: Connector): Connector =>
    withRedirects(withValues(state, valuesAt(local, [...values.keys()])), local);
  const { missingIcon } = current.state;
  if (missingIcon !== undefined)
    context.terminal.note(`Warning: ${missingIcon} The icon in your files stays unchanged.`);
  const base = await commonState({
    configDirectory: context.configDirectory,
    directory,
    target,
    local: localThere,
    current,
    decided,
    named,
    terminal: context.terminal,
  });
  const theirs = stateAsSent(current.state, base);
  reportChangedValues(values, { base, theirs, concealed }, context.terminal);
  const versions = { base: asInFiles(base), ours: local, theirs: asInFiles(theirs) };
  const merged = mergeStates(versions, decided);
  const { conflicts } = merged;
  const isOpen = conflicts.length > 0 && decided === undefined;
  // Marks are no JSON: what comes besides them is what comes when the files here decide.
  const changes = compareStates(local, stateAfter(local, isOpen ? mergeStates(versions, 'ours') : merged));
  if (isOpen && !isMarked) return { current, changes, conflicts, files: [], baseFiles: [] };
  const written = await pulledFiles(
    { merged, theirs: versions.theirs, local, isMarked, settings, settingsFile },
    context,
  );
  if (isDryRun) return { current, changes, conflicts, files: written, baseFiles: [] };
  if (decided === 'theirs')
    await backUpDiscarded({ directory, target, local: localThere, current, conflicts }, context);
  const undecided = isOpen ? indivisibleParts(conflicts) : [];
  const { state, ...lastChange } = withoutUndecided(stateToRecord(theirs, current), base, undecided);
  const synced = { state: concealing(state, concealed), ...lastChange };
  const isKnown = written.length === 0 && (await isRecorded(synced, directory, target));
  const baseFiles = isKnown ? [] : await recordBase({ directory, target, current: synced, files: written }, context);
  return { current, changes, conflicts, files: written, baseFiles };
}

/** Raises {@link FileError} for marks in the script, which would get others around them. In JSON they're no JSON. */
function requireResolved({ script }: Connector): void {
  // Marks have the same bytes in whatever encoding the text is.
  const line = script && firstMarkedLine(Buffer.from(script.bytes).toString('latin1'));
  if (!script || line === undefined) return;
  throw new FileError(`${script.name}:${line}:1: unresolved conflict markers. Nothing was pulled.`, {
    hint: `Edit ${script.name} to resolve them, then run the same command again.`,
  });
}

/** The files keep their redirect URLs, and get none: each connector has its own in each environment. */
function withRedirects(state: Connector, { apiProperties: { document: files } }: Connector): Connector {
  const { apiProperties } = state;
  const document = withoutNewRedirects(files, withRedirectsOf(files, apiProperties.document));
  return { ...state, apiProperties: apiProperties.with(document) };
}

/** Somebody has changed in the environment what the files have no value of. */
function reportChangedValues(
  values: EnvironmentValues,
  {
    base,
    theirs,
    concealed,
  }: { readonly base: Connector; readonly theirs: Connector; readonly concealed: readonly string[] },
  { note }: Pick<Terminal, 'note'>,
): void {
  const known = valuesAt(base, [...values.keys()]);
  const changed = new Set(differingPointers(theirs, known));
  for (const pointer of differingPointers(theirs, values).filter((one) => changed.has(one))) {
    const { text = '' } = valuesAt(theirs, [pointer]).get(pointer) ?? {};
    const to = concealed.includes(pointer) ? '' : ` to ${shownJson(text, pointerPath(pointer))}`;
    note(
      `Warning: ${shownPointer(pointer)} was changed${to} in the environment. Your next deployment overwrites it. To keep it, write it into ${environmentsFileName}.`,
    );
  }
}

/** Whether the base has this state already: a new time of change alone is nothing to commit. */
async function isRecorded({ state }: RemoteState, directory: string, target: Target): Promise<boolean> {
  const { base } = await readBase(directory, target);
  return base?.title === titleOf(state) && differentParts(base?.hashes ?? {}, partHashes(state)).length === 0;
}

/** Saves a backup of local changes that those of the environment replace: no other copy exists. */
async function backUpDiscarded(
  {
    directory,
    target,
    local,
    current,
    conflicts,
  }: Pick<PulledConnector, 'current' | 'conflicts'> & {
    readonly directory: string;
    readonly target: Target;
    readonly local: Connector;
  },
  context: Context,
): Promise<void> {
  const { base } = await readBase(directory, target);
  const edited = (await editedParts(local, base, directory)).filter((part) =>
    conflicts.some((conflict) => conflict.part === part),
  );
  await backUpEdited({ target, local, base, edited, current }, context);
}

/**
 * What the files are synced with: of parts that are still to be decided what both sides began with, so that an update stops
 * until they are. No environment held just that, so it has no time of a change.
 */
function withoutUndecided(current: RemoteState, base: Connector, undecided: readonly ConnectorPart[]): RemoteState {
  if (undecided.length === 0) return current;
  const kept = Object.fromEntries(undecided.map((part) => [part, base[part]]));
  return { state: { ...current.state, ...kept }, changedTime: undefined, changedBy: undefined };
}

/** The content of the files after the merge. */
function stateAfter(local: Connector, { parts }: MergedStates): Connector {
  const after = <Part extends ConnectorPart>(part: Part): PartContents[Part] | undefined => {
    const merged = parts[part];
    return merged.kind === 'written'
      ? partContent(part, `The merged ${partFacts[part].words}`, Buffer.from(merged.content))
      : undefined;
  };
  return {
    displayName: local.displayName,
    apiDefinition: after('apiDefinition') ?? local.apiDefinition,
    apiProperties: after('apiProperties') ?? local.apiProperties,
    icon: after('icon') ?? (parts.icon.kind === 'removed' ? undefined : local.icon),
    script: after('script') ?? (parts.script.kind === 'removed' ? undefined : local.script),
  };
}
