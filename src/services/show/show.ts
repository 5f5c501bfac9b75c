import * as z from 'zod';
import type { Context } from '../../context.ts';
import { connectorTable } from '../../output/connector-table.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema } from '../../settings/settings.ts';
import { environmentName } from '../../environment/environment-name.ts';
import { openPage, requirePortal } from '../../remote/open-page.ts';
import { portalUrl } from '../../settings/maker-portal.ts';
import { oneConnector } from '../../check/connector-arguments.ts';
import { chooseTargetHere } from '../../environment/choose-target-here.ts';
import { connect } from '../../remote/connect.ts';
import { describeConnector } from './describe-connector.ts';
import { parseFlags } from '../../settings/flags.ts';
import { settingsHere } from '../../check/settings-here.ts';

const showFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  web: z.boolean().default(false),
});

/** Tells what a connector consists of: the one in the current directory, unless another is named. */
export async function show(given: unknown, context: Context): Promise<Result> {
  const { terminal } = context;
  const { paths, web, ...flags } = parseFlags(given, showFlagsSchema);
  const { here, options } = await oneConnector(paths[0], flags, 'show', context);
  const found = await settingsHere(options, here, { findsFiles: true });
  const { settings } = found;
  if (web) requirePortal(settings);
  const remote = await connect(settings, context);
  const target = await chooseTargetHere(found, remote, here);
  const connector = await terminal.during('Reading the connector', remote.getConnector(target));
  const description = await terminal.during('Reading its definition', describeConnector(remote, target, connector));
  const place = await environmentName(target.environment, remote, context);
  const url = portalUrl(settings.powerAppsUrl, target);
  if (web) await openPage(settings, target, context);
  return { data: { version: 1, ...description }, table: connectorTable(description, { place, url }) };
}
