import { type AccessToken, claimsOf, lastsFor } from '../../auth/access-token.ts';
import { type StoredSignIn, protectionOf } from '../../auth/stored-sign-in.ts';
import { isSameAccount, type Profile } from '../../auth/profile.ts';
import { findSignIn } from '../../auth/credential-chain.ts';
import { notSignedIn } from '../../auth/not-signed-in.ts';
import { Session } from '../../auth/session.ts';
import type { SignInStore } from '../../auth/sign-in-store.ts';
import type { Context } from '../../context.ts';
import { DamagedFileError, NetworkError, NotSignedInError } from '../../errors.ts';
import type { Http } from '../../io/net/http.ts';
import { cloudOfResource } from '../../settings/clouds.ts';
import type { Settings } from '../../settings/settings.ts';
import { cloudOfProfile, requireAudience } from '../../remote/choose-profile.ts';
import { chosenProfile, signInOptions } from '../../remote/sign-in.ts';
import type { AccountData } from '../../results/accounts.ts';

/**
 * All accounts, the one that commands with these settings use among them. Its token is renewed where it has expired, and the
 * network can be reached. Raises `NotSignedInError` when there is none that commands could use, and `NetworkError` when that
 * is unknown without a network.
 */
export async function findAccounts(
  settings: Settings,
  context: Context,
  http: Http,
): Promise<readonly [active: AccountData, ...others: AccountData[]]> {
  const options = signInOptions(context, http, settings);
  const found = await currentSession(() => findSignIn(options, 'command'));
  const session = found instanceof Session ? found : undefined;
  if (session) requireAudience(claimsOf(session.token()).aud, settings.powerAppsUrl);
  const current = session ? storedProfile(session) : await chosenProfile(settings, context);
  const kept = await readableSignIns(options.store);
  const isCurrent = ({ profile }: StoredSignIn): boolean => current !== undefined && isSameAccount(profile, current);
  const reports: AccountData[] = [];
  // One after the other: the keychain is asked for the key but once.
  for (const signIn of kept) {
    const token = await storedToken(options.store, signIn.profile);
    reports.push(storedReport(signIn, { active: isCurrent(signIn), token }));
  }
  const active = reports.find((report) => report.active) ?? (session && foreignReport(session));
  if (active) return [active, ...reports.filter((report) => report !== active)];
  // What environment variables say is nothing without a network.
  if (found instanceof NetworkError) throw found;
  throw notSignedIn();
}

/** Without a network there is still much to tell. */
async function currentSession(find: () => Promise<Session | NotSignedInError>): Promise<Session | NetworkError> {
  try {
    const session = await find();
    if (session instanceof Session) return session;
    throw session;
  } catch (error) {
    if (error instanceof NetworkError) return error;
    throw error;
  }
}

function storedProfile({ origin }: Session): Profile | undefined {
  return origin.kind === 'kept' ? origin.profile : undefined;
}

async function readableSignIns(store: SignInStore): Promise<readonly StoredSignIn[]> {
  try {
    return await store.list();
  } catch (error) {
    // Whoever uses another sign-in need not repair what is stored.
    if (error instanceof DamagedFileError) return [];
    throw error;
  }
}

async function storedToken(store: SignInStore, profile: Profile): Promise<AccessToken | undefined> {
  try {
    return (await store.read(profile))?.tokenCache.accessToken;
  } catch (error) {
    // Sealed with a key that is out of reach.
    if (error instanceof NotSignedInError) return undefined;
    throw error;
  }
}

function storedReport(
  signIn: StoredSignIn,
  { active, token }: { readonly active: boolean; readonly token: AccessToken | undefined },
): AccountData {
  const { profile } = signIn;
  const { username, tenantId, tenantName, clientId, authorityUrl, resource, request, homeAccountId } = profile;
  return {
    active,
    name: username,
    accountType: homeAccountId === '' && request.method !== 'azure-cli' ? 'application' : 'user',
    tenantId,
    tenantName: tenantName ?? null,
    cloud: cloudOfProfile(profile) ?? 'custom',
    clientId,
    authorityUrl,
    resource,
    method: request.method,
    source: 'login',
    ...expiry(token),
    renewable: true,
    protection: protectionOf(signIn),
  };
}

/** Of a token that is not kept by us: what it says of itself, and the variables that led to it. */
function foreignReport({ origin, accessToken }: Session): AccountData {
  const { upn, preferred_username, unique_name, app_displayname, appid, tid, aud } = claimsOf(accessToken.value);
  const user = upn ?? preferred_username ?? unique_name;
  const signIn = origin.kind === 'variables' ? origin.signIn : undefined;
  return {
    active: true,
    name: user ?? app_displayname ?? appid ?? accessToken.objectId,
    accountType: user === undefined ? 'application' : 'user',
    tenantId: tid ?? '',
    tenantName: null,
    cloud: cloudOfResource(aud ?? signIn?.settings.resource ?? '') ?? 'custom',
    clientId: appid ?? null,
    authorityUrl: signIn?.settings.authorityUrl ?? null,
    resource: aud ?? null,
    method: signIn?.request.method ?? null,
    source: signIn ? 'environment variables' : 'accessTokens.json',
    ...expiry(accessToken),
    renewable: signIn !== undefined && signIn.request.method !== 'access-token',
    protection: null,
  };
}

function expiry(token: AccessToken | undefined): Pick<AccountData, 'expiresOn' | 'expired'> {
  if (!token) return { expiresOn: null, expired: null };
  // Of a token that does not say it, only the service knows.
  if (token.expiresOn === Infinity) return { expiresOn: null, expired: null };
  const expiresOn = new Date(token.expiresOn * 1000).toISOString().replace(/\.\d+Z$/u, 'Z');
  return { expiresOn, expired: !lastsFor(token, 0) };
}
