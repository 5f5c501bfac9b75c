import type { AdministeredConnector } from '../../api/resources.ts';
import { authenticationOf, authenticationSchema } from '../../connector/authentication.ts';
import type { Context } from '../../context.ts';
import type { EnvironmentPair } from '../../environment/environment-name.ts';
import type { ListingContext } from '../../environment/listings.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import { personData } from '../../output/person-data.ts';
import type { Result, Table } from '../../output/result.ts';
import { shortTime } from '../../output/short-time.ts';
import type { AdministeredConnectorData, AdministeredData } from '../../results/connectors.ts';
import {
  listedConnector,
  listEverywhere,
  type ListingService,
  type ListOne,
  reportFailures,
} from './list-everywhere.ts';

/** All custom connectors of an environment, for its administrators. */
export async function administeredOfOne(
  environment: EnvironmentPair,
  service: ListingService,
  { terminal }: Pick<Context, 'terminal'>,
): Promise<Result> {
  const connectors = await terminal.during('Listing connectors', listAdministered(environment, service));
  return administeredResult({ connectors, failures: [] }, terminal);
}

/** The same of all environments. One that refuses does not stop the others. */
export async function administeredOfAll(
  concurrency: number,
  service: ListingService,
  context: ListingContext,
): Promise<Result> {
  const listed = await listEverywhere(listAdministered, concurrency, service, context);
  return administeredResult(listed, context.terminal);
}

const listAdministered: ListOne<AdministeredConnectorData> = async (environment, service) => {
  const connectors = await service.remote.listAdministeredConnectors(environment.id, environment.name);
  return connectors.map((connector) => administered(connector, environment, service));
};

function administeredResult(data: AdministeredData, terminal: Pick<Terminal, 'note'>): Result {
  const { connectors, failures } = data;
  reportFailures(failures, terminal);
  if (connectors.length === 0) terminal.note('No custom connectors found in the listed environments.');
  return {
    data,
    table: tableOf(connectors),
    exitCode: Math.max(0, ...failures.map(({ error }) => error.exitCode)),
  };
}

function administered(
  connector: AdministeredConnector,
  environment: EnvironmentPair,
  { settings }: ListingService,
): AdministeredConnectorData {
  const { backendService, modifiedBy, connectionParameters, connectionParameterSets } = connector.properties ?? {};
  const serviceUrl = backendService?.serviceUrl ?? '';
  const isKnown = connectionParameters !== undefined || connectionParameterSets !== undefined;
  const parsed = authenticationSchema.safeParse({ connectionParameters, connectionParameterSets });
  return {
    ...listedConnector(connector, environment, settings),
    host: URL.canParse(serviceUrl) ? new URL(serviceUrl).host : null,
    authentication: isKnown && parsed.success ? authenticationOf(parsed.data).map(({ kind }) => kind) : null,
    changedBy: personData(modifiedBy),
  };
}

function tableOf(connectors: readonly AdministeredConnectorData[]): Table {
  return {
    columns: ['Environment', 'Name', 'Host', 'Sign-in', 'Changed (UTC)', 'ID', 'Created by'],
    kinds: ['name', 'name', 'text', 'word', 'time', 'id', 'text'],
    rows: connectors.map(({ environment, name, host, authentication, changedTime, connectorId, createdBy }) => [
      environment.name ?? environment.id,
      name,
      host ?? '',
      authentication?.join(', ') ?? '',
      shortTime(changedTime),
      connectorId,
      createdBy?.name ?? '',
    ]),
  };
}
