import type { Remote } from '../api/remote.ts';
import type { EnvironmentResource } from '../api/resources.ts';
import { shownName } from '../connector/secret-stretches.ts';
import { UsageError } from '../errors.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import { listEnvironments, type ListingContext } from './listings.ts';
import { matchName, type Named } from '../match-name.ts';
import { guidOf, readPortalAddress } from '../settings/portal-address.ts';
import { ambiguous, unknown } from './unclear-name.ts';

/** The names of the environment that every tenant has, in addresses of the maker portals too. The second is for shells that take what begins with a tilde for a user, as zsh does. */
const defaultNames = new Set(['~default', 'default']);

/** Such as `Default-72a1f6c4-9d0e-4f3b-8c57-1f0be3a4d2c8`. */
const environmentId = /^(?:[a-z]+-)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;

/**
 * The ID of the environment that the user named: by ID, display name, `~default`, resource ID or an address of the maker
 * portal. What has the form of an ID costs no request; anything else is sent only when it is the ID or the name of an
 * environment in the list. Raises {@link UsageError} for a name that is unknown or ambiguous, and the listing's error.
 */
export async function findEnvironment(written: string, remote: Remote, context: ListingContext): Promise<string> {
  const place = readPortalAddress(written);
  const named = place ? place.environment : written;
  if (named === undefined) {
    throw new UsageError(`${written} isn't the URL of an environment.`, {
      hint: 'The URL of a page in an environment contains /environments/<environment>.',
    });
  }
  const id = guidOf(named) ?? named;
  if (environmentId.test(id)) return id;
  const environments = await listEnvironments(remote, context);
  // Everyone can name an environment so: the ID leads to such a one.
  if (defaultNames.has(named.toLowerCase())) return defaultEnvironment(environments);
  const match = matchName(named, environments.map(namedEnvironment));
  if (match.kind === 'one') return match.found.id;
  if (match.kind === 'several') throw ambiguous(named, match.found, { what: 'environments', pass: '--environment' });
  throw unknown(`No environment '${shownName(named)}' found.`, match.similar, listEnvironmentsHint);
}

/**
 * Nobody should work on a connector of another environment than the one they name. Raises {@link UsageError} for a URL that
 * leads to another one.
 */
export async function requireSameEnvironment(
  what: 'connector' | 'solution',
  { environment, other }: { readonly environment: string; readonly other: string },
  remote: Remote,
  context: ListingContext,
): Promise<void> {
  if ((await findEnvironment(other, remote, context)).toLowerCase() === environment.toLowerCase()) return;
  throw new UsageError(`The URL of the ${what} is in the environment ${other}, not ${environment}.`, {
    hint:
      what === 'connector'
        ? 'Omit the environment. The URL contains it.'
        : `Work in that environment with:\n  --environment ${commandWord(other)}`,
  });
}

/** An environment with what people call it. */
export function namedEnvironment({ name, properties }: EnvironmentResource): Named {
  return { id: name, name: properties?.displayName || name };
}

const listEnvironmentsHint = 'List your environments with:\n  paconn environments';

function defaultEnvironment(environments: readonly EnvironmentResource[]): string {
  const found = environments.find(({ properties }) => properties?.isDefault);
  if (found) return found.name;
  throw new UsageError("You don't have access to the default environment.", { hint: listEnvironmentsHint });
}
