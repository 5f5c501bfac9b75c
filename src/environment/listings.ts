import type { ConnectorApi } from '../api/connector-api.ts';
import type { ConnectorSummary, EnvironmentResource } from '../api/resources.ts';
import type { Context } from '../context.ts';
import { rememberListing } from './listing-cache.ts';

export type ListingContext = Pick<Context, 'terminal' | 'configDirectory'>;

/** The environments that the user can work in; completion knows them from then on. */
export async function listEnvironments(
  api: ConnectorApi,
  { terminal, configDirectory }: ListingContext,
): Promise<readonly EnvironmentResource[]> {
  const environments = await terminal.during('Listing environments', api.listEnvironments());
  await rememberListing(configDirectory, { environments });
  return environments;
}

/** The custom connectors of an environment; completion knows them from then on. */
export async function listConnectors(
  environment: string,
  api: ConnectorApi,
  { terminal, configDirectory }: ListingContext,
): Promise<readonly ConnectorSummary[]> {
  const connectors = await terminal.during('Listing connectors', api.listConnectors(environment));
  await rememberListing(configDirectory, { environment, connectors });
  return connectors;
}
