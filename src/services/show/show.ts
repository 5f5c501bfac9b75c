import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { connectorTable } from '../../output/connector-table.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema } from '../../settings/settings.ts';
import { environmentName, knownEnvironment } from '../../environment/environment-name.ts';
import { openPage, requirePortal } from '../../remote/open-page.ts';
import { portalUrl } from '../../settings/maker-portal.ts';
import { oneConnectorOrSolution } from '../../check/connector-arguments.ts';
import { chooseTargetHere } from '../../environment/choose-target-here.ts';
import { connect } from '../../remote/connect.ts';
import { describeConnector, describeFiles } from './describe-connector.ts';
import { parseFlags } from '../../settings/flags.ts';
import { settingsHere } from '../../check/settings-here.ts';

const showFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  web: z.boolean().default(false),
  only: z.string().optional(),
});

/**
 * Tells what a connector consists of: the one in the current directory, unless another is named. Of a solution it's what is in
 * that; the service isn't asked.
 */
export async function show(given: unknown, context: Context): Promise<Result> {
  const { terminal } = context;
  const { paths, web, only, ...flags } = parseFlags(given, showFlagsSchema);
  const { here, options, solution } = await oneConnectorOrSolution(paths[0], flags, 'show', context, { only });
  if (solution) {
    if (web) throw new UsageError("--web and a solution can't be used together.");
    const described = describeFiles(solution.connector);
    return { data: described, table: connectorTable(described) };
  }
  const found = await settingsHere(options, here, { findsFiles: 'clear' });
  const { settings } = found;
  if (web) requirePortal(settings);
  const remote = await connect(settings, context);
  const target = await chooseTargetHere(found, remote, here);
  const connector = await terminal.during('Reading the connector', remote.getConnector(target));
  const place = await environmentName(target.environment, remote, context);
  const environment = await knownEnvironment(target.environment, context);
  const url = portalUrl(settings.powerAppsUrl, target) ?? null;
  const about = { connectorId: target.connectorId, environment, url };
  const data = await terminal.during('Reading its definition', describeConnector(remote, about, connector));
  if (web) await openPage(settings, target, context);
  return { data, table: connectorTable(data, place) };
}
