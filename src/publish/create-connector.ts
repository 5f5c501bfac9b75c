import type { CreatedConnector, Remote, Target } from '../api/remote.ts';
import type { ConnectorResource, ConnectorSummary } from '../api/resources.ts';
import type { Connector } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import type { FoundSolution } from '../environment/find-solution.ts';
import { namedConnector } from '../environment/find-connector.ts';
import { listedIds } from '../environment/unclear-name.ts';
import { ApiError, ConflictError, InterruptedError, PaconnError } from '../errors.ts';
import { inOrder } from '../io/async.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import type { JsonDocument, RawJson } from '../json/document.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { findCreated, listedConnectors, namesakes, type WantedConnector } from './find-created.ts';
import { explainNameInUse, isNameInUse } from './name-in-use.ts';
import { warnOfPlaceholders } from './client-ids.ts';
import { lookingAgain } from './look-again.ts';
import { isAnswerLost } from './lost-answer.ts';
import { requireNew } from './require-new.ts';
import { sendPayload } from './refused-members.ts';
import { duringSlowRequest } from './slow-request.ts';
import { documentsOf, prepareUpload, uploadFiles } from './upload.ts';

export interface CreateRequest {
  readonly environment: string;
  /** What the connector is to be, all client secrets in their places. */
  readonly connector: Connector;
  readonly displayName: string;
  /** All that the environment has before, where they are known. */
  readonly before?: readonly ConnectorSummary[];
  /** What the environment is called. */
  readonly place: string;
  /** What follows a command that is to work with its files in the same environment; undefined where it has none. */
  readonly named: string | undefined;
  /** The solution to make it in. */
  readonly inSolution?: FoundSolution | undefined;
}

export interface Creation {
  readonly target: Target;
  /** What was sent in the end. */
  readonly sent: Connector;
  /** The connector in the response, if the response has it. */
  readonly answer: JsonDocument<ConnectorResource> | undefined;
}

/**
 * Makes a connector. Its ID has to be kept, then {@link verifyAndRecord} can read it back. Raises the errors of the requests; where a
 * connector may have been made nevertheless, the error says so.
 */
export async function createConnector(
  request: CreateRequest,
  remote: Remote,
  { terminal, signal }: Pick<Context, 'terminal' | 'signal'>,
): Promise<Creation> {
  const { environment, connector, displayName, before: known, place, named, inSolution } = request;
  warnOfPlaceholders(connector, terminal);
  const wanted = { environment, displayName };
  const startedAt = Date.now();
  const preparing = inOrder([
    prepareUpload(remote, terminal, environment, connector),
    // The new one can be told from these, whatever the answer says.
    known ? Promise.resolve(known) : listedConnectors(environment, remote),
  ]);
  const [storage, before] = await terminal.during('Validating the API definition', preparing);
  warnOfNamesakes(namesakes(before, displayName), { displayName, place, named }, terminal);
  const upload = await terminal.during('Uploading icon and script', uploadFiles(remote, storage, connector));
  const source = { ...upload, ...documentsOf(connector), environment, displayName };
  // A run that was stopped for a while may no longer be alone, and a refusal can come after the work was done.
  const beforeSending = lookingAgain(startedAt, async (isRepeated) => {
    const connectorId = await findCreated(wanted, before, startedAt, remote);
    if (connectorId !== undefined) throw madeMeanwhileError(connectorId, request, isRepeated);
  });
  const send = async (payload: RawJson): Promise<CreatedConnector> => {
    const sentTime = Date.now();
    try {
      const created = await remote.createConnector(environment, payload, {
        solutionId: inSolution?.id,
        beforeSending,
      });
      return await requireNew({ environment, created, before }, remote, { signal });
    } catch (error) {
      if (isNameInUse(error)) throw await explainNameInUse(error, { ...wanted, named }, remote);
      if (!isAnswerLost(error)) throw inSolution === undefined ? error : aboutSolution(error, inSolution);
      const find = async (): Promise<string | undefined> => await findCreated(wanted, before, sentTime, remote);
      const connectorId = error instanceof InterruptedError ? undefined : await orInterrupted(find(), wanted);
      if (connectorId === undefined) throw mayExistError(error, wanted);
      terminal.note(`Note: ${error.message} The connector '${displayName}' was created anyway.`);
      return { connectorId, connector: undefined };
    }
  };
  const sending = sendPayload(source, send, terminal);
  const sent = await duringSlowRequest(terminal, 'Creating the connector', sending);
  const { connectorId, connector: answer } = sent.answer;
  return {
    target: { environment, connectorId },
    sent: { ...connector, apiProperties: connector.apiProperties.with(sent.apiProperties) },
    answer,
  };
}

/** Who always creates soon has several of one name. */
export function warnOfNamesakes(
  found: readonly ConnectorSummary[],
  { displayName, place, named }: Pick<CreateRequest, 'displayName' | 'place' | 'named'>,
  { note }: Pick<Terminal, 'note'>,
): void {
  const [first, ...others] = found;
  if (!first) return;
  const update = (connector: string): string => `paconn deploy${named} --connector ${connector}`;
  if (others.length === 0) {
    const exists = `Warning: '${displayName}' already exists in ${place}.`;
    // With the new one there are several of this name: it has to be said which one is meant.
    note(named === undefined ? exists : `${exists} To update it instead:\n  ${update(first.name)}`);
    return;
  }
  const listed = listedIds(found.map(namedConnector));
  note(`Warning: ${found.length} connectors with the name '${displayName}' already exist in ${place}:\n${listed}`);
  if (named !== undefined) note(`To update one of them instead:\n  ${update('<connector>')}`);
}

/** A connector that came while this run was about to make it; by this run where its request was refused and sent again. */
function madeMeanwhileError(
  connectorId: string,
  { displayName, place, named }: CreateRequest,
  isRepeated: boolean,
): ConflictError {
  const who = isRepeated ? 'This or another run' : 'Another run';
  return new ConflictError(
    `${who} of paconn created '${displayName}' (${connectorId}) in ${place}, so it wasn't created again.`,
    named === undefined
      ? {}
      : { hint: `To update that connector:\n  paconn deploy${named} --connector ${connectorId}` },
  );
}

async function orInterrupted<T>(finding: Promise<T>, wanted: WantedConnector): Promise<T> {
  try {
    return await finding;
  } catch (error) {
    throw error instanceof InterruptedError ? mayExistError(error, wanted) : error;
  }
}

/** A create request whose answer got lost is not sent again: there may be a connector already. */
function mayExistError(error: PaconnError, { environment, displayName }: WantedConnector): PaconnError {
  const message = `${error.message} The connector '${displayName}' may have been created anyway.`;
  const options = {
    detail: error.detail,
    answer: error.answer,
    hint: `Before you try again, look for it with:\n  paconn list --environment ${commandWord(environment)}`,
    cause: error,
  };
  return error instanceof InterruptedError ? new InterruptedError(message, options) : new PaconnError(message, options);
}

/** What the service says of a solution is not known; what else to do is. */
function aboutSolution(error: unknown, { words }: FoundSolution): unknown {
  if (!(error instanceof ApiError) || error.status < 400 || error.status >= 500) return error;
  return new PaconnError(`The service didn't create the connector in the solution ${words}. ${error.message}`, {
    detail: error.detail,
    answer: error.answer,
    hint: 'Create the connector without --solution, and add it to the solution in the maker portal.',
    cause: error,
  });
}
