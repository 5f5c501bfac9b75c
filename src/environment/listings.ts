import type { Remote } from '../api/remote.ts';
import type { ConnectorSummary, EnvironmentResource } from '../api/resources.ts';
import type { Context, SharedNetwork } from '../context.ts';
import { rememberListing } from './listing-cache.ts';

export type ListingContext = Pick<Context, 'terminal' | 'configDirectory' | 'shared'>;

/** By runs about many connectors, and in them by the accounts and services that were asked. */
const listedInRuns = new WeakMap<SharedNetwork, Map<string, Promise<readonly EnvironmentResource[]>>>();

/** The environments that the user can work in, asked for once where a run is about many connectors. */
export async function listEnvironments(
  remote: Remote,
  context: ListingContext,
): Promise<readonly EnvironmentResource[]> {
  const { shared } = context;
  if (!shared) return await listEnvironmentsNow(remote, context);
  const listed = listedInRuns.get(shared) ?? new Map<string, Promise<readonly EnvironmentResource[]>>();
  listedInRuns.set(shared, listed);
  const listing = listed.get(remote.key) ?? listEnvironmentsNow(remote, context);
  listed.set(remote.key, listing);
  try {
    return await listing;
  } catch (error) {
    listed.delete(remote.key);
    throw error;
  }
}

/** The same; completion knows them from then on. */
async function listEnvironmentsNow(
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
