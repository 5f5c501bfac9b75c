import type { Target } from '../api/connector-api.ts';
import type { ConnectorResource } from '../api/resources.ts';
import type { HeldState } from '../connector/connector-state.ts';
import type { Context } from '../context.ts';
import { ConflictError, PaconnError } from '../errors.ts';
import { type Base, baseFileName, readBase, readBaseState } from '../history/base.ts';
import type { Http } from '../io/http.ts';
import type { JsonDocument } from '../io/json-document.ts';
import type { Terminal } from '../io/terminal.ts';
import { changeLines, type Conflict, conflictError, conflictIn, conflictingParts, conflictWords } from './conflict.ts';
import type { ConnectorFiles } from './connector-files.ts';
import { stateOfFiles } from './connector-state.ts';
import { fetchConnector, lastChangeOf } from './fetch-connector.ts';
import { inOrder, prepareUpload, sendPayload, uploadFiles } from './publish.ts';
import { type Connection, settle } from './settle.ts';

export interface UpdateRequest {
  readonly target: Target;
  /** What the connector is to be, client secrets in their places. */
  readonly files: ConnectorFiles;
  /** Where the base of the files is, as {@link baseDirectory} says. */
  readonly directory: string;
  /** As it was given; for the words about a conflict. */
  readonly settingsFile: string | undefined;
  /** Whether a connector may lose the custom code that the files do not have. */
  readonly removeScript: boolean;
  /** Whether what others have changed is overwritten. */
  readonly overwrite: boolean;
  /** Whether the connector gets the title of the definition as its name. Service and paconn leave the name as it is. */
  readonly rename: boolean;
}

export interface UpdatedConnector {
  readonly target: Target;
  /** What the environment holds now; undefined when it could not be read back. */
  readonly held: HeldState | undefined;
}

/**
 * Replaces a connector by what the files say, and makes what the environment then holds their base. The connector is read
 * beside the validation and the uploads, so that looking for conflicts takes no longer. What somebody changes between that
 * and our request is overwritten unseen: the service has no request that depends on what is there.
 *
 * Raises {@link ConflictError} when work would be lost that others have done since the base, or custom code, besides all
 * errors of the requests.
 */
export async function updateConnector(
  request: UpdateRequest,
  { api, http }: Connection,
  context: Context,
): Promise<UpdatedConnector> {
  const { target, files, directory, removeScript, rename } = request;
  const { terminal } = context;
  const { base, problem } = await readBase(directory, target);
  const [storage, connector] = await terminal.during(
    'Validating the API definition',
    inOrder([prepareUpload({ api, terminal }, target.environment, files), api.getConnector(target)]),
  );
  requireNoScriptLost(connector, target, files, removeScript);
  const [upload, before] = await terminal.during(
    'Uploading icon and script',
    inOrder([uploadFiles({ http }, storage, files), stateBefore(connector, base, request, http)]),
  );
  const conflict = base && before && (await findConflict(request, base, before));
  if (conflict) await requireOverwrite(conflict, request, terminal);

  const source = {
    ...upload,
    apiDefinition: files.apiDefinition,
    apiProperties: files.apiProperties,
    environment: target.environment,
    displayName: rename ? files.apiDefinition.value.info?.title || undefined : undefined,
  };
  const sending = sendPayload(source, async (payload) => await api.updateConnector(target, payload), { terminal });
  const { answer, apiProperties } = await terminal.during('Updating the connector', sending);
  if (!base) {
    const why = problem ?? `${baseFileName} did not know this connector.`;
    terminal.note(`${why} Whether others had changed it since its download could not be seen this time.`);
  }
  const settling = { target, directory, rename, sent: { ...files, apiProperties }, answer };
  return { target, held: await settle(settling, { api, http }, context) };
}

/** Without a script in the files the service removes the one that the connector has. paconn does so without a word. */
function requireNoScriptLost(
  { value }: JsonDocument<ConnectorResource>,
  { connectorId }: Target,
  { script }: ConnectorFiles,
  removeScript: boolean,
): void {
  if (script || removeScript || !value.properties.scriptDefinitionUrl) return;
  throw new ConflictError(
    `The connector ${connectorId} has custom code and no script is given: this update would remove the code.`,
    { hint: 'Pass --script FILE, or --remove-script to remove it; paconn download gets the code it has.' },
  );
}

/** What the environment holds before the update: the base, where nothing has changed since. */
async function stateBefore(
  connector: JsonDocument<ConnectorResource>,
  base: Base | undefined,
  { directory, overwrite }: UpdateRequest,
  http: Http,
): Promise<HeldState | undefined> {
  const lastChange = lastChangeOf(connector);
  const isUnchanged = base?.changedTime !== undefined && base.changedTime === lastChange.changedTime;
  const known = isUnchanged ? await readBaseState(directory, base) : undefined;
  if (known) return { state: { ...known, title: connector.value.properties.displayName || undefined }, ...lastChange };
  try {
    return await fetchConnector(http, connector);
  } catch (error) {
    // Where nothing depends on it, a picture that is gone from its server is no reason to stop.
    if (error instanceof PaconnError && (base === undefined || isUnchanged || overwrite)) return undefined;
    throw error;
  }
}

async function findConflict(
  { directory, files, rename }: UpdateRequest,
  base: Base,
  held: HeldState,
): Promise<Conflict | undefined> {
  const parts = conflictingParts({ local: stateOfFiles(files), rename }, base, held);
  if (parts.length === 0) return undefined;
  return conflictIn(parts, await readBaseState(directory, base), held);
}

/** Raises {@link ConflictError} unless the user wants to overwrite what others have changed. */
async function requireOverwrite(
  conflict: Conflict,
  { target, overwrite, settingsFile }: UpdateRequest,
  terminal: Terminal,
): Promise<void> {
  const { connectorId } = target;
  if (overwrite) {
    terminal.note(`Overwritten: ${conflictWords(connectorId, conflict)}`);
    return;
  }
  const refusal = conflictError(connectorId, conflict, settingsFile);
  if (!terminal.interactive) throw refusal;
  const message = [conflictWords(connectorId, conflict), changeLines(conflict), 'Overwrite these changes?']
    .filter((line) => line !== '')
    .join('\n');
  if (!(await terminal.confirm({ message, insteadPass: '--force' }))) throw refusal;
}
