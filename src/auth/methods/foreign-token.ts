import { NotSignedInError } from '../../errors.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import { claimsOf } from '../access-token.ts';
import type { Authentication, RenewalOptions } from '../sign-in-request.ts';

/** By which Microsoft Entra knows the Power Apps service: newer tokens name their audience so. */
const powerAppsService = '475226c6-020e-4fb2-8a90-7a972cbfc1d4';

/** A blank or a sign of another kind means that it was copied in part, or with something else. */
const threeParts = /^[\w-]+(?:\.[\w-]+){2}$/u;

interface ForeignToken {
  readonly value: string;
  /** Seconds since 1970. Without it, what the token says. */
  readonly expiresOn?: number;
}

/**
 * What a token says that another tool got. Raises {@link NotSignedInError} for one that is of no use here, which the
 * service would refuse in words that don't help.
 *
 * @param what What token it is, as the beginning of a sentence.
 */
export function foreignToken(
  { value, expiresOn }: ForeignToken,
  { settings }: Pick<RenewalOptions, 'settings'>,
  what: string,
): Authentication {
  const claims = claimsOf(value);
  const { aud, oid, tid = '' } = claims;
  const ends = expiresOn ?? claims.exp;
  if (!threeParts.test(value) || ends === undefined || oid === undefined) {
    throw new NotSignedInError(`${what} isn't an access token of Microsoft Entra ID.`, {
      hint: 'An access token starts with ey and has three parts of letters, digits, - and _, separated by dots.',
    });
  }
  if (aud !== undefined && !isFor(aud, settings.resource)) {
    throw new NotSignedInError(`${what} is for ${aud}, but paconn needs one for ${settings.resource}.`, {
      hint: `Get one with:\n  az account get-access-token --resource ${commandWord(settings.resource)}`,
    });
  }
  if (ends <= Date.now() / 1000) {
    throw new NotSignedInError(`${what} expired at ${new Date(ends * 1000).toISOString()}.`, {
      hint: 'Get a new one.',
    });
  }
  const username = claims.upn ?? claims.preferred_username ?? claims.unique_name ?? claims.app_displayname;
  return {
    accessToken: { value, expiresOn: Math.floor(ends), objectId: oid },
    homeAccountId: '',
    username: username ?? claims.appid ?? oid,
    tenantId: tid,
    msal: '',
  };
}

/** With or without slashes at the end: Entra takes both for the same resource, and so does the service. */
function isFor(audience: string, resource: string): boolean {
  return bare(audience) === bare(resource) || audience === powerAppsService;
}

function bare(resource: string): string {
  return resource
    .replace(/\/\.default$/u, '')
    .replace(/(?<!\/)\/+$/u, '')
    .toLowerCase();
}
