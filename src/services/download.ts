import { resolve } from 'node:path';
import * as z from 'zod';
import type { Context } from '../context.ts';
import { type NewFile, writeFiles } from '../io/files.ts';
import { givenSettingsSchema, type Settings } from '../settings/settings.ts';
import { resolveSettings, settingsFile, settingsFileName } from '../settings/settings-file.ts';
import { chooseTarget } from '../steps/choose-target.ts';
import { connect } from '../steps/connect.ts';
import { pathInside, requireDistinct, requireOverwrite } from '../steps/download-directory.ts';
import { type FetchedConnector, fetchConnector, partsOf } from '../steps/fetch-connector.ts';
import { parseFlags } from '../steps/flags.ts';
import { openNetwork } from '../steps/network.ts';

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
  const names = fileNames(settings);
  const http = openNetwork(context);
  const api = await connect(settings, context, http);
  const target = await chooseTarget(settings, api, terminal);
  const connector = await terminal.during('Reading the connector', api.getConnector(target));

  const directory = resolve(workingDirectory, destination || target.connectorId);
  const parts = partsOf(connector);
  const present = partNames.filter((part) => parts[part]);
  const written = [...present.map((part) => names[part]), settingsFileName];
  requireDistinct(written);
  for (const name of written) await pathInside(directory, name);
  if (!overwrite) await requireOverwrite(written, directory, terminal);

  const fetched = await terminal.during('Downloading its files', fetchConnector(http, connector));
  const { powerAppsUrl, powerAppsApiVersion } = settings;
  const saved = settingsFile(directory, {
    ...target,
    ...names,
    icon: parts.icon ? names.icon : undefined,
    script: parts.script ? names.script : undefined,
    powerAppsUrl,
    powerAppsApiVersion,
  });
  await writeFiles([...partFiles(fetched, names, directory), saved]);
  terminal.report(`The connector is downloaded to ${directory}.`);
}

type FileNames = { readonly [K in keyof FetchedConnector]: string };

const partNames = ['apiProperties', 'apiDefinition', 'icon', 'script'] as const;

function fileNames({ apiProperties, apiDefinition, icon, script }: Settings): FileNames {
  return {
    apiProperties: apiProperties ?? 'apiProperties.json',
    apiDefinition: apiDefinition ?? 'apiDefinition.swagger.json',
    icon: icon ?? 'icon.png',
    script: script ?? 'script.csx',
  };
}

function partFiles(fetched: FetchedConnector, names: FileNames, directory: string): NewFile[] {
  return partNames.flatMap((part) => {
    const content = fetched[part];
    return content === undefined ? [] : [{ path: resolve(directory, names[part]), content }];
  });
}
