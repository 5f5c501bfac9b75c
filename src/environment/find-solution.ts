import type { Remote } from '../api/remote.ts';
import type { SolutionResource } from '../api/resources.ts';
import { shownName } from '../connector/secret-stretches.ts';
import { ApiError, NotSignedInError, PaconnError, UsageError } from '../errors.ts';
import type { SolutionReference } from '../settings/solution-reference.ts';
import { environmentWords } from './environment-name.ts';
import { requireSameEnvironment } from './find-environment.ts';
import { listEnvironments, type ListingContext, listSolutions } from './listings.ts';
import { matchName } from '../match-name.ts';
import { ambiguous, unknown } from './unclear-name.ts';

const byId = 'Pass the ID of the solution, or its URL in the maker portal: --solution <id>';

/** A solution to create a connector in. */
export interface FoundSolution {
  readonly id: string;
  /** In a sentence: its names, or the ID where the user passed that. */
  readonly words: string;
}

/**
 * The solution that the user named, to create a connector in. An ID costs no request; a name is looked up in the
 * Dataverse of the environment: the unique name first, then the display name. Raises {@link UsageError} for a URL of another
 * environment, for a name that is unknown or ambiguous, for a managed solution, and for a Dataverse that must not have a token;
 * {@link NotSignedInError} where there's no token for it, and the errors of the requests.
 */
export async function findSolution(
  solution: SolutionReference,
  environment: string,
  remote: Remote,
  context: ListingContext,
): Promise<FoundSolution> {
  if ('id' in solution) {
    if (solution.environment !== undefined) {
      await requireSameEnvironment('solution', { environment, other: solution.environment }, remote, context);
    }
    return { id: solution.id, words: solution.id };
  }
  const { name } = solution;
  const solutions = await solutionsOf(environment, remote, context);
  const named = solutions.map((one) => ({ ...one, id: one.uniquename, name: one.friendlyname || one.uniquename }));
  const match = matchName(name, named);
  if (match.kind === 'several') {
    const found = match.found.map((one) => ({ ...one, detail: one.ismanaged ? '(managed)' : undefined }));
    throw ambiguous(name, found, { what: 'solutions', pass: '--solution' });
  }
  if (match.kind === 'none')
    throw unknown(
      `No solution '${shownName(name)}' found in ${await environmentWords(environment, context)}.`,
      match.similar,
      byId,
    );
  const { solutionid: id, ismanaged: isManaged, name: displayName, uniquename: uniqueName } = match.found;
  if (!isManaged) return { id: id.toLowerCase(), words: `'${displayName}' (${uniqueName})` };
  throw new UsageError(`The solution '${displayName}' is managed, so a connector can't be created in it.`, {
    hint: 'Choose an unmanaged solution, or create one in the maker portal.',
  });
}

async function solutionsOf(
  environment: string,
  remote: Remote,
  context: ListingContext,
): Promise<readonly SolutionResource[]> {
  const listed = (await listEnvironments(remote, context)).find(
    ({ name }) => name.toLowerCase() === environment.toLowerCase(),
  );
  if (!listed) {
    const message = `The environment ${environment} isn't in your list of environments, so its solutions can't be looked up.`;
    throw new UsageError(message, { hint: byId });
  }
  const instanceUrl = listed.properties?.linkedEnvironmentMetadata?.instanceUrl;
  if (!instanceUrl) {
    throw new UsageError(`The environment ${environment} doesn't have Dataverse, so it has no solutions.`, {
      hint: 'Create the connector without --solution.',
    });
  }
  if (!/^https?:/iu.test(instanceUrl) || !URL.canParse(instanceUrl)) {
    throw new UsageError(`${instanceUrl} isn't the URL of a Dataverse.`, { hint: byId });
  }
  try {
    return await listSolutions(instanceUrl, remote, context);
  } catch (error) {
    throw withOtherWay(error);
  }
}

/** Without access to Dataverse, the ID of a solution is of use all the same. */
function withOtherWay(error: unknown): unknown {
  if (!(error instanceof PaconnError)) return error;
  const { message, detail, answer } = error;
  const options = { hint: byId, detail, answer, cause: error };
  if (error instanceof NotSignedInError) {
    return new NotSignedInError(`Can't look up the name of the solution in Dataverse: ${message}`, options);
  }
  if (error instanceof UsageError) return new UsageError(message, options);
  return error instanceof ApiError ? new PaconnError(message, options) : error;
}
