import { fetchConnector, fetchParts, lastChangeOf } from '../api/fetch-connector.ts';
import type { Remote, Target } from '../api/remote.ts';
import { hasExactly, type SentState } from '../connector/as-sent.ts';
import { ConflictError, InterruptedError, PaconnError, UnconfirmedError } from '../errors.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { changedMeanwhileError } from './conflict.ts';
import { isAnswerLost, mayBeDone, notMadeError } from './lost-answer.ts';

/** An update that was sent. */
export interface SentUpdate {
  readonly target: Target;
  /** The arguments for a command about the same connector. */
  readonly named: string;
  readonly state: SentState;
  /** When the connector was changed last before, as the service says. */
  readonly changedTime: string | undefined;
}

/** An update that has failed. */
export interface FailedUpdate extends SentUpdate {
  /** Whether it was sent: what fails before that has changed nothing. */
  readonly isSent: boolean;
}

/**
 * What became of an update that has failed: where that may be its answer alone, the service is asked. Comes back where the update
 * was made. Else raises {@link UnconfirmedError}, or the error itself where nothing has happened.
 */
export async function findOutUpdated(
  error: unknown,
  update: FailedUpdate,
  remote: Remote,
  terminal: Terminal,
): Promise<void> {
  if (!(error instanceof AlreadyMadeError)) {
    if (!update.isSent || !mayBeDone(error)) throw error;
    const outcome = error instanceof InterruptedError ? 'unknown' : await outcomeOf(update, remote);
    if (outcome === 'unchanged') throw isAnswerLost(error) ? unchangedError(error, update) : error;
    if (outcome !== 'made') throw unconfirmed(error, outcome, update);
  }
  terminal.note(`Note: ${error.message} The update of ${update.target.connectorId} completed anyway.`);
}

/** The update was made by an earlier request, whose answer was lost. */
class AlreadyMadeError extends PaconnError {}

/**
 * Looks again before an update is sent some time after the connector was read: somebody else can have changed it meanwhile.
 * Raises {@link AlreadyMadeError} where that was the update itself, else `ConflictError`, and the errors of the request.
 */
export async function requireUnchanged(update: SentUpdate, remote: Remote): Promise<void> {
  const { target, state, changedTime } = update;
  const connector = await remote.getConnector(target);
  const change = lastChangeOf(connector);
  if (change.changedTime === changedTime || changedTime === undefined) return;
  const { current } = await fetchParts(remote, connector);
  if (hasExactly(current.state, state)) throw new AlreadyMadeError('An earlier request had no clear response.');
  // With --force, too: no backup has what is there now.
  throw changedMeanwhileError(change, update);
}

/** The same before an update is sent once more: where nobody can be asked now, the request before may have made it. */
export async function requireUnchangedAgain(update: SentUpdate, remote: Remote): Promise<void> {
  try {
    await requireUnchanged(update, remote);
  } catch (error) {
    const isUnasked =
      error instanceof PaconnError && !(error instanceof AlreadyMadeError || error instanceof ConflictError);
    throw isUnasked ? unconfirmed(error, 'unknown', update) : error;
  }
}

type Outcome = 'made' | 'unchanged' | 'other' | 'unknown';

const outcomeWords = {
  unknown: 'may have changed anyway.',
  other: 'has changed, but differs from what was sent. Someone else may have changed it.',
} as const;

function unconfirmed(
  error: PaconnError,
  outcome: keyof typeof outcomeWords,
  { target, named }: SentUpdate,
): UnconfirmedError {
  const words = `The connector ${target.connectorId} ${outcomeWords[outcome]}`;
  return new UnconfirmedError(error, words, `Check with:\n  paconn diff${named}`);
}

function unchangedError(error: PaconnError, { target, named }: SentUpdate): PaconnError {
  const hint = `The service may still be working on it. Check with:\n  paconn diff${named}`;
  return notMadeError(error, `The connector ${target.connectorId} hasn't changed.`, hint);
}

async function outcomeOf(update: SentUpdate, remote: Remote): Promise<Outcome> {
  const { target, state, changedTime } = update;
  try {
    const connector = await remote.getConnector(target);
    const now = lastChangeOf(connector).changedTime;
    if (now === undefined || changedTime === undefined) return 'unknown';
    if (now === changedTime) return 'unchanged';
    return hasExactly((await fetchConnector(remote, connector)).state, state) ? 'made' : 'other';
  } catch (error) {
    if (error instanceof InterruptedError) throw unconfirmed(error, 'unknown', update);
    // Connections that can't be read now aren't counted.
    if (error instanceof PaconnError) return 'unknown';
    throw error;
  }
}
