import type { Remote } from '../api/remote.ts';
import type { ConnectorSummary, EnvironmentResource } from '../api/resources.ts';
import type { Context } from '../context.ts';
import { rememberListing } from './listing-cache.ts';

export type ListingContext = Pick<Context, 'terminal' | 'configDirectory'>;

/** The environments that the user can work in; completion knows them from then on. */
export async function listEnvironments(
  remote: Remote,
  { terminal, configDirectory }: ListingContext,
): Promise<readonly EnvironmentResource[]> {
  const environments = await terminal.during('Listing environments', remote.listEnvironments());
  await rememberListing(configDirectory, { environments });
  return environments;
}

/** The custom connectors of an environment; completion knows them from then on. */
export async function listConnectors(
  environment: string,
  remote: Remote,
  { terminal, configDirectory }: ListingContext,
): Promise<readonly ConnectorSummary[]> {
  const connectors = await terminal.during('Listing connectors', remote.listConnectors(environment));
  await rememberListing(configDirectory, { environment, connectors });
  return connectors;
}
