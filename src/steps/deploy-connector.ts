import { resolve } from 'node:path';
import type { ConnectorApi, Target } from '../api/connector-api.ts';
import type { ConnectorResource } from '../api/resources.ts';
import type { Context } from '../context.ts';
import { ApiError, UsageError } from '../errors.ts';
import { readBase } from '../history/base.ts';
import { differentParts, hashOfAll, partHashes } from '../history/part-content.ts';
import { exists } from '../io/files.ts';
import type { JsonDocument } from '../io/json-document.ts';
import type { Result } from '../output/result.ts';
import { type GivenFlags, settingsFileName } from '../settings/settings-file.ts';
import { checkFirst } from './check-first.ts';
import { chooseEnvironment } from './choose-target.ts';
import { withAllSecrets, withGivenSecrets } from './client-secrets.ts';
import { connect } from './connect.ts';
import { type ConnectorFiles, readConnectorFiles, requireConnectorFiles, requireTitle } from './connector-files.ts';
import { stateOfFiles } from './connector-state.ts';
import type { ConnectorsByName } from './connectors-by-name.ts';
import { createConnector } from './create-connector.ts';
import { fetchConnector, lastChangeOf } from './fetch-connector.ts';
import { findConnector } from './find-connector.ts';
import { findEnvironment } from './find-environment.ts';
import { baseDirectory } from './in-step.ts';
import { openNetwork } from './network.ts';
import { resolveSettings } from './resolve-settings.ts';
import { saveNewSettings, saveTarget } from './save-settings.ts';
import { type Connection, settle } from './settle.ts';
import { updateConnector } from './update-connector.ts';

export interface Deployment {
  readonly flags: GivenFlags;
  /** Where to deploy to, whatever the settings file says. */
  readonly environment: string | undefined;
  readonly clientSecret: readonly string[];
  readonly skipValidation: boolean;
  readonly removeScript: boolean;
  readonly rename: boolean;
  /** Whether what others have changed is overwritten. */
  readonly overwrite: boolean;
  /** Whether it is only shown what would be done. */
  readonly sendNothing: boolean;
}

interface Deployed {
  readonly target: Target;
  readonly resource: JsonDocument<ConnectorResource>;
}

/**
 * Makes an environment hold what the files say: creates the connector or updates it, or does nothing where all is as it is
 * to be. It is the connector with the ID in the settings; without one, or in another environment than that of the
 * settings, the one that is called like the API definition. Only the former is written into the settings.
 */
export async function deployConnector(
  deployment: Deployment,
  byName: ConnectorsByName,
  context: Context,
): Promise<Result> {
  const { flags, clientSecret, skipValidation, sendNothing } = deployment;
  const settingsFile = flags.settingsFile || undefined;
  const settings = await resolveSettings(flags, context);
  requireConnectorFiles(settings);
  await checkFirst(settings, { settingsFile, skipValidation }, context);
  const files = await readConnectorFiles(settings, context.workingDirectory);
  const displayName = requireTitle(files, settings);
  const http = openNetwork(context);
  const api = await connect(settings, context, http);
  const environment = await chooseEnvironment(
    { environment: deployment.environment ?? settings.environment },
    api,
    context,
  );
  const isOwn =
    deployment.environment === undefined || (await isOfSettings(settings.environment, environment, api, context));
  const directory = await baseDirectory(settings, settingsFile, context);
  const connection = { api, http };
  const told = (outcome: string, { connectorId }: Target, words: string): Result => {
    context.terminal.report(`${connectorId} ${words}.`);
    return { data: { version: 1, outcome, environment, connectorId, displayName } };
  };

  const known = isOwn ? settings.connectorId : undefined;
  const deployed =
    (known === undefined ? undefined : await byId(known, environment, connection, context)) ??
    (await connectorCalled(displayName, environment, { api, byName }, context));
  if (!deployed) {
    if (settingsFile === undefined) await requireNoSettings(context);
    byName.claim(displayName, environment);
    const apiProperties = await withAllSecrets(files.apiProperties, clientSecret, context);
    const request = { environment, files: { ...files, apiProperties }, displayName };
    if (sendNothing) return await (await import('./rehearse.ts')).rehearseCreate(request, connection, context);
    const created = await createConnector(request, connection, context.terminal);
    if (settingsFile === undefined) await saveNewSettings(created.target, settings, context.workingDirectory);
    else if (isOwn) await saveTarget(created.target, settingsFile, context.workingDirectory);
    await settle({ ...created, directory, rename: true }, connection, context);
    return told('created', created.target, 'created successfully');
  }

  const apiProperties = await withGivenSecrets(files.apiProperties, clientSecret, context);
  const sent = { ...files, apiProperties };
  // The service never shows a secret: whether it has this one cannot be seen.
  const hasSecret = apiProperties.text !== files.apiProperties.text;
  if (!hasSecret && (await isUpToDate(deployed, sent, directory, deployment, connection))) {
    return told('unchanged', deployed.target, 'is up to date');
  }
  const { removeScript, overwrite } = deployment;
  const request = {
    target: deployed.target,
    files: sent,
    displayName: deployment.rename ? displayName : undefined,
    directory,
    settingsFile,
    removeScript,
    overwrite,
    replacing: 'update',
  } as const;
  if (sendNothing) return await (await import('./rehearse.ts')).rehearseUpdate(request, connection, context);
  await updateConnector(request, connection, context);
  return told('updated', deployed.target, 'updated successfully');
}

/** Whether an environment is that of the settings, which is the first one where they name none. */
async function isOfSettings(
  written: string | undefined,
  environment: string,
  api: ConnectorApi,
  context: Context,
): Promise<boolean> {
  if (written === undefined) return true;
  return (await findEnvironment(written, api, context)).toLowerCase() === environment.toLowerCase();
}

/** The connector that the settings name; undefined when it is gone. */
async function byId(
  written: string,
  environment: string,
  { api }: Connection,
  context: Context,
): Promise<Deployed | undefined> {
  const target = { environment, connectorId: await findConnector(written, environment, api, context) };
  try {
    return { target, resource: await context.terminal.during('Reading the connector', api.getConnector(target)) };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    context.terminal.note(`The connector ${target.connectorId} is not in the environment ${environment} any more.`);
    return undefined;
  }
}

async function connectorCalled(
  displayName: string,
  environment: string,
  { api, byName }: { readonly api: ConnectorApi; readonly byName: ConnectorsByName },
  context: Context,
): Promise<Deployed | undefined> {
  const connectorId = await byName.find(displayName, environment, api, context);
  if (connectorId === undefined) return undefined;
  const target = { environment, connectorId };
  return { target, resource: await context.terminal.during('Reading the connector', api.getConnector(target)) };
}

/** Raises {@link UsageError} where the settings of another connector would be overwritten. */
async function requireNoSettings({ workingDirectory }: Context): Promise<void> {
  if (!(await exists(resolve(workingDirectory, settingsFileName)))) return;
  throw new UsageError(`${settingsFileName} exists here and would be overwritten; nothing is created.`, {
    hint: `To deploy what it names: paconn deploy -s ${settingsFileName}`,
  });
}

/** Whether an update would change nothing. Where nobody has changed the connector since the base, that tells it alone. */
async function isUpToDate(
  { target, resource }: Deployed,
  files: ConnectorFiles,
  directory: string,
  { rename }: Pick<Deployment, 'rename'>,
  { http }: Connection,
): Promise<boolean> {
  if (rename && resource.value.properties.displayName !== files.apiDefinition.value.info?.title) return false;
  const { base } = await readBase(directory, target);
  const isAsBase = base?.changedTime !== undefined && base.changedTime === lastChangeOf(resource).changedTime;
  const here = partHashes(stateOfFiles(files));
  if (isAsBase && base.sent !== undefined) {
    return hashOfAll({ ...here, icon: here.icon ?? base.hashes.icon }) === base.sent;
  }
  const there = isAsBase ? base.hashes : partHashes((await fetchConnector(http, resource)).state);
  const different = differentParts(here, there);
  // An update without an icon leaves the icon that the connector has.
  return different.every((part) => part === 'icon' && !files.icon);
}
