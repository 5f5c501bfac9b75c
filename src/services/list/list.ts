import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import type { ColumnKind, Result, Table } from '../../output/result.ts';
import { shortTime } from '../../output/short-time.ts';
import type { ListData, ListedConnector } from '../../results/connectors.ts';
import { givenSettingsSchema } from '../../settings/settings.ts';
import { settingsHere } from '../../check/settings-here.ts';
import { chooseEnvironment } from '../../environment/choose-target.ts';
import { openPage, requirePortal } from '../../remote/open-page.ts';
import { connect } from '../../remote/connect.ts';
import { concurrencySchema, parseFlags } from '../../settings/flags.ts';
import { listEverywhere, listedConnector, type ListingService } from './list-everywhere.ts';
import { listConnectors } from '../../environment/listings.ts';
import { knownEnvironment } from '../../environment/environment-name.ts';

const listFlagsSchema = givenSettingsSchema.extend({
  settingsFile: z.string().optional(),
  allEnvironments: z.boolean().default(false),
  web: z.boolean().default(false),
  concurrency: concurrencySchema,
});

/** Tells the custom connectors of an environment, or of all that the user can work in. */
export async function list(given: unknown, context: Context): Promise<Result> {
  const { allEnvironments, concurrency, web, ...flags } = parseFlags(given, listFlagsSchema);
  if (allEnvironments && flags.environment !== undefined) {
    throw new UsageError("--all-environments and --environment can't be used together.");
  }
  const { settings } = await settingsHere(flags, context);
  if (web) requirePortal(settings);
  const remote = await connect(settings, context);
  if (allEnvironments) {
    if (web) await openPage(settings, {}, context);
    return await connectorsOfAll(concurrency, { remote, settings }, context);
  }
  const environment = await chooseEnvironment(settings, remote, context);
  if (web) await openPage(settings, { environment }, context);
  return await connectorsOfOne(environment, { remote, settings }, context);
}

async function connectorsOfOne(id: string, { remote, settings }: ListingService, context: Context): Promise<Result> {
  const resources = await listConnectors(id, remote, context);
  const environment = await knownEnvironment(id, context);
  const connectors = resources.map((resource) => listedConnector(resource, environment, settings));
  if (connectors.length === 0) context.terminal.note(`No custom connectors found in the environment ${id}.`);
  const table = { columns, kinds, rows: connectors.map(cells) };
  return { data: { connectors } satisfies ListData, table };
}

async function connectorsOfAll(concurrency: number, service: ListingService, context: Context): Promise<Result> {
  const { connectors, failures } = await listEverywhere(concurrency, service, context);
  for (const { environment, error } of failures) {
    context.terminal.note(`Not listed: ${environment.name ?? ''} (${environment.id}). ${error.message}`);
  }
  if (connectors.length === 0) context.terminal.note('No custom connectors found in the listed environments.');
  const rows = connectors.map((connector) => [connector.environment.name ?? '', ...cells(connector)]);
  const table: Table = { columns: ['Environment', ...columns], kinds: ['name', ...kinds], rows };
  return {
    data: { connectors, failures } satisfies ListData,
    table,
    exitCode: Math.max(0, ...failures.map(({ error }) => error.exitCode)),
  };
}

const columns = ['Name', 'Changed (UTC)', 'ID', 'Created by'];
const kinds: readonly ColumnKind[] = ['name', 'time', 'id', 'text'];

function cells({ name, connectorId, createdBy, changedTime }: ListedConnector): string[] {
  return [name, shortTime(changedTime), connectorId, createdBy?.name ?? ''];
}
