import { resolve } from 'node:path';
import * as z from 'zod';
import type { Context } from '../context.ts';
import { givenSettingsSchema } from '../settings/settings.ts';
import { resolveSettings } from '../settings/settings-file.ts';
import { chooseTarget } from '../steps/choose-target.ts';
import { connect } from '../steps/connect.ts';
import { requireOverwrite } from '../steps/download-directory.ts';
import { parseFlags } from '../steps/flags.ts';
import { openNetwork } from '../steps/network.ts';
import { saveConnector } from '../steps/save-connector.ts';

const downloadFlagsSchema = givenSettingsSchema.extend({
  settingsFile: z.string().optional(),
  destination: z.string().optional(),
  overwrite: z.boolean().default(false),
});

/** Writes the files of a connector into a directory. */
export async function download(given: unknown, context: Context): Promise<void> {
  const { terminal, workingDirectory } = context;
  const { destination, overwrite, ...flags } = parseFlags(given, downloadFlagsSchema);
  const settings = await resolveSettings(flags, context);
  const http = openNetwork(context);
  const api = await connect(settings, context, http);
  const target = await chooseTarget(settings, api, context);
  const connector = await terminal.during('Reading the connector', api.getConnector(target));
  const directory = resolve(workingDirectory, destination || target.connectorId);
  const requireWritable = async (names: readonly string[]): Promise<void> => {
    if (!overwrite) await requireOverwrite(names, directory, terminal);
  };
  await saveConnector({ http, settings, target, connector, directory, requireWritable }, context);
  terminal.report(`The connector is downloaded to ${directory}.`);
}
