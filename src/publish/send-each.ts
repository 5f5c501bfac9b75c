import { relative } from 'node:path';
import { inEachFolder, requireNoneNamed } from '../bulk/in-each-folder.ts';
import { type ConnectorArguments, optionsIn } from '../check/connector-arguments.ts';
import { placeOfSolution, type SolutionSource, solutionTasks } from '../check/solution-source.ts';
import type { Context } from '../context.ts';
import type { Result } from '../output/result.ts';
import { type GivenFlags, portable } from '../settings/settings-file.ts';
import { ClaimedConnectors, type ConnectorClaims } from './claimed-connectors.ts';
import { requireDistinctTargets } from './distinct-targets.ts';
import { environmentsOfFolders } from './environments-of-folders.ts';

/** One of the connectors that a run sends. */
export interface OneToSend<Flags> {
  /** Where it is, from where the user is; empty for the same place. */
  readonly folder: string;
  /** The connector of a solution in place of files: then nothing is written beside them. */
  readonly solution?: SolutionSource | undefined;
  /** The options, with files as they're named from that folder. */
  readonly flags: Flags;
  /** Keep the connector for this folder among those of the run. */
  readonly claims: ConnectorClaims;
}

export interface ManyToSend<Flags> {
  readonly named: ConnectorArguments;
  readonly flags: Flags;
  /** The environment that an option names, in place of those in the settings. */
  readonly environment: string | undefined;
  readonly concurrency: number;
  /** Such as `Updating`, for the line of progress. */
  readonly doing: string;
  /** What is asked before many are sent. See {@link inEachFolder}. */
  readonly asks: readonly [verb: string, preposition: string] | undefined;
  readonly send: (one: OneToSend<Flags>, context: Context) => Promise<Result>;
}

/**
 * Sends each connector that a command line names, from its folder or its solution. Raises `UsageError` for options that can't be used
 * with many, and where two are for one connector of the service.
 */
export async function sendEach<Flags extends GivenFlags>(
  { named, flags, environment, concurrency, doing, asks, send }: ManyToSend<Flags>,
  context: Context,
): Promise<Result | void> {
  const { workingDirectory } = context;
  requireNoneNamed(flags, named.folders.length + named.solutions.length);
  await requireDistinctTargets(named.folders, environment, context);
  const claimed = new ClaimedConnectors();
  const sendFrom = async (own: Context, solution?: SolutionSource): Promise<Result> => {
    const folder = relative(workingDirectory, own.workingDirectory);
    const ownFlags = optionsIn(own.workingDirectory, flags, workingDirectory);
    return await claimed.during(async (claims) => await send({ folder, solution, flags: ownFlags, claims }, own));
  };
  return await inEachFolder(
    {
      ...named,
      more: solutionTasks(named.solutions, sendFrom),
      doing,
      concurrency,
      ...(asks && { asks }),
      environments: async (names) => await environmentsOfFolders(names, environment, context),
      work: sendFrom,
    },
    context,
  );
}

/** What is sent, from where the user is. */
export function placeOf({ folder, solution }: Pick<OneToSend<unknown>, 'folder' | 'solution'>): string {
  return solution ? placeOfSolution(solution) : portable(folder);
}
