import type { ConnectorApi, Target } from '../api/connector-api.ts';
import * as z from 'zod';
import type { Context } from '../context.ts';
import { ConflictError, UsageError } from '../errors.ts';
import { givenSettingsSchema } from '../settings/settings.ts';
import { resolveSettings } from '../settings/settings-file.ts';
import { checkFirst } from '../steps/check-first.ts';
import { chooseTarget } from '../steps/choose-target.ts';
import { withGivenSecrets } from '../steps/client-secrets.ts';
import { connect } from '../steps/connect.ts';
import { type ConnectorFiles, readConnectorFiles, requireConnectorFiles } from '../steps/connector-files.ts';
import { parseFlags } from '../steps/flags.ts';
import { openNetwork } from '../steps/network.ts';
import { inOrder, prepareUpload, sendPayload, uploadFiles } from '../steps/publish.ts';

const updateFlagsSchema = givenSettingsSchema.extend({
  settingsFile: z.string().optional(),
  skipValidation: z.boolean().default(false),
  clientSecret: z.array(z.string()).default([]),
  removeScript: z.boolean().default(false),
});

/** Replaces a connector by what the files say. Raises {@link ConflictError} when that would lose its custom code. */
export async function update(given: unknown, context: Context): Promise<void> {
  const { terminal } = context;
  const { clientSecret, removeScript, skipValidation, ...flags } = parseFlags(given, updateFlagsSchema);
  const settings = await resolveSettings(flags, context);
  if (removeScript && settings.script !== undefined) {
    throw new UsageError(`--remove-script and the script ${settings.script} exclude each other.`);
  }
  requireConnectorFiles(settings);
  await checkFirst(settings, { settingsFile: flags.settingsFile || undefined, skipValidation }, context);
  const files = await readConnectorFiles(settings, context.workingDirectory);
  const apiProperties = await withGivenSecrets(files.apiProperties, clientSecret, context);
  const http = openNetwork(context);
  const api = await connect(settings, context, http);
  const target = await chooseTarget(settings, api, context);
  const publishing = { api, http, terminal };

  const [storage] = await terminal.during(
    'Validating the API definition',
    inOrder([
      prepareUpload(publishing, target.environment, files),
      requireNoScriptLost(api, target, files, removeScript),
    ]),
  );
  const upload = await terminal.during('Uploading icon and script', uploadFiles(publishing, storage, files));
  const source = { ...upload, apiDefinition: files.apiDefinition, apiProperties, environment: target.environment };
  const sending = sendPayload(source, async (payload) => await api.updateConnector(target, payload), publishing);
  await terminal.during('Updating the connector', sending);
  terminal.report(`${target.connectorId} updated successfully.`);
}

/** Without a script in the files the service removes the one that the connector has. paconn does so without a word. */
async function requireNoScriptLost(
  api: ConnectorApi,
  target: Target,
  { script }: ConnectorFiles,
  removeScript: boolean,
): Promise<void> {
  if (script || removeScript) return;
  const { value } = await api.getConnector(target);
  if (!value.properties.scriptDefinitionUrl) return;
  throw new ConflictError(
    `The connector ${target.connectorId} has custom code and no script is given: this update would remove the code.`,
    { hint: 'Pass --script FILE, or --remove-script to remove it; paconn download gets the code it has.' },
  );
}
