import { DamagedFileError, NotSignedInError } from '../errors.ts';
import { type AccessToken, commandMargin, lastsFor } from './access-token.ts';
import { accountName } from './accounts.ts';
import {
  expired,
  forAccount,
  invalidToken,
  notSignedIn,
  onlyForPowerPlatform,
  refusedToken,
  signInAgain,
} from './not-signed-in.ts';
import type { Profile } from './profile.ts';
import { readPythonToken } from './python-token.ts';
import { type AnotherToken, type Renewal, Session, type VariableSignIn } from './session.ts';
import type { Authentication, RenewalOptions, SignInRequest, StoredRequest } from './sign-in-request.ts';
import type { SignIn, SignInStore } from './sign-in-store.ts';

export interface SignInOptions extends Omit<RenewalOptions, 'settings' | 'request' | 'claims'> {
  readonly store: SignInStore;
  readonly configDirectory: string;
  /** Picks the one to use of those who are signed in. May raise {@link NotSignedInError} when none of them will do. */
  readonly choose: (profiles: readonly Profile[]) => Profile | undefined;
  /** Whether the user has named it: then no other sign-in will do. */
  readonly isNamed: boolean;
  /** The cloud that the sign-in is for, unless it's the public one or unknown. */
  readonly cloud?: string | undefined;
  /** What environment variables say about how to sign in. May raise `UsageError`. */
  readonly fromVariables: () => VariableSignIn | undefined;
  /** What they lack for that, as a sentence, if some of them are set. */
  readonly whatVariablesLack: () => string | undefined;
}

/**
 * Seconds for which a token must be good. Ours is renewed when it is not; the Python tool's cannot be, so a command
 * makes do with what is left of it. `login` asks for ten minutes, as in the Python tool.
 */
const margins = { command: { own: commandMargin, python: 0 }, login: { own: 600, python: 600 } } as const;

/**
 * The sign-in of a run, or why there is none. What environment variables say that must be used comes first, then our own sign-in,
 * then what else they say, then the token file of the Python tool. Raises `FileError` and `NetworkError`.
 *
 * @param purpose Decides how long the token must be good. `login` is about what is kept, not about variables.
 */
export async function findSignIn(
  options: SignInOptions,
  purpose: keyof typeof margins,
): Promise<Session | NotSignedInError> {
  const variables = purpose === 'login' ? undefined : options.fromVariables();
  if (variables?.isExplicit) return await failing(byVariables(options, variables));
  const chosen = await failing(choose(options));
  const isChosen = chosen !== undefined && !(chosen instanceof Error);
  const own = isChosen ? await failing(byProfile(options, chosen, margins[purpose].own)) : chosen;
  if (own instanceof Session || options.isNamed) return own ?? notSignedIn(options.cloud);
  // A stored sign-in that no longer works must never silently be replaced by another account.
  if (!isChosen && variables) return await failing(byVariables(options, variables));
  const pythonToken = await failing(readPythonToken(options.configDirectory));
  if (pythonToken instanceof NotSignedInError) return own ?? pythonToken;
  if (pythonToken && lastsFor(pythonToken, margins[purpose].python)) {
    return new Session({
      accessToken: pythonToken,
      origin: { kind: 'python' },
      renewal: async () => await Promise.reject(expired()),
      another: async () => await Promise.reject(onlyForPowerPlatform('The token of the Python tool')),
      conceal: options.conceal,
    });
  }
  const lack = purpose === 'login' ? undefined : options.whatVariablesLack();
  return own ?? (pythonToken ? expired() : notSignedIn(options.cloud, lack));
}

async function byVariables(options: SignInOptions, signIn: VariableSignIn): Promise<Session> {
  const { settings, request } = signIn;
  const acquire = async (resource: string, claims?: string): Promise<Authentication> => {
    const { renew } = await import('./authenticate.ts');
    const wanted = { ...options, settings: { ...settings, resource }, request, claims };
    return await renew(wanted, { homeAccountId: '', msal: '' });
  };
  const authentication = await acquire(settings.resource);
  const renewal: Renewal = async (_refused, claims) => {
    // There is only this one.
    if (request.method === 'access-token') throw refusedToken();
    return (await acquire(settings.resource, claims)).accessToken;
  };
  const another: AnotherToken = async (resource, claims) => {
    if (request.method === 'access-token') throw onlyForPowerPlatform('The token in PACONN_ACCESS_TOKEN');
    return (await acquire(resource, claims)).accessToken;
  };
  return new Session({
    accessToken: authentication.accessToken,
    origin: { kind: 'variables', signIn, authentication },
    renewal,
    another,
    conceal: options.conceal,
  });
}

async function byProfile(options: SignInOptions, { profile, name }: Chosen, seconds: number): Promise<Session> {
  const signIn = await naming(name, options.store.read(profile));
  if (!signIn) throw expired();
  const { accessToken } = signIn.tokenCache;
  const renewal: Renewal = async (refused, claims) =>
    await naming(name, renewStored(options, profile, refused, claims));
  const session = new Session({
    accessToken,
    origin: { kind: 'kept', profile, name },
    renewal,
    another: async (resource, claims) => await tokenFor(options, profile, resource, claims),
    conceal: options.conceal,
  });
  if (!lastsFor(accessToken, seconds)) await session.renew(accessToken.value);
  return session;
}

interface Chosen {
  readonly profile: Profile;
  /** Its name, in the form of `--account`. */
  readonly name: string;
}

async function choose({ store, choose: pick }: SignInOptions): Promise<Chosen | undefined> {
  const profiles = await store.profiles();
  const profile = pick(profiles);
  return profile && { profile, name: accountName(profile, profiles) };
}

/** The next token of a profile, which is kept. */
async function renewStored(
  options: SignInOptions,
  profile: Profile,
  refused: string,
  claims: string | undefined,
): Promise<AccessToken> {
  const { store, configDirectory } = options;
  const asked = Date.now();
  return await store.exclusively(async () => {
    const signIn = await store.read(profile);
    if (!signIn) throw expired();
    const { accessToken, claims: granted } = signIn.tokenCache;
    // Another run may have renewed it while this one waited.
    const isNew = accessToken.value !== refused && lastsFor(accessToken, commandMargin);
    if (isNew && (claims === undefined || claims === granted)) return accessToken;
    const { failureSince, rememberFailure, forgetFailure } = await import('./renewal-failure.ts');
    const token = { token: refused, claims };
    const failure = await failureSince(asked, token, configDirectory);
    if (failure) throw failure;
    try {
      const renewed = await renewNow(options, signIn, claims);
      await forgetFailure(configDirectory);
      return renewed;
    } catch (error) {
      await rememberFailure(error, token, configDirectory);
      throw error;
    }
  });
}

async function renewNow(options: SignInOptions, signIn: SignIn, claims: string | undefined): Promise<AccessToken> {
  const { profile, tokenCache } = signIn;
  const { accessToken, msal } = await acquireNow(options, signIn, profile.resource, claims);
  await options.store.update({ profile, tokenCache: { ...tokenCache, msal, accessToken, claims } });
  return accessToken;
}

/** A token of a profile for another resource: what MSAL knows from then on is kept, the token is not. */
async function tokenFor(
  options: SignInOptions,
  profile: Profile,
  resource: string,
  claims: string | undefined,
): Promise<AccessToken> {
  const { store } = options;
  return await store.exclusively(async () => {
    const signIn = await store.read(profile);
    if (!signIn) throw expired();
    const { accessToken, msal } = await acquireNow(options, signIn, resource, claims);
    await store.update({ profile: signIn.profile, tokenCache: { ...signIn.tokenCache, msal } });
    return accessToken;
  });
}

async function acquireNow(
  options: SignInOptions,
  { profile, tokenCache }: SignIn,
  resource: string,
  claims: string | undefined,
): Promise<Authentication> {
  const { renew } = await import('./authenticate.ts');
  const request = withSecret(profile.request, tokenCache.clientSecret);
  const account = { homeAccountId: profile.homeAccountId, msal: tokenCache.msal };
  return await renew({ ...options, settings: { ...profile, resource }, request, claims }, account);
}

function withSecret(request: StoredRequest, secret: string | undefined): SignInRequest {
  if (request.method !== 'client-secret') return request;
  if (secret !== undefined) return { ...request, secret };
  throw new NotSignedInError('The client secret of the sign-in is no longer stored.', {
    hint: signInAgain,
  });
}

/** An error of a stored sign-in names the account; where the sign-in is over, it starts as the Python tool's. */
async function naming<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof NotSignedInError)) throw error;
    const { message, hint, detail, answer, cause } = error;
    const named = { hint: hint && forAccount(hint, name), answer, cause };
    if (hint !== signInAgain) throw new NotSignedInError(message, { ...named, detail });
    throw new NotSignedInError(invalidToken, { ...named, detail: [message, detail].filter(Boolean).join('\n') });
  }
}

/** A sign-in that is refused, locked away or damaged is a reason to try the next one, or to sign in. */
async function failing<T>(work: Promise<T>): Promise<T | NotSignedInError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NotSignedInError) return error;
    if (!(error instanceof DamagedFileError)) throw error;
    const message = `Can't read your saved sign-in: ${error.message}`;
    return new NotSignedInError(message, { hint: signInAgain, cause: error });
  }
}
