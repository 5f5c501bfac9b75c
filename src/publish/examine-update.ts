import type { Remote } from '../api/remote.ts';
import type { Target } from '../api/remote.ts';
import type { ConnectorResource } from '../api/resources.ts';
import { stateAsSent } from '../connector/as-sent.ts';
import { type Connector, partHashes, type RemoteState, titleOf } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import { ApiError, ConflictError, type PaconnError } from '../errors.ts';
import { type Base, baseFileName, readBase, readBaseState } from '../history/base.ts';
import { knownReferences } from '../history/known-references.ts';
import { baseAfterSending, type Sending } from '../history/sent.ts';
import type { JsonDocument } from '../json/document.ts';
import { baseError, changedSinceError, type Conflict, conflictIn, conflictingParts, nothingDone } from './conflict.ts';
import { type FetchedParts, hasOwnIcon, lastChangeOf, type MissingPart, propertiesOf } from '../api/fetch-connector.ts';
import type { BreakingPolicy } from './breaking-policy.ts';
import { knownEnvironment } from '../environment/environment-name.ts';
import { requireSameConnector } from './another-connector.ts';
import { requireNoClientIdLost, warnOfPlaceholders } from './client-ids.ts';
import { type KnownPlace, readResource, readParts } from './read-remote.ts';
import { lossError, partsToLose } from './back-up.ts';
import { type LeavingOut, type LeftOut, leftOutOf, reportKept } from './left-out.ts';
import { inOrder } from '../io/async.ts';
import { prepareUpload, type Upload, uploadFiles } from './upload.ts';

/** What a connector is to be. */
export interface Requested {
  /** Its content, client secrets in their places. */
  readonly connector: Connector;
  /** What it is to be called. Undefined leaves its name as it is, which service and Python tool do on an update. */
  readonly displayName: string | undefined;
}

/** A connector as it was read from the service. */
export interface ConnectorRead {
  /** When, in milliseconds since 1970. */
  readonly readAt: number;
  readonly connector: JsonDocument<ConnectorResource>;
  readonly fetched: FetchedParts;
}

export interface UpdateRequest extends LeavingOut, Requested {
  readonly target: Target;
  /** The connector, where it was read already: it isn't read again. */
  readonly read?: ConnectorRead | undefined;
  /** Where the base of the files is, as `baseDirectory` says; undefined for what has none. */
  readonly directory: string | undefined;
  /** The arguments for a command about the same connector. */
  readonly named: string;
  /** The command that was given, without `paconn` before it: to pass `--force` to. */
  readonly command: string;
  /** Whether a pull can merge into the files. */
  readonly canPull: boolean;
  /** What a pull of the same connector takes as arguments; undefined where it can't be one. */
  readonly pull?: readonly string[] | undefined;
  /** Whether a connector may lose the custom code that the files do not have. */
  readonly removeScript: boolean;
  /** Whether what others have changed is overwritten. */
  readonly force: boolean;
  /** The reaction to breaking changes. */
  readonly breaking: BreakingPolicy;
  /** Whether all changes are shown before they are sent, or only breaking ones, as for scripts of the Python tool. */
  readonly announces: 'all' | 'breaking';
  /** Whether parts may be lost that no backup has. */
  readonly withoutBackup: boolean;
  /** Whether files replace the connector, or a state that was kept. */
  readonly replacing: 'update' | 'restore';
  /** The time of the last change that was made from this computer, if known: what the connector is since then is no conflict. */
  readonly lastOwnChange?: string | undefined;
}

/** What is known before anything is replaced. */
export interface ExaminedUpdate extends Look {
  /** The base as it is beside the files. */
  readonly recordedBase: Base | undefined;
  /** Why there is no base, when something is wrong with it. */
  readonly baseProblem: string | undefined;
  readonly upload: Upload;
  readonly leftOut: LeftOut;
  /** When the connector was changed last, as the service says. */
  readonly changedTime: string | undefined;
  /** When it was read, in milliseconds since 1970. */
  readonly readAt: number;
}

interface Look {
  /** What is known of the connector: one's own change is known, also where the run that made it did not come to its end. */
  readonly base: Base | undefined;
  /** What the environment holds, as far as it could be read. */
  readonly fetched: FetchedParts;
  /** The same; undefined when not all of it could be read, and nothing depends on it. */
  readonly before: RemoteState | undefined;
  /** The state that has the references to environment variables that were last sent, as far as that is known. */
  readonly references: Connector | undefined;
  readonly conflict: Conflict | undefined;
}

/**
 * Has the service validate what is to be sent, uploads icon and script, and finds out what the update would overwrite: side by
 * side, so that the latter takes no time of its own. Raises {@link ConflictError} when custom code would
 * be lost silently, besides all errors of the requests.
 *
 * @param dryRun Whether nothing is to be uploaded.
 */
export async function examineUpdate(
  request: UpdateRequest,
  { dryRun }: { readonly dryRun: boolean },
  remote: Remote,
  context: Context,
): Promise<ExaminedUpdate> {
  const { target, directory } = request;
  const { terminal } = context;
  const { base: recordedBase, problem } = directory === undefined ? noBase : await readBase(directory, target);
  if (problem !== undefined && !request.force) throw baseError(problem, request);
  await requireSameConnector(recordedBase, request, { dryRun }, context);
  const uploaded = dryRun ? { ...request.connector, icon: undefined, script: undefined } : request.connector;
  const readAt = request.read?.readAt ?? Date.now();
  const [storage, connector] = await terminal.during(
    'Validating the API definition',
    inOrder([prepareUpload(remote, terminal, target.environment, uploaded), resourceOf(request, remote, context)]),
  );
  requireNoScriptLost(connector, recordedBase, request);
  requireNoClientIdLost(propertiesOf(connector), request);
  warnOfPlaceholders(request.connector, terminal);
  const leftOut = leftOutOf(request, connector);
  reportKept(leftOut, request, terminal);
  if (!recordedBase) requireNoneSince(connector, request);
  const look = async (): Promise<Look> => {
    const fetched = await stateBefore(connector, recordedBase, request, remote, context);
    const before = fetched.missing.every(({ part }) => part === 'icon') ? fetched.current : undefined;
    const base = before ? await knownBase(request, recordedBase, before, context) : recordedBase;
    const files = request.connector;
    const references = before && (await knownReferences({ files, current: before.state, base, directory }));
    const conflict = base && before && (await findConflict(request, base, before, context));
    const isReplaced = !dryRun && (!conflict || request.force);
    if (isReplaced && (request.force || !base)) requireNoneLost(fetched, request);
    return { base, fetched, before, references, conflict };
  };
  const [upload, looked] = await terminal.during(
    'Uploading icon and script',
    inOrder([uploadFiles(remote, storage, uploaded), look()]),
  );
  const { changedTime } = lastChangeOf(connector);
  return { recordedBase, baseProblem: problem, upload, leftOut, changedTime, readAt, ...looked };
}

async function resourceOf(
  request: UpdateRequest,
  remote: Remote,
  context: Context,
): Promise<JsonDocument<ConnectorResource>> {
  return request.read?.connector ?? (await readResource(placeOf(request), remote, context));
}

/** Who replaces it without a backup, whatever others have done, believes any answer. */
function placeOf({ target, directory, force, withoutBackup }: UpdateRequest): KnownPlace {
  return { target, directory: force && withoutBackup ? undefined : directory };
}

/** Which files an update is made from. What is restored is in none. */
export function sendingOf(
  { target, directory, replacing }: UpdateRequest,
  { configDirectory }: Pick<Context, 'configDirectory'>,
): Sending {
  return { configDirectory, target, directory: replacing === 'update' ? directory : undefined };
}

/** The base with what was sent since, whether or not the run that sent it came to its end. */
async function knownBase(
  request: UpdateRequest,
  recordedBase: Base | undefined,
  current: RemoteState,
  { configDirectory }: Context,
): Promise<Base | undefined> {
  const { target, directory, replacing } = request;
  if (directory === undefined) return undefined;
  const isUnchanged = recordedBase?.changedTime !== undefined && recordedBase.changedTime === current.changedTime;
  if (isUnchanged) return recordedBase;
  const base = await baseAfterSending({ configDirectory, target, directory }, recordedBase, current);
  if (base !== recordedBase || replacing === 'update') return base;
  return (await baseAfterSending(sendingOf(request, { configDirectory }), undefined, current)) ?? recordedBase;
}

/** What the connector is to be. */
export function requestedState({ connector, displayName }: Requested): Connector {
  return { ...connector, displayName: displayName ?? connector.displayName };
}

/** Why the changes of others can't be detected. */
export function noBaseWords({ directory }: UpdateRequest, doesnt: "doesn't" | "didn't"): string {
  return directory === undefined
    ? "Solutions and environments don't store the last synced version."
    : `${baseFileName} ${doesnt} contain the last synced version of this connector.`;
}

const noBase = { base: undefined, problem: undefined };

/**
 * Without a script in the files the service removes the one that the connector has. The Python tool does so without a
 * word.
 */
function requireNoScriptLost(
  { value }: JsonDocument<ConnectorResource>,
  base: Base | undefined,
  { target: { connectorId }, connector: { script }, removeScript, named, canPull }: UpdateRequest,
): void {
  if (script || removeScript || !value.properties.scriptDefinitionUrl) return;
  // What the base has, too, was taken out of the files: a pull leaves it at that.
  const isAdded = canPull && base !== undefined && base.hashes.script === undefined;
  const gets = isAdded ? `paconn pull${named} takes it into the files` : 'paconn download gets the code it has';
  throw new ConflictError(
    `The connector ${connectorId} has a script, but no script was provided: this update would remove it.`,
    { hint: `Pass --script <file>, or --remove-script to remove it; ${gets}.` },
  );
}

/** Without a base, the time of the last change from here tells whether others have changed the connector since. */
function requireNoneSince(connector: JsonDocument<ConnectorResource>, request: UpdateRequest): void {
  const { lastOwnChange, force } = request;
  const lastChange = lastChangeOf(connector);
  if (force || lastOwnChange === undefined || lastOwnChange === lastChange.changedTime) return;
  throw changedSinceError(lastChange, request);
}

/** What the environment holds before the update: the base, where nothing has changed since. */
async function stateBefore(
  connector: JsonDocument<ConnectorResource>,
  base: Base | undefined,
  request: UpdateRequest,
  remote: Remote,
  context: Context,
): Promise<FetchedParts> {
  const { directory, force, read, command } = request;
  const lastChange = lastChangeOf(connector);
  const isUnchanged = base?.changedTime !== undefined && base.changedTime === lastChange.changedTime;
  const known = isUnchanged && directory !== undefined ? await readBaseState(directory, base) : undefined;
  if (known && (known.icon || !hasOwnIcon(connector))) {
    const displayName = connector.value.properties.displayName || undefined;
    return { current: { state: { ...known, displayName }, ...lastChange }, missing: [] };
  }
  const fetched = read?.fetched ?? (await readParts(connector, placeOf(request), remote, context));
  const needed = fetched.missing.find(({ part }) => part !== 'icon');
  // Where nothing depends on it, a file that cannot be had is no reason to stop here.
  if (needed && base !== undefined && !isUnchanged && !force) throw withWayOut(needed.error, command);
  return fetched;
}

/**
 * The error of a part that can't be read. What came is none, and may be what the environment has: then no later attempt helps, but
 * an update that replaces it.
 */
function withWayOut(error: PaconnError, command: string): PaconnError {
  if (!(error instanceof ApiError) || error.status !== 200) return error;
  const { message, hint, ...facts } = error;
  const replace = `If the connector really contains this, replace it without a backup:\n  paconn ${command} --force --without-backup`;
  return new ApiError(message, { ...facts, hint: [hint, replace].filter(Boolean).join('\n'), cause: error });
}

/** Raises {@link ConflictError} for parts that the update replaces, and that cannot be kept. An icon that is not sent stays. */
export function requireNoneLost(fetched: FetchedParts, request: UpdateRequest): void {
  const isReplaced = ({ part }: MissingPart): boolean => part !== 'icon' || request.connector.icon !== undefined;
  const lost = partsToLose(fetched).filter(isReplaced);
  if (lost.length === 0 || request.withoutBackup) return;
  const command = `${request.command}${request.force ? ' --force' : ''}`;
  throw lossError(lost, { target: request.target, command, nothingDone: nothingDone(request) });
}

async function findConflict(
  request: UpdateRequest,
  base: Base,
  current: RemoteState,
  context: Context,
): Promise<Conflict | undefined> {
  if (request.lastOwnChange !== undefined && request.lastOwnChange === current.changedTime) return undefined;
  const parts = conflictingParts(
    { requested: requestedState(request), rename: request.displayName !== undefined },
    base,
    current,
  );
  const { directory } = request;
  if (parts.length === 0 || directory === undefined) return undefined;
  const states = [requestedState(request), current.state];
  const baseState = await readBaseState(directory, base, states, { mayHaveStars: true });
  const changed = baseState ? partHashes(stateAsSent(current.state, baseState)) : {};
  const conflicting = parts.filter((part) => part === 'title' || !baseState || changed[part] !== base.hashes[part]);
  if (conflicting.length === 0) return undefined;
  const { environment, connectorId } = request.target;
  const known = await knownEnvironment(environment, context);
  return {
    ...conflictIn(conflicting, { baseState, requested: requestedState(request) }, current),
    name: titleOf(current.state) ?? connectorId,
    environment: known.name ?? `the environment ${environment}`,
  };
}
