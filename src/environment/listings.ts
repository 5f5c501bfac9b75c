import type { Remote } from '../api/remote.ts';
import type { ConnectorSummary, EnvironmentResource, SolutionResource } from '../api/resources.ts';
import type { Context, SharedNetwork } from '../context.ts';
import { rememberListing } from './listing-cache.ts';

export type ListingContext = Pick<Context, 'terminal' | 'configDirectory' | 'shared'>;

/** Lists that a run about many connectors requests once, by account and service. */
class ListedOnce<T> {
  readonly #runs = new WeakMap<SharedNetwork, Map<string, Promise<readonly T[]>>>();

  async list(shared: SharedNetwork | undefined, key: string, list: () => Promise<readonly T[]>): Promise<readonly T[]> {
    if (!shared) return await list();
    const listed = this.#runs.get(shared) ?? new Map<string, Promise<readonly T[]>>();
    this.#runs.set(shared, listed);
    const listing = listed.get(key) ?? list();
    listed.set(key, listing);
    try {
      return await listing;
    } catch (error) {
      listed.delete(key);
      throw error;
    }
  }
}

const listedEnvironments = new ListedOnce<EnvironmentResource>();
const listedSolutions = new ListedOnce<SolutionResource>();

/** The environments that the user can work in, asked for once where a run is about many connectors. */
export async function listEnvironments(
  remote: Remote,
  context: ListingContext,
): Promise<readonly EnvironmentResource[]> {
  return await listedEnvironments.list(
    context.shared,
    remote.key,
    async () => await listEnvironmentsNow(remote, context),
  );
}

/** The solutions in the Dataverse of an environment, in the same way. */
export async function listSolutions(
  instanceUrl: string,
  remote: Remote,
  { shared, terminal }: ListingContext,
): Promise<readonly SolutionResource[]> {
  return await listedSolutions.list(
    shared,
    `${remote.key} ${instanceUrl}`,
    async () => await terminal.during('Listing solutions', remote.listSolutions(instanceUrl)),
  );
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
