import type { Remote } from '../../api/remote.ts';
import type { ConnectorSummary } from '../../api/resources.ts';
import { InterruptedError, NotSignedInError, PaconnError } from '../../errors.ts';
import type { EnvironmentPair } from '../../environment/environment-name.ts';
import { mapBounded } from '../../io/async.ts';
import { namedConnector } from '../../environment/find-connector.ts';
import { namedEnvironment } from '../../environment/find-environment.ts';
import { type ListingContext, listEnvironments } from '../../environment/listings.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import { errorData } from '../../output/error-data.ts';
import { personData } from '../../output/person-data.ts';
import type { ListedConnector, ListingFailure } from '../../results/connectors.ts';
import { portalUrl } from '../../settings/maker-portal.ts';
import type { Settings } from '../../settings/settings.ts';

/** What is asked, and which portal shows what it has. */
export interface ListingService {
  readonly remote: Remote;
  readonly settings: Pick<Settings, 'powerAppsUrl'>;
}

export interface ListedEverywhere<Listed> {
  readonly connectors: readonly Listed[];
  /** The environments that would not be listed. */
  readonly failures: readonly ListingFailure[];
}

/** Asks for the connectors of an environment. */
export type ListOne<Listed> = (environment: EnvironmentPair, service: ListingService) => Promise<readonly Listed[]>;

/**
 * The custom connectors of all environments, in the order of those, so many of which are asked side by side. An environment that refuses does not stop the others.
 * Raises what ends the run as a whole: `NotSignedInError`, `InterruptedError`, and what listing the environments raises.
 */
export async function listEverywhere<Listed extends object>(
  list: ListOne<Listed>,
  concurrency: number,
  service: ListingService,
  context: ListingContext,
): Promise<ListedEverywhere<Listed>> {
  const environments = (await listEnvironments(service.remote, context)).map(namedEnvironment);
  let done = 0;
  const listing = mapBounded(environments, concurrency, async (environment) => {
    const listed = await listedOrFailed(list, environment, service);
    done += 1;
    return listed;
  });
  const outcomes = await context.terminal.during(
    () => `Listing connectors: ${done} of ${environments.length} environments`,
    listing,
  );
  return {
    connectors: outcomes.flatMap(({ connectors }) => connectors),
    failures: outcomes.flatMap(({ failure }) => failure ?? []),
  };
}

async function listedOrFailed<Listed>(
  list: ListOne<Listed>,
  environment: EnvironmentPair,
  service: ListingService,
): Promise<{ readonly connectors: readonly Listed[]; readonly failure?: ListingFailure }> {
  try {
    return { connectors: await list(environment, service) };
  } catch (error) {
    // It would be the same in every other environment.
    const isOfAll = error instanceof NotSignedInError || error instanceof InterruptedError;
    if (isOfAll || !(error instanceof PaconnError)) throw error;
    return { connectors: [], failure: { environment, error: errorData(error) } };
  }
}

/** Those that the user can see. */
export const listVisible: ListOne<ListedConnector> = async (environment, { remote, settings }) => {
  const connectors = await remote.listConnectors(environment.id);
  return connectors.map((connector) => listedConnector(connector, environment, settings));
};

/** Reports the environments that would not be listed. */
export function reportFailures(failures: readonly ListingFailure[], { note }: Pick<Terminal, 'note'>): void {
  for (const { environment, error } of failures) {
    note(`Not listed: ${environment.name ?? ''} (${environment.id}). ${error.message}`);
  }
}

/** The details of a connector in a list. */
export function listedConnector(
  connector: ConnectorSummary,
  environment: EnvironmentPair,
  { powerAppsUrl }: ListingService['settings'],
): ListedConnector {
  const { description, createdBy, createdTime, changedTime } = connector.properties ?? {};
  const { id: connectorId, name } = namedConnector(connector);
  return {
    connectorId,
    name,
    environment,
    url: portalUrl(powerAppsUrl, { environment: environment.id, connectorId }) ?? null,
    description: description || null,
    createdBy: personData(createdBy),
    createdTime: createdTime || null,
    changedTime: changedTime || null,
  };
}
