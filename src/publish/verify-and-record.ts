import type { Remote, Target } from '../api/remote.ts';
import type { ConnectorResource } from '../api/resources.ts';
import { stateAsSent, stateAsTaken, stateToRecord } from '../connector/as-sent.ts';
import { changeOrder } from '../connector/change-order.ts';
import { type Connector, type RemoteState, titleOf } from '../connector/connector.ts';
import { partFacts } from '../connector/part.ts';
import type { Context } from '../context.ts';
import { InterruptedError, PaconnError, UnconfirmedError } from '../errors.ts';
import { rememberOwnChange } from '../history/own-change.ts';
import type { JsonDocument } from '../json/document.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { recordBase } from './record-base.ts';
import { readUntil } from './read-until.ts';
import { type Loss, notTakenOver, readBack, replacedSince, stale } from './read-back.ts';
import { duringRequests } from './slow-request.ts';

/** A connector that was created or updated just now. */
export interface SentConnector {
  readonly target: Target;
  /** The uploaded connector. */
  readonly sent: Connector;
  /** What of it the files have, where more was sent. */
  readonly synced?: Connector | undefined;
  /** The connector in the response. */
  readonly answer: JsonDocument<ConnectorResource> | undefined;
  /** Where the base of the files is; undefined for what is not synced with files. */
  readonly directory: string | undefined;
  /** What follows a command that is to work on the same connector. */
  readonly named?: string | undefined;
  /** Whether it was to be renamed. */
  readonly rename: boolean;
  /** Whether it was created. */
  readonly isNew: boolean;
  /** What it was before, as far as it is known; nothing for a new one. */
  readonly before?: RemoteState | undefined;
}

/**
 * Reads a connector back after it was sent, says what is not as it was sent, and makes what is there the base of the files.
 * A failure is said, and no more: what was done stays done. Gives what the environment holds, as far as it is known. Raises
 * `PaconnError` where the service said yes, and did nothing.
 */
export async function verifyAndRecord(
  connector: SentConnector,
  remote: Remote,
  context: Context,
): Promise<RemoteState | undefined> {
  const { target, sent, synced = sent, directory, before } = connector;
  const renaming = connector.isNew ? 'new' : connector.rename ? 'asked' : 'possible';
  const { terminal, configDirectory } = context;
  const recorded = async (): Promise<RemoteState | undefined> => {
    const reading = readBackWhenDone(connector, remote, context);
    const current = await duringRequests(terminal, 'Reading it back', reading);
    const taken = stateAsTaken(current.state, sent);
    const untouched = notDone(connector, current);
    const record = async (whatWasSent: Connector | undefined): Promise<void> => {
      if (directory === undefined) return;
      const toRecord = stateToRecord(taken, current);
      // The icon that was sent is known, also where it can't be downloaded.
      const state = sent.icon ? { ...toRecord.state, missingIcon: undefined } : toRecord.state;
      await recordBase({ directory, target, current: { ...toRecord, state }, sent: whatWasSent }, context);
    };
    if (untouched.length > 0) {
      const isWhole = current.changedTime === before?.changedTime;
      // All else is as it was sent, so no one else changed it: the next run sends what is missing.
      if (!isWhole && isSameLoss(untouched, notTakenOver(sent, stateAsSent(current.state, sent))))
        await record(undefined);
      throw notDoneError(target, untouched, isWhole);
    }
    const replaced = replacedSince(sent, taken);
    // What someone else has put there was never here, so the last synced version stays.
    if (replaced.length > 0 && !connector.isNew) throw replacedError(connector, replaced);
    reportDifferences(sent, taken, renaming, terminal);
    if (replaced.length === 0) await rememberOwnChange(target, current.changedTime, configDirectory);
    await record(replaced.length > 0 ? undefined : synced);
    return current;
  };
  try {
    return await recorded();
  } catch (error) {
    if (error instanceof InterruptedError) {
      const words = `${target.connectorId} was uploaded, but not read back.`;
      throw new UnconfirmedError(error, words, 'Your next update, deploy, or pull continues from there.');
    }
    if (!(error instanceof PaconnError) || error instanceof NoEffectError) throw error;
    const done = connector.isNew ? 'created' : 'updated';
    terminal.note(
      `Warning: The connector was ${done}, but the last synced version couldn't be saved. ${error.message}`,
    );
    return undefined;
  }
}

/** The service said yes, and did nothing, or not all of it. */
class NoEffectError extends PaconnError {}

function notDoneError({ connectorId }: Target, losses: readonly Loss[], isWhole: boolean): NoEffectError {
  const words = losses.map(isWhole ? ({ part }) => partFacts[part].words : lossWords).join(', ');
  const what = isWhole ? "hasn't changed" : "doesn't have everything that was sent";
  return new NoEffectError(
    `The service accepted the update, but the connector ${connectorId} ${what}. Not updated: ${words}.`,
    { hint: 'Run the same command again.' },
  );
}

function replacedError({ target: { connectorId }, named = '' }: SentConnector, losses: readonly Loss[]): NoEffectError {
  const words = losses.map(lossWords).join(', ');
  return new NoEffectError(
    `The connector ${connectorId} was updated, but differs from what was sent: ${words}. Someone else may have changed it at the same time.`,
    { hint: `See what changed with:\n  paconn diff${named}` },
  );
}

async function readBackWhenDone(
  connector: SentConnector,
  remote: Remote,
  context: Pick<Context, 'signal'>,
): Promise<RemoteState> {
  const isOutdated = ({ changedTime }: RemoteState): boolean =>
    (changeOrder(changedTime, connector.before?.changedTime) ?? 0) < 0;
  const isDone = (current: RemoteState): boolean => notDone(connector, current).length === 0 && !isOutdated(current);
  return await readUntil(
    isDone,
    context,
    async (isAgain) => await readBack(remote, connector.target, isAgain ? undefined : connector.answer),
  );
}

/** Sent values that aren't in the environment, if the service reports no change at all, or none of that part. */
function notDone({ sent, before }: SentConnector, current: RemoteState): readonly Loss[] {
  if (!before) return [];
  if (current.changedTime === undefined || current.changedTime !== before.changedTime)
    return stale(sent, stateAsSent(current.state, sent), stateAsSent(before.state, sent));
  return notTakenOver(sent, stateAsTaken(current.state, sent));
}

function isSameLoss(some: readonly Loss[], others: readonly Loss[]): boolean {
  return some.map(lossWords).join() === others.map(lossWords).join();
}

function reportDifferences(sent: Connector, current: Connector, renaming: Renaming, { note }: Terminal): void {
  const lost = notTakenOver(sent, current);
  if (lost.length > 0)
    note(`Warning: The connector in the environment differs from what was sent: ${lost.map(lossWords).join(', ')}.`);
  const [sentTitle, title] = [titleOf(sent), titleOf(current)];
  if (title !== undefined && sentTitle !== undefined && title !== sentTitle)
    note(otherNameNote(title, sentTitle, renaming));
}

const afterOtherName = {
  asked: 'The service ignored --rename.',
  possible: 'To rename the connector, pass --rename.',
  new: 'To rename the connector, deploy it with --rename.',
} as const;

type Renaming = keyof typeof afterOtherName;

/** The warning for a connector whose name isn't the title in its API definition. */
export function otherNameNote(name: string, title: string, renaming: Renaming): string {
  const next = afterOtherName[renaming];
  return `Warning: The connector's name is '${name}', but the title in the API definition is '${title}'. ${next}`;
}

/** More of them don't help. */
const mostMembers = 5;

/** `API properties (capabilities)` */
function lossWords({ part, members }: Loss): string {
  const { words } = partFacts[part];
  const rest = members.length - mostMembers;
  const named = [...members.slice(0, mostMembers), ...(rest > 0 ? [`and ${rest} more`] : [])];
  return members.length === 0 ? words : `${words} (${named.join(', ')})`;
}
