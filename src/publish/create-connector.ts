import type { Remote } from '../api/remote.ts';
import type { Target } from '../api/remote.ts';
import type { ConnectorResource } from '../api/resources.ts';
import type { Connector } from '../connector/connector.ts';
import { ApiError, InterruptedError, NetworkError, PaconnError } from '../errors.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import type { JsonDocument } from '../json/document.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { explainNameInUse, isNameInUse } from './name-in-use.ts';
import { sendPayload } from './refused-members.ts';
import { documentsOf, prepareUpload, uploadFiles } from './upload.ts';

export interface CreateRequest {
  readonly environment: string;
  /** What the connector is to be, all client secrets in their places. */
  readonly connector: Connector;
  readonly displayName: string;
}

export interface Creation {
  readonly target: Target;
  /** What was sent in the end. */
  readonly sent: Connector;
  /** What the service says it is, when it says so. */
  readonly answer: JsonDocument<ConnectorResource> | undefined;
}

/**
 * Makes a connector. Its ID has to be kept, then {@link verifyAndRecord} can read it back. Raises the errors of the requests; where a
 * connector may have been made nevertheless, the error says so.
 */
export async function createConnector(
  { environment, connector, displayName }: CreateRequest,
  remote: Remote,
  terminal: Terminal,
): Promise<Creation> {
  const preparing = prepareUpload(remote, terminal, environment, connector);
  const storage = await terminal.during('Validating the API definition', preparing);
  const upload = await terminal.during('Uploading icon and script', uploadFiles(remote, storage, connector));
  const source = { ...upload, ...documentsOf(connector), environment, displayName };
  const sending = sendPayload(source, async (payload) => await remote.createConnector(environment, payload), terminal);
  const sent = await terminal.during(
    'Creating the connector',
    orExplain(sending, { displayName, environment }, remote),
  );
  const { connectorId, connector: answer } = sent.answer;
  return {
    target: { environment, connectorId },
    sent: { ...connector, apiProperties: connector.apiProperties.with(sent.apiProperties) },
    answer,
  };
}

/** A create request whose answer got lost is not sent again: there may be a connector already. */
async function orExplain<T>(
  sending: Promise<T>,
  { displayName, environment }: Pick<CreateRequest, 'displayName' | 'environment'>,
  remote: Remote,
): Promise<T> {
  try {
    return await sending;
  } catch (error) {
    if (isNameInUse(error)) throw await explainNameInUse(error, { displayName, environment }, remote);
    if (!mayHaveCreated(error)) throw error;
    const message = `${error.message} The connector '${displayName}' may have been created all the same.`;
    const options = {
      answer: error.answer,
      hint: `Look for it before you try again: paconn list --env ${commandWord(environment)} shows the connectors.`,
      cause: error,
    };
    throw error instanceof InterruptedError
      ? new InterruptedError(message, options)
      : new PaconnError(message, options);
  }
}

function mayHaveCreated(error: unknown): error is PaconnError {
  if (error instanceof NetworkError) return error.mayHaveArrived;
  // A server error can come after the work was done, and an answer we cannot read from a service that did it.
  if (error instanceof ApiError) return error.status >= 500 || error.status === 408 || error.status < 300;
  return error instanceof InterruptedError;
}
