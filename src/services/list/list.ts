import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import { counted } from '../../output/report.ts';
import type { ColumnKind, Result, Table } from '../../output/result.ts';
import { shortTime } from '../../output/short-time.ts';
import type { ListData, ListedConnector } from '../../results/connectors.ts';
import { portalUrl } from '../../settings/maker-portal.ts';
import { givenSettingsSchema } from '../../settings/settings.ts';
import { settingsHere } from '../../check/settings-here.ts';
import { chooseEnvironment } from '../../environment/choose-target.ts';
import { openPage, requirePortal } from '../../remote/open-page.ts';
import { connect } from '../../remote/connect.ts';
import { concurrencySchema, parseFlags } from '../../settings/flags.ts';
import {
  listEverywhere,
  listedConnector,
  type ListingService,
  listVisible,
  reportFailures,
} from './list-everywhere.ts';
import { administeredOfAll, administeredOfOne } from './list-administered.ts';
import { listConnectors } from '../../environment/listings.ts';
import { environmentName, type EnvironmentPair, knownEnvironment } from '../../environment/environment-name.ts';

const listFlagsSchema = givenSettingsSchema.extend({
  settingsFile: z.string().optional(),
  allEnvironments: z.boolean().default(false),
  web: z.boolean().default(false),
  admin: z.boolean().default(false),
  concurrency: concurrencySchema,
});

/** Tells the custom connectors of an environment, or of all that the user can work in. */
export async function list(given: unknown, context: Context): Promise<Result> {
  const { allEnvironments, concurrency, web, admin, ...flags } = parseFlags(given, listFlagsSchema);
  if (allEnvironments && flags.environment !== undefined) {
    throw new UsageError("--all-environments and --environment can't be used together.");
  }
  const { settings } = await settingsHere(flags, context);
  if (web) requirePortal(settings);
  const remote = await connect(settings, context);
  if (allEnvironments) {
    if (web) await openPage(settings, {}, context);
    const listAll = admin ? administeredOfAll : connectorsOfAll;
    return await listAll(concurrency, { remote, settings }, context);
  }
  const environment = await chooseEnvironment(settings, remote, context);
  if (web) await openPage(settings, { environment }, context);
  const pair = await knownEnvironment(environment, context);
  if (admin) return await administeredOfOne(pair, { remote, settings }, context);
  const { environment: typed, settingsFile } = flags;
  const isDefault = !typed && !settingsFile && (settings.environment ?? settings.defaultEnvironment) !== undefined;
  return await connectorsOfOne(pair, { remote, settings, isDefault }, context);
}

async function connectorsOfOne(
  environment: EnvironmentPair,
  { remote, settings, isDefault }: ListingService & { readonly isDefault: boolean },
  context: Context,
): Promise<Result> {
  const { id } = environment;
  const resources = await listConnectors(id, remote, context);
  const connectors = resources.map((resource) => listedConnector(resource, environment, settings));
  const name = await environmentName(id, remote, context);
  const place = name === id ? `the environment ${id}` : name;
  if (connectors.length === 0) context.terminal.note(`No custom connectors found in ${place}.`);
  const show = `paconn show${isDefault ? '' : ` -e ${commandWord(name)}`} -c <connector>`;
  const next = portalUrl(settings.powerAppsUrl, {}) === undefined ? `For details: ${show}` : `Open one: ${show} --web`;
  const footer = [`${counted(connectors.length, 'connector')} in ${place}.`, next];
  const table: Table = { columns, kinds, rows: connectors.map(cells), footer };
  return { data: { connectors } satisfies ListData, table };
}

async function connectorsOfAll(concurrency: number, service: ListingService, context: Context): Promise<Result> {
  const { connectors, failures } = await listEverywhere(listVisible, concurrency, service, context);
  reportFailures(failures, context.terminal);
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
