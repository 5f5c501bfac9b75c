import { isInUse, isUnknown } from '../../api/refusals.ts';
import type { Remote, Target } from '../../api/remote.ts';
import type { ConnectionResource } from '../../api/resources.ts';
import type { Context } from '../../context.ts';
import {
  ApiError,
  ConflictError,
  InterruptedError,
  NetworkError,
  PaconnError,
  UnconfirmedError,
} from '../../errors.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import { isAnswerLost, mayBeDone, notMadeError } from '../../publish/lost-answer.ts';
import { lookingAgain } from '../../publish/look-again.ts';
import { readUntil } from '../../publish/read-until.ts';
import type { Backup } from '../../history/backups.ts';
import { type FetchedParts, lastChangeOf } from '../../api/fetch-connector.ts';
import { lastWords } from '../../publish/conflict.ts';
import { type KnownPlace, readResource, readParts } from '../../publish/read-remote.ts';
import { backUp } from '../../publish/back-up.ts';

/** A connector that is to be deleted. */
export interface DoomedConnector {
  readonly target: Target;
  /** What it is called; its ID where it has no name. */
  readonly title: string;
  /** What could be downloaded of it. */
  readonly fetched: FetchedParts;
  /** When it was changed last, as the service says. */
  readonly changedTime: string | undefined;
  /** When it was read, in milliseconds since 1970. */
  readonly readAt: number;
}

/** Reads what is to be deleted. Raises what {@link readResource} raises. */
export async function readDoomed(place: KnownPlace, remote: Remote, context: Context): Promise<DoomedConnector> {
  const { target } = place;
  const readAt = Date.now();
  const connector = await readResource(place, remote, context);
  const title = connector.value.properties.displayName || target.connectorId;
  const { changedTime } = lastChangeOf(connector);
  return { target, title, fetched: await readParts(connector, place, remote, context), changedTime, readAt };
}

/** Keeps a copy of what could be downloaded; undefined where that cannot be, which is said. */
export async function backUpBeforeDelete(
  { target, fetched }: DoomedConnector,
  context: Context,
): Promise<Backup | undefined> {
  return await backUp('delete', target, fetched, context);
}

/** Looks again. Raises {@link ConflictError} if someone else changed the connector: no backup has what it is now. */
export async function requireSame({ target, title, changedTime }: DoomedConnector, remote: Remote): Promise<void> {
  try {
    const change = lastChangeOf(await remote.getConnector(target));
    if (change.changedTime === changedTime) return;
    throw new ConflictError(`${title} changed in the meantime${lastWords(change)}. Nothing was deleted.`, {
      hint: 'To delete it with this change, run the command again.',
    });
  } catch (error) {
    // It's gone: an earlier request has deleted it.
    if (!isUnknown(error)) throw error;
  }
}

/**
 * Deletes a connector, and makes sure that it is gone. Where the answer alone may have failed the service is asked: comes back when the
 * connector is gone, else raises {@link UnconfirmedError}, or the error itself where nothing has happened, and `ConflictError` if someone
 * else changed it during a pause.
 */
export async function deleteAndFindOut(
  doomed: DoomedConnector,
  remote: Remote,
  context: Pick<Context, 'signal' | 'terminal'>,
): Promise<void> {
  const { target } = doomed;
  const { terminal } = context;
  const { beforeSending, isSent } = lookingAgain(
    doomed.readAt,
    async (isRepeated) => await (isRepeated ? requireSameAgain : requireSame)(doomed, remote),
  );
  try {
    await remote.deleteConnector(target, beforeSending);
  } catch (error) {
    if (!isSent() || !mayBeDone(error)) throw error;
    const outcome = error instanceof InterruptedError ? 'unknown' : await outcomeOf(target, remote);
    if (outcome === 'there') throw isAnswerLost(error) ? stillThereError(error, target) : error;
    if (outcome === 'unknown') throw unconfirmed(error, target);
    terminal.note(`Note: ${error.message} The connector ${target.connectorId} was deleted anyway.`);
    return;
  }
  if (await isStillThere(target, remote, context))
    throw new PaconnError(
      `The service accepted the deletion, but the connector ${target.connectorId} is still there.`,
      {
        hint: 'Run the same command again.',
      },
    );
}

/** Who refuses to say doesn't have it. */
async function isStillThere(target: Target, remote: Remote, context: Pick<Context, 'signal'>): Promise<boolean> {
  return await readUntil(
    (isThere) => !isThere,
    context,
    async () => {
      try {
        await remote.getConnector(target);
        return true;
      } catch (error) {
        if (error instanceof PaconnError && !(error instanceof InterruptedError)) return false;
        throw error;
      }
    },
  );
}

/** The same before the request is sent once more: where nobody can be asked now, the one before may have done it. */
async function requireSameAgain(doomed: DoomedConnector, remote: Remote): Promise<void> {
  try {
    await requireSame(doomed, remote);
  } catch (error) {
    const isUnasked = error instanceof PaconnError && !(error instanceof ConflictError);
    throw isUnasked ? unconfirmed(error, doomed.target) : error;
  }
}

function unconfirmed(error: PaconnError, target: Target): UnconfirmedError {
  return new UnconfirmedError(
    error,
    `The connector ${target.connectorId} may have been deleted anyway.`,
    check(target),
  );
}

function stillThereError(error: PaconnError, target: Target): PaconnError {
  return notMadeError(error, `The connector ${target.connectorId} hasn't been deleted.`, check(target));
}

function check({ environment }: Target): string {
  return `Check with:\n  paconn list --environment ${commandWord(environment)}`;
}

async function outcomeOf(target: Target, remote: Remote): Promise<'there' | 'gone' | 'unknown'> {
  try {
    await remote.getConnector(target);
    return 'there';
  } catch (error) {
    return (await isSurelyGone(error, target, remote)) ? 'gone' : 'unknown';
  }
}

/** Connections that can't be read now aren't counted. */
async function isSurelyGone(error: unknown, target: Target, remote: Remote): Promise<boolean> {
  try {
    return await remote.isGone(error, target);
  } catch (asking) {
    if (asking instanceof PaconnError) return false;
    throw asking;
  }
}

/** More of them are counted. */
const mostListed = 20;

/** Raises, in place of the refusal for a connector in use, an error that names what uses it. */
export async function refusedForUse(
  deleting: Promise<void>,
  { target, title }: DoomedConnector,
  remote: Remote,
): Promise<void> {
  try {
    await deleting;
  } catch (error) {
    if (!isInUse(error)) throw error;
    const connections = await connectionsWith(target, remote);
    const lines = connections.slice(0, mostListed).map(connectionWords);
    if (connections.length > mostListed) lines.push(`  and ${connections.length - mostListed} more`);
    throw new PaconnError(`Can't delete ${title}: connections use it.`, {
      detail: lines.length > 0 ? lines.join('\n') : error.serviceMessage,
      hint: "First delete the connections in the maker portal, including other users' connections.",
      cause: error,
    });
  }
}

/** Those that the user may see, if any: the refusal is what matters. */
export async function connectionsWith(target: Target, remote: Remote): Promise<readonly ConnectionResource[]> {
  try {
    return await remote.listConnections(target);
  } catch (error) {
    if (error instanceof ApiError || error instanceof NetworkError) return [];
    throw error;
  }
}

function connectionWords({ name, properties }: ConnectionResource): string {
  const owner = properties?.createdBy?.displayName;
  return `  ${properties?.displayName || name}${owner ? ` of ${owner}` : ''} (${name})`;
}
