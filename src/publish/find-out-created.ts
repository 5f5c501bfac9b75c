import { fetchConnector } from '../api/fetch-connector.ts';
import type { Remote, Target } from '../api/remote.ts';
import type { ConnectorSummary } from '../api/resources.ts';
import { hasExactly, type SentState } from '../connector/as-sent.ts';
import { ConflictError, InterruptedError, PaconnError, UnconfirmedError } from '../errors.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import { findCreated, type WantedConnector } from './find-created.ts';
import { isAnswerLost, mayBeDone } from './lost-answer.ts';

/** A connector that is made. */
export interface SentCreation extends WantedConnector {
  readonly state: SentState;
  /** All that the environment had before, where they are known. */
  readonly before: readonly ConnectorSummary[] | undefined;
  /** Since when it can have been made, in milliseconds since 1970. */
  readonly since: number;
  /** What the environment is called. */
  readonly place: string;
  /** What follows a command that is to work with its files in the same environment; undefined where it has none. */
  readonly named: string | undefined;
}

/** A creation that has failed. */
export interface FailedCreation extends SentCreation {
  /** Whether it was sent: what fails before that has made nothing. */
  readonly isSent: boolean;
}

/** The connector was made by an earlier request, whose answer didn't say so. */
class AlreadyMadeError extends PaconnError {
  readonly connectorId: string;

  constructor(connectorId: string) {
    super('An earlier request had no clear response.');
    this.connectorId = connectorId;
  }
}

/**
 * Looks again before a connector is made some time after the list was read, or once more: a run that was stopped for a while may no
 * longer be alone, and a refusal can come after the work was done. Raises {@link AlreadyMadeError} where an earlier request has made it,
 * and `ConflictError` where another run has.
 */
export async function requireNotMade(
  creation: SentCreation,
  { isRepeated }: { readonly isRepeated: boolean },
  remote: Remote,
): Promise<void> {
  const { displayName, place, named, since } = creation;
  const found = await findCreated(creation, creation.before, since, remote);
  if (typeof found === 'string') return;
  const { connectorId } = found;
  if (isRepeated && (await isExactly(creation, connectorId, remote))) throw new AlreadyMadeError(connectorId);
  const who = isRepeated ? 'This or another run' : 'Another run';
  throw new ConflictError(
    `${who} of paconn created '${displayName}' (${connectorId}) in ${place}, so it wasn't created again.`,
    named === undefined
      ? {}
      : { hint: `To update that connector:\n  paconn deploy${named} --connector ${connectorId}` },
  );
}

/**
 * What became of a connector whose request has failed: where that may be its answer alone, the list is asked. Gives the ID
 * and why it's known only now. Else raises {@link UnconfirmedError}, or the error itself where nothing has happened.
 */
export async function findOutCreated(
  error: unknown,
  creation: FailedCreation,
  remote: Remote,
): Promise<{ readonly connectorId: string; readonly reason: string }> {
  if (error instanceof AlreadyMadeError) return { connectorId: error.connectorId, reason: error.message };
  if (!creation.isSent || !mayBeDone(error)) throw error;
  if (error instanceof InterruptedError) throw unconfirmed(error, creation);
  try {
    const found = await findCreated(creation, creation.before, creation.since, remote);
    const isLost = isAnswerLost(error);
    if (found === 'none' && !isLost) throw error;
    // After a refusal it may be the one of another run.
    const isOwn = typeof found !== 'string' && (isLost || (await isExactly(creation, found.connectorId, remote)));
    if (isOwn) return { connectorId: found.connectorId, reason: error.message };
  } catch (asking) {
    throw asking instanceof InterruptedError ? unconfirmed(asking, creation) : asking;
  }
  throw unconfirmed(error, creation);
}

/** Whether a connector is what was sent; not where it can't be read. */
async function isExactly(
  { environment, state }: SentCreation,
  connectorId: Target['connectorId'],
  remote: Remote,
): Promise<boolean> {
  try {
    const connector = await remote.getConnector({ environment, connectorId });
    return hasExactly((await fetchConnector(remote, connector)).state, state);
  } catch (error) {
    if (error instanceof PaconnError && !(error instanceof InterruptedError)) return false;
    throw error;
  }
}

/** A request that may have made a connector is not sent again. */
function unconfirmed(error: PaconnError, { environment, displayName }: WantedConnector): UnconfirmedError {
  const check = `Before you try again, look for it with:\n  paconn list --environment ${commandWord(environment)}`;
  return new UnconfirmedError(error, `The connector '${displayName}' may have been created anyway.`, check);
}
