import type { Remote } from '../../api/remote.ts';
import type { ConnectorSummary } from '../../api/resources.ts';
import { InterruptedError, NotSignedInError, PaconnError } from '../../errors.ts';
import { mapBounded } from '../../io/async.ts';
import { namedConnector } from '../../environment/find-connector.ts';
import { namedEnvironment } from '../../environment/find-environment.ts';
import { type ListingContext, listEnvironments } from '../../environment/listings.ts';

/** A custom connector in a list. */
export interface ListedConnector {
  readonly id: string;
  readonly name: string;
  /** The ID of the environment it is in. */
  readonly environment: string;
  readonly description: string | null;
  readonly createdBy: string | null;
  readonly createdTime: string | null;
  readonly changedTime: string | null;
}

/** An environment that would not be listed. */
export interface ListingFailure {
  readonly environment: string;
  readonly message: string;
  readonly exitCode: number;
}

export interface ListedEverywhere {
  /** Display names of the environments, by ID. */
  readonly environments: ReadonlyMap<string, string>;
  readonly connectors: readonly ListedConnector[];
  readonly failures: readonly ListingFailure[];
}

/**
 * The custom connectors of all environments, in the order of those, so many of which are asked side by side. An environment that refuses does not stop the others.
 * Raises what ends the run as a whole: `NotSignedInError`, `InterruptedError`, and what listing the environments raises.
 */
export async function listEverywhere(
  concurrency: number,
  remote: Remote,
  context: ListingContext,
): Promise<ListedEverywhere> {
  const environments = (await listEnvironments(remote, context)).map(namedEnvironment);
  let done = 0;
  const listing = mapBounded(environments, concurrency, async ({ id }) => {
    const listed = await listedOrFailed(id, remote);
    done += 1;
    return listed;
  });
  const outcomes = await context.terminal.during(
    () => `Listing connectors: ${done} of ${environments.length} environments`,
    listing,
  );
  return {
    environments: new Map(environments.map(({ id, name }) => [id, name])),
    connectors: outcomes.flatMap((outcome) => ('message' in outcome ? [] : outcome)),
    failures: outcomes.flatMap((outcome) => ('message' in outcome ? outcome : [])),
  };
}

async function listedOrFailed(
  environment: string,
  remote: Remote,
): Promise<readonly ListedConnector[] | ListingFailure> {
  try {
    const connectors = await remote.listConnectors(environment);
    return connectors.map((connector) => listedConnector(connector, environment));
  } catch (error) {
    // It would be the same in every other environment.
    const isOfAll = error instanceof NotSignedInError || error instanceof InterruptedError;
    if (isOfAll || !(error instanceof PaconnError)) throw error;
    return { environment, message: error.message, exitCode: error.exitCode };
  }
}

/** What is told of a connector in a list. */
export function listedConnector(connector: ConnectorSummary, environment: string): ListedConnector {
  const { description, createdBy, createdTime, changedTime } = connector.properties ?? {};
  return {
    ...namedConnector(connector),
    environment,
    description: description || null,
    createdBy: createdBy?.displayName || null,
    createdTime: createdTime || null,
    changedTime: changedTime || null,
  };
}
