import { resolve } from 'node:path';
import * as z from 'zod';
import type { Context } from '../context.ts';
import { ApiError, FileError, InterruptedError, NetworkError, PaconnError, UsageError } from '../errors.ts';
import { exists, writeFiles } from '../io/files.ts';
import { givenSettingsSchema, type Settings } from '../settings/settings.ts';
import { resolveSettings, settingsFile, settingsFileName } from '../settings/settings-file.ts';
import { checkFirst } from '../steps/check-first.ts';
import { chooseEnvironment } from '../steps/choose-target.ts';
import { withAllSecrets } from '../steps/client-secrets.ts';
import { connect } from '../steps/connect.ts';
import { type ConnectorFiles, readConnectorFiles, requireConnectorFiles } from '../steps/connector-files.ts';
import { parseFlags } from '../steps/flags.ts';
import { openNetwork } from '../steps/network.ts';
import { prepareUpload, sendPayload, uploadFiles } from '../steps/publish.ts';

const createFlagsSchema = givenSettingsSchema.omit({ connectorId: true }).extend({
  settingsFile: z.string().optional(),
  skipValidation: z.boolean().default(false),
  clientSecret: z.array(z.string()).default([]),
  overwriteSettings: z.boolean().default(false),
});

/** Makes a connector of the files and writes its ID into `settings.json`. */
export async function create(given: unknown, context: Context): Promise<void> {
  const { terminal, workingDirectory } = context;
  const { clientSecret, overwriteSettings, skipValidation, ...flags } = parseFlags(given, createFlagsSchema);
  const settings = await resolveSettings(flags, context);
  requireConnectorFiles(settings);
  await checkFirst(settings, { settingsFile: flags.settingsFile || undefined, skipValidation }, context);
  const files = await readConnectorFiles(settings, workingDirectory);
  const displayName = requireTitle(files, settings);
  if (!overwriteSettings) await requireSettingsMayBeWritten(context);
  const apiProperties = await withAllSecrets(files.apiProperties, clientSecret, context);
  const http = openNetwork(context);
  const api = await connect(settings, context, http);
  const environment = await chooseEnvironment(settings, api, context);
  const publishing = { api, http, terminal };

  const preparing = prepareUpload(publishing, environment, files);
  const storage = await terminal.during('Validating the API definition', preparing);
  const upload = await terminal.during('Uploading icon and script', uploadFiles(publishing, storage, files));
  const source = { ...upload, apiDefinition: files.apiDefinition, apiProperties, environment, displayName };
  const sending = sendPayload(source, async (payload) => await api.createConnector(environment, payload), publishing);
  const connectorId = await terminal.during('Creating the connector', orExplain(sending, displayName, environment));
  await saveSettings(connectorId, environment, settings, workingDirectory);
  terminal.report(`${connectorId} created successfully.`);
}

function requireTitle({ apiDefinition }: ConnectorFiles, { apiDefinition: path }: Settings): string {
  const title = apiDefinition.value.info?.title;
  if (title) return title;
  throw new FileError(`${path} has no title: a connector is named by "title" in "info".`);
}

/** Asked before anything is created: an ID that cannot be saved is soon lost. */
async function requireSettingsMayBeWritten({ terminal, workingDirectory }: Context): Promise<void> {
  if (!(await exists(resolve(workingDirectory, settingsFileName)))) return;
  const insteadPass = '--overwrite-settings';
  if (!terminal.interactive) {
    throw new UsageError(`${settingsFileName} exists here and would be overwritten.`, {
      hint: `Pass ${insteadPass} to overwrite it, or run create in another directory.`,
    });
  }
  const message = `${settingsFileName} file(s) exist. Do you want to overwrite?`;
  if (await terminal.confirm({ message, insteadPass })) return;
  throw new PaconnError(`${settingsFileName} is not overwritten, and nothing is created.`);
}

/** A create request whose answer got lost is not sent again: there may be a connector already. */
async function orExplain<T>(sending: Promise<T>, displayName: string, environment: string): Promise<T> {
  try {
    return await sending;
  } catch (error) {
    if (!mayHaveCreated(error)) throw error;
    const message = `${error.message} The connector '${displayName}' may have been created all the same.`;
    const options = {
      detail: error.detail,
      hint: `Look for it before you try again: paconn download --env ${environment} lists the connectors.`,
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

async function saveSettings(
  connectorId: string,
  environment: string,
  settings: Settings,
  directory: string,
): Promise<void> {
  const { apiProperties = '', apiDefinition = '', icon, script, powerAppsUrl, powerAppsApiVersion } = settings;
  const saved = {
    connectorId,
    environment,
    apiProperties,
    apiDefinition,
    icon,
    script,
    powerAppsUrl,
    powerAppsApiVersion,
  };
  try {
    await writeFiles([settingsFile(directory, saved)]);
  } catch (error) {
    throw new PaconnError(
      `The connector ${connectorId} was created, but its ID could not be saved in ${settingsFileName}.`,
      {
        detail: error instanceof PaconnError ? error.message : undefined,
        hint: 'Note the ID: update and download ask for it.',
        cause: error,
      },
    );
  }
}
