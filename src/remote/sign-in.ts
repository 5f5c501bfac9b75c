import type { Profile } from '../auth/profile.ts';
import { findSignIn, type SignInOptions } from '../auth/credential-chain.ts';
import { Session, type VariableSignIn } from '../auth/session.ts';
import type { WantedSignIn } from '../auth/sign-in-request.ts';
import { SignInStore } from '../auth/sign-in-store.ts';
import type { Context } from '../context.ts';
import { DamagedFileError } from '../errors.ts';
import type { Http } from '../io/net/http.ts';
import { cloudOfUrl } from '../settings/clouds.ts';
import { secretsIn, signInFromVariables, whatVariablesLack } from '../settings/sign-in-variables.ts';
import { readVariables } from '../settings/variables.ts';
import { chooseProfile, type WantedProfile } from './choose-profile.ts';

/** The store of this user's sign-ins. */
export function openSignInStore({ configDirectory, openKeychain, variables, signal, terminal }: Context): SignInStore {
  const { tokenStore } = readVariables(variables);
  const onLongWait = (): void => terminal.note('Waiting for another run of paconn that signs in or renews a sign-in…');
  return new SignInStore({ directory: configDirectory, openKeychain, tokenStore, signal, onLongWait });
}

/** Who is signed in; nobody when what is kept is damaged: signing in anew replaces it. Raises `FileError`. */
export async function readableProfiles(store: SignInStore): Promise<readonly Profile[]> {
  try {
    return await store.profiles();
  } catch (error) {
    if (error instanceof DamagedFileError) return [];
    throw error;
  }
}

/**
 * The profile that a run would use; undefined when nobody is signed in, or when environment variables sign in instead.
 * Raises `NotSignedInError` when those who are signed in will not do, `UsageError` for a name that fits several, and
 * `FileError`.
 */
export async function chosenProfile(wanted: WantedProfile, context: Context): Promise<Profile | undefined> {
  if (wanted.account === undefined && signInFromVariables(context)?.isExplicit) return undefined;
  return chooseProfile(await openSignInStore(context).profiles(), { ...wanted, ...accountWanted(wanted, context) });
}

/** The account to use, and what names it. */
function accountWanted(
  { account, defaultAccount }: Pick<WantedProfile, 'account' | 'defaultAccount'>,
  { variables }: Pick<Context, 'variables'>,
): Pick<WantedProfile, 'account' | 'accountSource'> {
  if (account !== undefined) return { account, accountSource: '--account' };
  const { account: accountOfVariable } = readVariables(variables);
  if (accountOfVariable !== undefined) return { account: accountOfVariable, accountSource: 'PACONN_ACCOUNT' };
  return { account: defaultAccount, accountSource: 'paconn config' };
}

/** What it takes to find or renew the sign-in that fits the settings. */
export function signInOptions(context: Context, http: Http, wanted: WantedSignIn): SignInOptions {
  const { configDirectory, signal, terminal, variables } = context;
  const { trustedHosts, timeoutSeconds } = readVariables(variables);
  const { powerAppsUrl } = wanted;
  for (const secret of secretsIn(context)) terminal.concealGiven(secret);
  const named = accountWanted(wanted, context);
  const cloud = cloudOfUrl(powerAppsUrl);
  return {
    store: openSignInStore(context),
    configDirectory,
    http,
    signal,
    variables,
    trustedHosts,
    timeout: timeoutSeconds * 1000,
    log: terminal.verbosity.debug ? terminal.trace : () => undefined,
    conceal: terminal.conceal,
    choose: (profiles) => chooseProfile(profiles, { ...named, powerAppsUrl }),
    isNamed: named.account !== undefined && named.accountSource !== 'paconn config',
    cloud: cloud === 'public' ? undefined : cloud,
    fromVariables: () => (wanted.account === undefined ? variableSignIn(wanted, context) : undefined),
    whatVariablesLack: () => whatVariablesLack(context),
  };
}

function variableSignIn(wanted: WantedSignIn, context: Context): VariableSignIn | undefined {
  const found = signInFromVariables(context);
  if (!found) return undefined;
  const { clientId, tenant, authorityUrl, resource } = wanted;
  const { request, isExplicit } = found;
  return { request, isExplicit, settings: { clientId, tenant, authorityUrl, resource, ...found.settings } };
}

/** The sign-in for a command. Raises `NotSignedInError`, `FileError` and `NetworkError`. */
export async function findSession(wanted: WantedSignIn, context: Context, http: Http): Promise<Session> {
  const session = await findSignIn(signInOptions(context, http, wanted), 'command');
  if (session instanceof Session) return session;
  throw session;
}
