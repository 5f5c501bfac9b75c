import { DefaultIconContent } from '../../connector/part-content.ts';
import type { Remote, Target } from '../../api/remote.ts';
import { settingsHere, type SettingsHere } from '../../check/settings-here.ts';
import { oAuthSettingsPaths } from '../../connector/client-secret.ts';
import { type Connector, requireTitle, titleOf } from '../../connector/connector.ts';
import type { Context } from '../../context.ts';
import { chooseEnvironment } from '../../environment/choose-target.ts';
import { chooseTargetHere } from '../../environment/choose-target-here.ts';
import { listedBy, valuesFor } from '../../environment/values-for.ts';
import { UsageError } from '../../errors.ts';
import { connectorFor } from '../../publish/connector-for.ts';
import { readState } from '../../publish/read-remote.ts';
import { baseDirectory } from '../../publish/record-base.ts';
import { connect } from '../../remote/connect.ts';
import { requirePortal } from '../../remote/open-page.ts';
import { requireInPlace } from '../../values/moved-elements.ts';
import type { Deployment, Plan, Promotion } from './plan.ts';

/**
 * A connector of one environment as another one is to have it, with its own values. No local file is read but the one with the
 * values, and none is written. Raises {@link UsageError} for values that only the first environment has, and `ConflictError` for those
 * that it has at other places.
 */
export async function planOfPromotion(deployment: Deployment, promotion: Promotion, context: Context): Promise<Plan> {
  const { fromEnvironment, toEnvironment, toConnectorId } = promotion;
  const flags = { ...deployment.flags, environment: fromEnvironment };
  const found = await settingsHere(flags, context, { findsFiles: 'clear' });
  const { settings, settingsFile } = found;
  if (deployment.web) requirePortal(settings);
  const remote = await connect(settings, context);
  const source = await chooseTargetHere(found, remote, context);
  const environment = await chooseEnvironment({ environment: toEnvironment }, remote, context);
  if (environment.toLowerCase() === source.environment.toLowerCase()) {
    throw new UsageError('--from-environment and --to-environment are the same environment.');
  }
  const directory = await baseDirectory(settings, settingsFile, context);
  const reading = readState({ target: source, directory }, remote, context);
  const fetched = await context.terminal.during('Reading the connector', reading);
  // The picture that the service shows for none is no icon to send.
  const hasIcon = !(fetched.state.icon instanceof DefaultIconContent);
  const state = { ...fetched.state, icon: hasIcon ? fetched.state.icon : undefined };
  if (state.missingIcon !== undefined) context.terminal.note(`Warning: ${state.missingIcon} The icon isn't copied.`);
  const { set, skipValidation } = deployment;
  const sources = { settings, settingsFile, set, connector: state, environment, skipValidation };
  const there = await connectorFor(sources, remote, context);
  await requireOwnValues(there.pointers, { found, source, state }, remote, context);
  const connector = withoutRedirectUrls(there.connector);
  return {
    ...deployment,
    settings,
    settingsFile,
    connector,
    secretPointers: there.secretPointers,
    displayName: titleOf(connector) ?? requireTitle(connector),
    remote,
    environment,
    environmentWord: environment,
    connectorId: toConnectorId,
    isOwn: false,
    directory: undefined,
    keepsIdIn: undefined,
  };
}

interface Source {
  readonly found: SettingsHere;
  readonly source: Target;
  readonly state: Connector;
}

/** No value of the first environment may get into the second one. */
async function requireOwnValues(
  pointers: readonly string[],
  { found: { settings, settingsFile }, source: { environment }, state }: Source,
  remote: Remote,
  context: Context,
): Promise<void> {
  const { values, concealed } = await valuesFor(
    { settings, settingsFile, set: [], connector: state, environment, use: 'see through' },
    listedBy(remote, context),
    context,
  );
  const missing = [...values.keys()].filter((pointer) => !pointers.includes(pointer));
  if (missing.length === 0) {
    requireInPlace({ there: state, values, concealed });
    return;
  }
  throw new UsageError(`Only the environment that you deploy from has a value for ${missing.join(', ')}.`, {
    hint: 'Add values for the other environment to paconn.environments.json, or pass --set.',
  });
}

/** They are those of the other connector. */
function withoutRedirectUrls(connector: Connector): Connector {
  const { apiProperties } = connector;
  const { document } = apiProperties;
  const paths = oAuthSettingsPaths(document.value).map((path) => [...path, 'redirectUrl']);
  const changes = paths.map((path) => ({ path, value: undefined }));
  return { ...connector, apiProperties: apiProperties.with(document.withEach(changes)) };
}
