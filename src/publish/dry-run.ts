import type { Remote } from '../api/remote.ts';
import { type Change, changeSummary } from '../comparison/change.ts';
import { compareStates } from '../comparison/compare-states.ts';
import { stateAsSent } from '../connector/as-sent.ts';
import { withMaskedClientSecrets } from '../connector/client-secret.ts';
import { type Connector, type RemoteState, titleOf } from '../connector/connector.ts';
import type { ConnectorPart } from '../connector/part.ts';
import type { PartContent } from '../connector/part-content.ts';
import { connectorPayload, type PayloadSource } from '../connector/payload.ts';
import type { Context } from '../context.ts';
import { type Base, baseFileName, hasUnsent } from '../history/base.ts';
import { indented } from '../json/document.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { changeJson } from '../output/difference-result.ts';
import type { Result } from '../output/result.ts';
import { warnOfPlaceholders } from './client-ids.ts';
import { conflictError } from './conflict.ts';
import type { CreateRequest } from './create-connector.ts';
import { examineUpdate, requestedState, type UpdateRequest } from './examine-update.ts';
import { documentsOf, prepareUpload, type Upload, uploadOf } from './upload.ts';
import { payloadSource } from './update-connector.ts';
import { withoutClientSecretTexts } from '../connector/client-secret-text.ts';

/** A request that would be made. */
interface PlannedRequest {
  readonly method: 'PUT' | 'POST' | 'PATCH';
  /** Without its query. */
  readonly url: string;
  /** As text; undefined for bytes. */
  readonly body: string | undefined;
  readonly bytes: number | undefined;
}

/**
 * Does all that an update does before it changes something, and gives the requests that would follow, client secrets
 * starred out, and how the connector would differ. The failure in it is the one that the update would end with.
 */
export async function dryRunUpdate(request: UpdateRequest, remote: Remote, context: Context): Promise<Result> {
  const { target, connector, force } = request;
  const { base, baseProblem, before, conflict } = await examineUpdate(request, { dryRun: true }, remote, context);
  if (!base) {
    const why = baseProblem ?? `${baseFileName} does not know this connector.`;
    context.terminal.note(`${why} Whether others have changed it since its download cannot be seen.`);
  }
  const source = payloadSource(request, plannedUpload(connector));
  const url = remote.connectorAddress(target.connectorId);
  const requests = [...plannedUploads(connector), plannedRequest('PATCH', url, source)];
  const changes = before && changesBy(request, before, base);
  print(requests, changes, context.terminal);
  const failure = conflict && !force ? conflictError(conflict, request) : undefined;
  const inTheWay = conflict ? { ...conflict, changes: conflict.changes.map(changeJson) } : null;
  const data = { version: 1, ...target, requests, changes: changes?.map(changeJson), conflict: inTheWay };
  return { data, ...(failure && { failure }) };
}

/** The same of a connector that would be created. */
export async function dryRunCreate(
  { environment, connector, displayName }: CreateRequest,
  remote: Remote,
  { terminal }: Pick<Context, 'terminal'>,
): Promise<Result> {
  warnOfPlaceholders(connector, terminal);
  const preparing = prepareUpload(remote, terminal, environment, { ...connector, icon: undefined, script: undefined });
  await terminal.during('Validating the API definition', preparing);
  const source = { ...plannedUpload(connector), ...documentsOf(connector), environment, displayName };
  const requests = [...plannedUploads(connector), plannedRequest('POST', remote.connectorAddress(), source)];
  print(requests, undefined, terminal);
  return { data: { version: 1, environment, requests } };
}

function changesBy(request: UpdateRequest, before: RemoteState, base: Base | undefined): readonly Change[] {
  const after = resultingState(request, before);
  return compareStates(stateAsSent(before.state, after, { hasUnsent: hasUnsent(request.connector, base) }), after);
}

/** What the environment would hold: an icon and a name that are not sent stay. */
function resultingState(request: UpdateRequest, { state }: RemoteState): Connector {
  const requested = requestedState(request);
  return { ...requested, icon: requested.icon ?? state.icon, displayName: request.displayName ?? titleOf(state) };
}

function plannedUpload({ icon, script }: Connector): Upload {
  return { iconUri: plannedUri('icon', icon), scriptUri: plannedUri('script', script) };
}

/** In place of the URL that an upload would have. */
function plannedUri(part: ConnectorPart, content: PartContent | undefined): string | undefined {
  return content && `(URL of ${uploadOf(part, content).name}, once uploaded)`;
}

function plannedUploads(connector: Connector): readonly PlannedRequest[] {
  return (['icon', 'script'] as const).flatMap((part) => {
    const content = connector[part];
    if (!content) return [];
    const { name } = uploadOf(part, content);
    return [{ method: 'PUT', url: `(resource storage)/${name}`, body: undefined, bytes: content.bytes.length }];
  });
}

function plannedRequest(method: 'POST' | 'PATCH', url: string, source: PayloadSource): PlannedRequest {
  const payload = connectorPayload({ ...source, apiProperties: withMaskedClientSecrets(source.apiProperties) });
  // A secret can stand twice, or where none is looked for.
  return { method, url, body: withoutClientSecretTexts(indented(payload)), bytes: undefined };
}

/** Data, but for who asked for it in another form. */
function print(
  requests: readonly PlannedRequest[],
  changes: readonly Change[] | undefined,
  { print: write, verbosity }: Terminal,
): void {
  if (verbosity.dataOnStdout) return;
  const planned = requests.map(({ method, url, body, bytes }) => `${method} ${url}\n${body ?? `(${bytes} bytes)`}\n`);
  const lines = changes?.map((change) => `  ${changeSummary(change)}`);
  const compared = lines && (lines.length === 0 ? ['Nothing would change.'] : ['What would change:', ...lines]);
  write([...planned, ...(compared ?? [])].join('\n').trimEnd());
}
