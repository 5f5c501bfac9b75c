import type { Remote } from '../api/remote.ts';
import type { Change } from '../comparison/change.ts';
import { withMaskedClientSecrets } from '../connector/client-secret.ts';
import { type Connector, titleOf } from '../connector/connector.ts';
import type { ConnectorPart } from '../connector/part.ts';
import type { PartContent } from '../connector/part-content.ts';
import { connectorPayload, type PayloadSource } from '../connector/payload.ts';
import type { Context } from '../context.ts';
import { environmentName, knownEnvironment } from '../environment/environment-name.ts';
import { indented } from '../json/document.ts';
import type { StyledPiece } from '../io/terminal/styled-text.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { changeData } from '../output/difference-result.ts';
import { changesText } from '../output/difference-text.ts';
import { namedPerson } from '../output/person-data.ts';
import type { Result } from '../output/result.ts';
import type { PlannedData } from '../results/publishing.ts';
import type { Settings } from '../settings/settings.ts';
import { warnOfPlaceholders } from './client-ids.ts';
import { type Conflict, conflictError } from './conflict.ts';
import { type CreateRequest, warnOfNamesakes } from './create-connector.ts';
import { listedConnectors, namesakes } from './find-created.ts';
import { examineUpdate, noBaseWords, type UpdateRequest } from './examine-update.ts';
import { breakingError } from './announce-changes.ts';
import { changeCount, isBreaking, plannedChanges } from './planned-changes.ts';
import { documentsOf, prepareUpload, type Upload, uploadOf } from './upload.ts';
import { changesData, connectorData } from './published-data.ts';
import { payloadSource } from './update-connector.ts';
import { withStars } from '../values/concealed-values.ts';
import { withoutSecretStretches } from '../connector/secret-stretches.ts';

type PlannedRequest = PlannedData['requests'][number];

/**
 * Does all that an update does before it changes something, and gives the requests that would follow, client secrets
 * starred out, and how the connector would differ. The failure in it is the one that the update would end with.
 */
export async function dryRunUpdate(
  request: UpdateRequest,
  settings: Pick<Settings, 'powerAppsUrl'>,
  remote: Remote,
  context: Context,
): Promise<Result> {
  const { target, connector, force } = request;
  const { base, baseProblem, before, references, conflict, leftOut } = await examineUpdate(
    request,
    { dryRun: true },
    remote,
    context,
  );
  if (!base && request.lastOwnChange === undefined) {
    const why = baseProblem ?? noBaseWords(request, "doesn't");
    context.terminal.note(`Note: ${why} Without it, paconn can't detect changes by others.`);
  }
  const source = payloadSource({ ...request, connector: withStars(connector) }, plannedUpload(connector), leftOut);
  const url = remote.connectorAddress(target.connectorId);
  const requests = [...plannedUploads(connector), plannedRequest('PATCH', url, source)];
  const changes = before && plannedChanges(request, { before, base, references, leftOut }).changes;
  const breaking = changes?.filter(isBreaking).length;
  const name = (before && titleOf(before.state)) ?? target.connectorId;
  const place = await environmentName(target.environment, remote, context);
  const verb = request.replacing === 'restore' ? 'restore' : 'update';
  const heading = `Would ${verb} ${name} in ${place}${changes ? `: ${changeCount(changes)}` : ''}`;
  print({ heading, requests, changes }, context.terminal);
  const data: PlannedData = {
    result: request.replacing === 'restore' ? 'restored' : 'updated',
    isDryRun: true,
    ...(await connectorData(target, name, settings, context)),
    solutionId: null,
    requests,
    ...changesData(changes),
    conflict: conflict ? conflictData(conflict) : null,
  };
  const failure =
    conflict && !force
      ? conflictError(conflict, request)
      : breaking && request.breaking === 'stop'
        ? breakingError(breaking, request)
        : undefined;
  return { data, unasked: '', ...(failure && { failure }) };
}

function conflictData({ parts, changes, changedTime, changedBy }: Conflict): NonNullable<PlannedData['conflict']> {
  return {
    parts,
    changes: changes.map(changeData),
    changedTime: changedTime ?? null,
    changedBy: namedPerson(changedBy),
  };
}

/** The same of a connector that would be created. */
export async function dryRunCreate(
  { environment, connector, displayName, before, place, named, inSolution }: CreateRequest,
  remote: Remote,
  context: Context,
): Promise<Result> {
  const { terminal } = context;
  warnOfPlaceholders(connector, terminal);
  const preparing = prepareUpload(remote, terminal, environment, { ...connector, icon: undefined, script: undefined });
  await terminal.during('Validating the API definition', preparing);
  const source = { ...plannedUpload(connector), ...documentsOf(withStars(connector)), environment, displayName };
  const requests = [...plannedUploads(connector), plannedRequest('POST', remote.connectorAddress(), source)];
  const where = inSolution ? `${place}, in the solution ${inSolution.words}` : place;
  const heading = `Would create ${displayName} in ${where}`;
  const found = namesakes(before ?? (await listedConnectors(environment, remote)), displayName);
  warnOfNamesakes(found, { displayName, place, named }, terminal);
  print({ heading, requests, changes: undefined }, terminal);
  const data: PlannedData = {
    result: 'created',
    isDryRun: true,
    connectorId: null,
    name: displayName,
    environment: await knownEnvironment(environment, context),
    url: null,
    solutionId: inSolution?.id ?? null,
    requests,
    ...changesData(undefined),
    conflict: null,
  };
  return { data };
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
    return [{ method: 'PUT', url: `(resource storage)/${name}`, body: null, bytes: content.bytes.length }];
  });
}

function plannedRequest(method: 'POST' | 'PATCH', url: string, source: PayloadSource): PlannedRequest {
  const payload = connectorPayload({ ...source, apiProperties: withMaskedClientSecrets(source.apiProperties) });
  // A secret can stand twice, or where none is looked for.
  return { method, url, body: withoutSecretStretches(indented(payload), 'json'), bytes: null };
}

interface Planned {
  readonly heading: string;
  readonly requests: readonly PlannedRequest[];
  readonly changes: readonly Change[] | undefined;
}

/** For people: the summary, the changes, and with `--verbose` the requests. Programs get the data. */
function print({ heading, requests, changes }: Planned, { print: write, verbosity, columns }: Terminal): void {
  if (verbosity.dataOnStdout) return;
  const isWordy = verbosity.verbose || verbosity.debug;
  const bodies = requests.map(({ method, url, body, bytes }) => `\n${method} ${url}\n${body ?? `(${bytes} bytes)`}\n`);
  const pieces: readonly StyledPiece[] = [
    { text: `${heading}\n`, style: 'strong' },
    ...(changes && changes.length > 0 ? [{ text: '\n' }, ...changesText(changes, columns)] : []),
    ...(isWordy ? bodies.map((text) => ({ text })) : []),
    { text: '\nDry run: nothing was sent.' },
  ];
  write(pieces);
}
