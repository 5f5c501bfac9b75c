import { fetchConnector, fetchParts, lastChangeOf } from '../api/fetch-connector.ts';
import type { Remote, Target } from '../api/remote.ts';
import { hasExactly, type SentState } from '../connector/as-sent.ts';
import { ApiError, InterruptedError, NetworkError, PaconnError } from '../errors.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { changedMeanwhileError } from './conflict.ts';
import { isAnswerLost } from './lost-answer.ts';

/** An update that was sent. */
export interface SentUpdate {
  readonly target: Target;
  /** The arguments for a command about the same connector. */
  readonly named: string;
  readonly state: SentState;
  /** When the connector was changed last before, as the service says. */
  readonly changedTime: string | undefined;
}

/**
 * What became of an update that has failed: where its answer alone was lost, the service is asked. Comes back where the update
 * was made, else raises an error that says what is known of it.
 */
export async function findOutUpdated(
  error: unknown,
  update: SentUpdate,
  remote: Remote,
  terminal: Terminal,
): Promise<void> {
  if (error instanceof AlreadyMadeError) {
    terminal.note(`Note: ${error.message} The update of ${update.target.connectorId} completed anyway.`);
    return;
  }
  if (!isAnswerLost(error)) throw error;
  if (error instanceof InterruptedError) throw lostError(error, 'unknown', update);
  let outcome: Outcome;
  try {
    outcome = await outcomeOf(update, remote);
  } catch (asking) {
    throw asking instanceof InterruptedError ? lostError(asking, 'unknown', update) : asking;
  }
  if (outcome !== 'made') throw lostError(error, outcome, update);
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

/**
 * The same before an update is sent once more: a request before may have made it, so who cannot be asked now does not say.
 */
export async function requireUnchangedAgain(update: SentUpdate, remote: Remote): Promise<void> {
  try {
    await requireUnchanged(update, remote);
  } catch (error) {
    throw error instanceof ApiError || error instanceof NetworkError ? lostError(error, 'unknown', update) : error;
  }
}

type Outcome = 'made' | 'unchanged' | 'other' | 'unknown';

const outcomeWords = {
  unknown: 'may have changed anyway.',
  other: 'has changed, but differs from what was sent. Someone else may have changed it.',
  unchanged: "hasn't changed.",
} as const;

function lostError(error: PaconnError, outcome: keyof typeof outcomeWords, { target, named }: SentUpdate): PaconnError {
  const message = `${error.message} The connector ${target.connectorId} ${outcomeWords[outcome]}`;
  const check = `Check with:
  paconn diff${named}`;
  const hint = outcome === 'unchanged' ? `The service may still be working on it. ${check}` : check;
  const options = { detail: error.detail, answer: error.answer, hint, cause: error };
  return error instanceof InterruptedError ? new InterruptedError(message, options) : new PaconnError(message, options);
}

async function outcomeOf({ target, state, changedTime }: SentUpdate, remote: Remote): Promise<Outcome> {
  try {
    const connector = await remote.getConnector(target);
    const now = lastChangeOf(connector).changedTime;
    if (now === undefined || changedTime === undefined) return 'unknown';
    if (now === changedTime) return 'unchanged';
    return hasExactly((await fetchConnector(remote, connector)).state, state) ? 'made' : 'other';
  } catch (error) {
    // Connections that can't be read now aren't counted.
    if (error instanceof PaconnError && !(error instanceof InterruptedError)) return 'unknown';
    throw error;
  }
}
