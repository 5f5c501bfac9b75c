import type { Remote, Target } from '../api/remote.ts';
import type { ConnectorResource } from '../api/resources.ts';
import { stateAsTaken, withIconOf } from '../connector/as-sent.ts';
import { type Connector, type RemoteState, titleOf } from '../connector/connector.ts';
import { partFacts } from '../connector/part.ts';
import type { Context } from '../context.ts';
import { InterruptedError, PaconnError } from '../errors.ts';
import type { JsonDocument } from '../json/document.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { recordBase } from './record-base.ts';
import { type Loss, notTakenOver, readBack } from './read-back.ts';

/** A connector that was created or updated just now. */
export interface SentConnector {
  readonly target: Target;
  /** What was sent. */
  readonly sent: Connector;
  /** What the service said it is. */
  readonly answer: JsonDocument<ConnectorResource> | undefined;
  /** Where the base of the files is; undefined for what is not synced with files. */
  readonly directory: string | undefined;
  /** Whether its name was sent, too. */
  readonly rename: boolean;
}

/**
 * Reads a connector back after it was sent, says what is not as it was sent, and makes what is there the base of the files.
 * A failure is said, and no more: what was done stays done. Gives what the environment holds, as far as it is known.
 */
export async function verifyAndRecord(
  { target, sent, answer, directory, rename }: SentConnector,
  remote: Remote,
  context: Context,
): Promise<RemoteState | undefined> {
  const { terminal } = context;
  try {
    const current = await terminal.during('Reading it back', readBack(remote, target, answer));
    const taken = stateAsTaken(current.state, sent);
    reportDifferences(sent, taken, rename, terminal);
    if (directory !== undefined) {
      await recordBase({ directory, target, current: withIconOf(taken, current), sent }, context);
    }
    return current;
  } catch (error) {
    if (!(error instanceof PaconnError) || error instanceof InterruptedError) throw error;
    terminal.note(`The connector is as it was sent, but what it is now could not be remembered. ${error.message}`);
    return undefined;
  }
}

function reportDifferences(sent: Connector, current: Connector, rename: boolean, { note }: Terminal): void {
  const lost = notTakenOver(sent, current);
  if (lost.length > 0) note(`The connector has something else than was sent: ${lost.map(lossWords).join(', ')}.`);
  const [sentTitle, title] = [titleOf(sent), titleOf(current)];
  if (title === undefined || sentTitle === undefined || title === sentTitle) return;
  const why = rename ? 'although it was to be renamed' : '--rename gives it the title of the definition';
  note(`The connector is still called '${title}', not '${sentTitle}': ${why}.`);
}

/** More of them say no more to anybody. */
const mostMembers = 5;

/** `API properties (capabilities)` */
function lossWords({ part, members }: Loss): string {
  const { words } = partFacts[part];
  const rest = members.length - mostMembers;
  const named = [...members.slice(0, mostMembers), ...(rest > 0 ? [`and ${rest} more`] : [])];
  return members.length === 0 ? words : `${words} (${named.join(', ')})`;
}
