import type { Remote } from '../api/remote.ts';
import type { Target } from '../api/remote.ts';
import type { ConnectorResource } from '../api/resources.ts';
import type { ApiProperties } from '../connector/api-properties.ts';
import { type SentState, withReferencesOf } from '../connector/as-sent.ts';
import type { Change } from '../comparison/change.ts';
import { type Connector, partHashes, type RemoteState, titleOf } from '../connector/connector.ts';
import { DefaultIconContent } from '../connector/part-content.ts';
import { withEmptied, withKept, withoutEmptied } from '../connector/left-out.ts';
import type { PayloadSource } from '../connector/payload.ts';
import type { Context } from '../context.ts';
import { FileError, UnconfirmedError } from '../errors.ts';
import type { Backup } from '../history/backups.ts';
import { forgetSent, rememberSent } from '../history/sent.ts';
import type { JsonDocument, RawJson } from '../json/document.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import type { Conflict } from './conflict.ts';
import { resolveConflict } from './resolve-conflict.ts';
import { announceChanges, confirmUnseen } from './announce-changes.ts';
import { plannedChanges } from './planned-changes.ts';
import {
  type ExaminedUpdate,
  examineUpdate,
  noBaseWords,
  requestedState,
  requireNoneLost,
  sendingOf,
  type UpdateRequest,
} from './examine-update.ts';
import { findOutUpdated, requireUnchanged, requireUnchangedAgain } from './find-out-updated.ts';
import { duringSlowRequest } from './slow-request.ts';
import { type FetchedParts, lastChangeOf } from '../api/fetch-connector.ts';
import { lookingAgain } from './look-again.ts';
import { backUp } from './back-up.ts';
import type { LeftOut } from './left-out.ts';
import { explainNameInUse, isNameInUse } from './name-in-use.ts';
import { sendPayload } from './refused-members.ts';
import { reportBackup } from './report-result.ts';
import { documentsOf, type Upload } from './upload.ts';
import { verifyAndRecord } from './verify-and-record.ts';

export interface UpdatedConnector {
  /** What the environment held before, as far as it could be kept. */
  readonly backup: Backup | undefined;
  /** What it holds now; undefined when it could not be read back. */
  readonly current: RemoteState | undefined;
  /** How it was changed; undefined where what it was isn't known. */
  readonly changes: readonly Change[] | undefined;
}

/**
 * Replaces a connector by what the files say, after what it was has been kept, and makes what the environment then holds
 * the base of the files. What somebody changes between our last look at the connector and our request, which come within a
 * second, is overwritten: the service has no request that depends on what is there.
 *
 * Raises `ConflictError` when work would be lost that others have done since the base, or custom code, besides all errors of
 * the requests.
 */
export async function updateConnector(
  request: UpdateRequest,
  remote: Remote,
  context: Context,
): Promise<UpdatedConnector> {
  const { target, replacing } = request;
  const { terminal } = context;
  const examined = await examineUpdate(request, { dryRun: false }, remote, context);
  const { base, before, conflict, references, leftOut } = examined;
  const isAsked = conflict !== undefined && !request.force;
  if (conflict) await resolveConflict(conflict, request, terminal);
  if (isAsked && (await hasChangedSince(conflict, target, remote, terminal))) {
    terminal.note('Note: The connector changed again in the meantime.');
    return await updateConnector({ ...request, read: undefined }, remote, context);
  }
  if (isAsked) requireNoneLost(examined.fetched, request);
  const planned = before && plannedChanges(request, { before, base, references, leftOut });
  if (planned) await announceChanges(planned, request, remote, context);
  else await confirmUnseen(request, context);
  // Only now: the newest backup undoes the last change, not a restore that was declined or has nothing to do.
  const isAsBackup = replacing === 'restore' && planned?.changes.length === 0;
  const backup = isAsBackup ? undefined : await backUp(replacing, target, withSentReferences(examined), context);
  try {
    const current = await sendUpdate(request, examined, remote, context);
    return { backup, current, changes: planned?.changes };
  } catch (error) {
    if (backup && error instanceof UnconfirmedError) await reportBackup(backup, context);
    throw error;
  }
}

/** What a backup is to have: the references in place of client secrets, too, as far as the base knows them. */
function withSentReferences({ fetched, base, references }: ExaminedUpdate): FetchedParts {
  if (!base || !references) return fetched;
  const { current, missing } = fetched;
  return { current: { ...current, state: withReferencesOf(references, current.state) }, missing };
}

/** Sends an update that was examined, and gives what the environment then holds, as far as it's known. */
async function sendUpdate(
  request: UpdateRequest,
  examined: ExaminedUpdate,
  remote: Remote,
  context: Context,
): Promise<RemoteState | undefined> {
  const { target, directory, replacing } = request;
  const { terminal } = context;
  const { base, recordedBase, baseProblem, before, upload, leftOut, changedTime, readAt } = examined;
  const sending = sendingOf(request, context);
  const send = async (
    payload: RawJson,
    apiProperties: JsonDocument<ApiProperties>,
  ): Promise<JsonDocument<ConnectorResource> | undefined> => {
    const kept = before ? withKept(apiProperties, before.state.apiProperties.document, leftOut) : apiProperties;
    const state = sentState(request, kept, before ? iconHash(before.state) : recordedBase?.hashes.icon);
    await rememberIfPossible(rememberSent(sending, replacing === 'update' ? recordedBase : undefined, state));
    const update = { ...request, state, changedTime };
    const { beforeSending, isSent } = lookingAgain(
      readAt,
      async (isRepeated) => await (isRepeated ? requireUnchangedAgain : requireUnchanged)(update, remote),
    );
    try {
      return await remote.updateConnector(target, payload, beforeSending);
    } catch (error) {
      const displayName = request.displayName ?? titleOf(request.connector);
      if (isNameInUse(error) && displayName !== undefined) {
        throw await explainNameInUse(error, { ...target, displayName, named: undefined }, remote);
      }
      await findOutUpdated(error, { ...update, isSent: isSent() }, remote, terminal);
      return undefined;
    }
  };
  const { answer, apiProperties } = await duringSlowRequest(
    terminal,
    'Updating the connector',
    sendPayload(payloadSource(request, upload, leftOut), send, terminal),
  );
  if (!base && replacing === 'update' && request.lastOwnChange === undefined) {
    const why = baseProblem ?? noBaseWords(request, "didn't");
    terminal.note(`Note: ${why} Without it, paconn couldn't detect changes by others.`);
  }
  const sent = requestedState({
    ...request,
    connector: { ...request.connector, apiProperties: request.connector.apiProperties.with(apiProperties) },
  });
  const synced = { ...sent, apiProperties: sent.apiProperties.with(withoutEmptied(apiProperties, leftOut)) };
  const sentConnector = {
    target,
    sent,
    synced,
    answer,
    named: request.named,
    rename: request.displayName !== undefined,
    isNew: false,
    before,
  };
  // What is restored is not what the files beside the base say.
  const inStep = replacing === 'update' ? directory : undefined;
  const current = await verifyAndRecord({ ...sentConnector, directory: inStep }, remote, context);
  if (replacing === 'restore' && current) await rememberIfPossible(forgetSent(sending));
  return current;
}

/** The state in the environment after the update. */
function sentState(
  { connector, displayName }: UpdateRequest,
  document: JsonDocument<ApiProperties>,
  currentIcon: string | undefined,
): SentState {
  const apiProperties = connector.apiProperties.with(document);
  const hashes = partHashes({ ...connector, apiProperties });
  return { title: displayName, hashes: { ...hashes, icon: hashes.icon ?? currentIcon }, apiProperties };
}

function iconHash({ icon }: Connector): string | undefined {
  return icon instanceof DefaultIconContent ? undefined : icon?.hash;
}

/** Where there is no place to remember what is sent, as in pipelines without a home, an update goes on without it. */
async function rememberIfPossible(remembering: Promise<void>): Promise<void> {
  try {
    await remembering;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}

/** Questions can stand for hours. */
async function hasChangedSince(
  { changedTime }: Conflict,
  target: Target,
  remote: Remote,
  terminal: Terminal,
): Promise<boolean> {
  const connector = await terminal.during('Reading the connector', remote.getConnector(target));
  return lastChangeOf(connector).changedTime !== changedTime;
}

/** The source of the request to update a connector. */
export function payloadSource(
  { target, connector, displayName }: UpdateRequest,
  upload: Upload,
  leftOut: LeftOut,
): PayloadSource {
  const documents = documentsOf(connector);
  const apiProperties = withEmptied(documents.apiProperties, leftOut);
  return { ...upload, ...documents, apiProperties, environment: target.environment, displayName };
}
