import type { CreatedConnector, Remote, Target } from '../api/remote.ts';
import type { ConnectorResource, ConnectorSummary } from '../api/resources.ts';
import type { ApiProperties } from '../connector/api-properties.ts';
import { type Connector, partHashes } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import type { FoundSolution } from '../environment/find-solution.ts';
import { namedConnector } from '../environment/find-connector.ts';
import { listedIds } from '../environment/unclear-name.ts';
import { ApiError, PaconnError } from '../errors.ts';
import { inOrder } from '../io/async.ts';
import type { JsonDocument, RawJson } from '../json/document.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { listedConnectors, namesakes } from './find-created.ts';
import { findOutCreated, requireNotMade } from './find-out-created.ts';
import { explainNameInUse, isNameInUse } from './name-in-use.ts';
import { warnOfPlaceholders } from './client-ids.ts';
import { lookingAgain } from './look-again.ts';
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
  const send = async (payload: RawJson, document: JsonDocument<ApiProperties>): Promise<CreatedConnector> => {
    const apiProperties = connector.apiProperties.with(document);
    const state = { title: displayName, hashes: partHashes({ ...connector, apiProperties }), apiProperties };
    const creation = { ...wanted, state, before, since: startedAt, place, named };
    const { beforeSending, isSent } = lookingAgain(
      startedAt,
      async (isRepeated) => await requireNotMade(creation, { isRepeated }, remote),
    );
    try {
      const created = await remote.createConnector(environment, payload, {
        solutionId: inSolution?.id,
        beforeSending,
      });
      return await requireNew({ environment, created, before }, remote, { signal });
    } catch (error) {
      if (isNameInUse(error)) throw await explainNameInUse(error, { ...wanted, named }, remote);
      try {
        const { connectorId, reason } = await findOutCreated(error, { ...creation, isSent: isSent() }, remote);
        terminal.note(`Note: ${reason} The connector '${displayName}' was created anyway.`);
        return { connectorId, connector: undefined };
      } catch (found) {
        throw inSolution === undefined ? found : aboutSolution(found, inSolution);
      }
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
