import type { Remote } from '../api/remote.ts';
import type { Target } from '../api/remote.ts';
import type { ConnectorResource } from '../api/resources.ts';
import type { RemoteState } from '../connector/connector.ts';
import type { PayloadSource } from '../connector/payload.ts';
import type { Context } from '../context.ts';
import { InterruptedError } from '../errors.ts';
import { baseFileName } from '../history/base.ts';
import type { Backup } from '../history/backups.ts';
import type { JsonDocument, RawJson } from '../json/document.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { changeLines, type Conflict, conflictError, conflictWords, declinedError } from './conflict.ts';
import { examineUpdate, requestedState, type UpdateRequest } from './examine-update.ts';
import { lastChangeOf } from '../api/fetch-connector.ts';
import { backUp, rememberReplacedBy } from './back-up.ts';
import { sendPayload } from './refused-members.ts';
import { documentsOf, type Upload } from './upload.ts';
import { verifyAndRecord } from './verify-and-record.ts';

export interface UpdatedConnector {
  /** What the environment held before, as far as it could be kept. */
  readonly backup: Backup | undefined;
  /** What it holds now; undefined when it could not be read back. */
  readonly current: RemoteState | undefined;
}

/**
 * Replaces a connector by what the files say, after what it was has been kept, and makes what the environment then holds
 * the base of the files. What somebody changes between our look at the connector and our request, which come within a
 * second or two, is overwritten: the service has no request that depends on what is there.
 *
 * Raises `ConflictError` when work would be lost that others have done since the base, or custom code, besides all errors of
 * the requests.
 */
export async function updateConnector(
  request: UpdateRequest,
  remote: Remote,
  context: Context,
): Promise<UpdatedConnector> {
  const { target, directory, replacing } = request;
  const { terminal } = context;
  const examined = await examineUpdate(request, { dryRun: false }, remote, context);
  const { base, baseProblem, before, conflict, upload } = examined;
  const isAsked = conflict !== undefined && !request.force;
  if (conflict) await requireOverwrite(conflict, request, terminal);
  if (isAsked && (await hasChangedSince(conflict, target, remote, terminal))) {
    terminal.note('The connector has changed again meanwhile.');
    return await updateConnector(request, remote, context);
  }
  const backup = isAsked ? await backUp(replacing, target, before, context) : examined.backup;

  const send = async (payload: RawJson): Promise<JsonDocument<ConnectorResource> | undefined> =>
    await remote.updateConnector(target, payload);
  const sending = orReportUncertain(sendPayload(payloadSource(request, upload), send, context.terminal), request);
  const { answer, apiProperties } = await terminal.during('Updating the connector', sending);
  if (!base && replacing === 'update') {
    const why = baseProblem ?? `${baseFileName} did not know this connector.`;
    terminal.note(`${why} Whether others had changed it since its download could not be seen this time.`);
  }
  const sent = requestedState({
    ...request,
    connector: { ...request.connector, apiProperties: request.connector.apiProperties.with(apiProperties) },
  });
  const sentConnector = { target, sent, answer, rename: request.displayName !== undefined };
  // What is restored is not what the files beside the base say.
  const inStep = replacing === 'update' ? directory : undefined;
  const current = await verifyAndRecord({ ...sentConnector, directory: inStep }, remote, context);
  await rememberReplacedBy(backup, current);
  return { backup, current };
}

/** Whether an interrupted request has done its work cannot be known. */
async function orReportUncertain<T>(sending: Promise<T>, { target, named }: UpdateRequest): Promise<T> {
  try {
    return await sending;
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError(`Interrupted. The connector ${target.connectorId} may have changed all the same.`, {
      hint: `paconn diff${named} shows what it is now.`,
      cause: error,
    });
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

/** What the request to update a connector is made of. */
export function payloadSource({ target, connector, displayName }: UpdateRequest, upload: Upload): PayloadSource {
  return { ...upload, ...documentsOf(connector), environment: target.environment, displayName };
}

/** Raises {@link ConflictError} unless the user wants to overwrite what others have changed. */
async function requireOverwrite(conflict: Conflict, request: UpdateRequest, terminal: Terminal): Promise<void> {
  const { connectorId } = request.target;
  if (request.force) {
    terminal.note(`${conflictWords(connectorId, conflict)} This is overwritten; paconn restore brings it back.`);
    return;
  }
  if (!terminal.interactive) throw conflictError(conflict, request);
  const message = [conflictWords(connectorId, conflict), changeLines(conflict), 'Overwrite these changes?']
    .filter((line) => line !== '')
    .join('\n');
  if (!(await terminal.confirm({ message, insteadPass: '--force' }))) throw declinedError(request);
}
