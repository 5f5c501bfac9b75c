import { DamagedFileError, NotSignedInError } from '../errors.ts';
import { type AccessToken, commandMargin, lastsFor } from './access-token.ts';
import { accountName } from './accounts.ts';
import type { Profile } from './profile.ts';
import { readPythonToken } from './python-token.ts';
import { forAccount, signInAgain } from './sign-in-again.ts';
import type {
  Authentication,
  StoredRequest,
  RenewalOptions,
  SignInRequest,
  SignInSettings,
} from './sign-in-request.ts';
import type { SignIn, SignInStore } from './sign-in-store.ts';

export interface SessionOptions extends Omit<RenewalOptions, 'settings' | 'request' | 'claims'> {
  readonly store: SignInStore;
  readonly configDirectory: string;
  /** Picks the one to use of those who are signed in. May raise {@link NotSignedInError} when none of them will do. */
  readonly choose: (profiles: readonly Profile[]) => Profile | undefined;
  /** Whether the user has named it: then no other sign-in will do. */
  readonly isNamed: boolean;
  /** What environment variables say about how to sign in. May raise `UsageError`. */
  readonly fromVariables: () => VariableSignIn | undefined;
  /** What they lack for that, as a sentence, where somebody has begun to set them. */
  readonly whatVariablesLack: () => string | undefined;
  /** Takes each access token, so that it is never shown. */
  readonly conceal: (token: string) => void;
}

/** A sign-in that is made by environment variables, and gone with the run. */
export interface VariableSignIn {
  /** Whether they say that this is the one to use; else it is for want of another. */
  readonly isExplicit: boolean;
  readonly settings: SignInSettings;
  readonly request: SignInRequest;
}

/** Where a token comes from. */
export type Origin =
  | {
      readonly kind: 'kept';
      readonly profile: Profile;
      /** What the account is called. */
      readonly name: string;
    }
  | { readonly kind: 'variables'; readonly signIn: VariableSignIn; readonly authentication: Authentication }
  | { readonly kind: 'python' };

/** Gets the next token in place of one that is refused or ending. */
type Renewal = (refused: string, claims: string | undefined) => Promise<AccessToken>;

/**
 * Seconds for which a token must be good. Ours is renewed when it is not; the Python tool's cannot be, so a command makes
 * do with what is left of it. `login` asks for ten minutes, as in paconn.
 */
const margins = { command: { own: commandMargin, python: 0 }, login: { own: 600, python: 600 } } as const;

/** The sign-in of a run: a token that is good now, renewed without asking when it must be. */
export class Session {
  readonly #conceal: SessionOptions['conceal'];
  readonly #renewal: Renewal;
  #accessToken: AccessToken;
  #renewing: Promise<void> | undefined;
  readonly origin: Origin;

  private constructor(options: SessionOptions, accessToken: AccessToken, origin: Origin, renewal: Renewal) {
    this.#conceal = options.conceal;
    this.#accessToken = accessToken;
    this.#renewal = renewal;
    this.origin = origin;
    options.conceal(accessToken.value);
  }

  /**
   * The session, or why there is none. What environment variables say that must be used comes first, then our own sign-in,
   * then what else they say, then the token file of the Python tool. Raises `FileError` and `NetworkError`.
   *
   * @param purpose Decides how long the token must be good. `login` is about what is kept, not about variables.
   */
  static async find(options: SessionOptions, purpose: keyof typeof margins): Promise<Session | NotSignedInError> {
    const variables = purpose === 'login' ? undefined : options.fromVariables();
    if (variables?.isExplicit) return await failing(Session.#byVariables(options, variables));
    const chosen = await failing(choose(options));
    const isChosen = chosen !== undefined && !(chosen instanceof Error);
    const own = isChosen ? await failing(Session.#own(options, chosen, margins[purpose].own)) : chosen;
    if (own instanceof Session || options.isNamed) return own ?? notSignedIn();
    // Who is signed in and can be no more must not work as somebody else unawares.
    if (!isChosen && variables) return await failing(Session.#byVariables(options, variables));
    const pythonToken = await failing(readPythonToken(options.configDirectory));
    if (pythonToken instanceof NotSignedInError) return own ?? pythonToken;
    if (pythonToken && lastsFor(pythonToken, margins[purpose].python)) {
      return new Session(options, pythonToken, { kind: 'python' }, async () => await Promise.reject(expired()));
    }
    const lack = purpose === 'login' ? undefined : options.whatVariablesLack();
    return own ?? (pythonToken ? expired() : notSignedIn(lack));
  }

  static async #byVariables(options: SessionOptions, signIn: VariableSignIn): Promise<Session> {
    const { settings, request } = signIn;
    const acquire = async (claims?: string): Promise<Authentication> => {
      const { renew } = await import('./authenticate.ts');
      return await renew({ ...options, settings, request, claims }, { homeAccountId: '', msal: '' });
    };
    const authentication = await acquire();
    const renewal: Renewal = async (_refused, claims) => {
      // There is only this one.
      if (request.method === 'access-token') throw refusedToken();
      return (await acquire(claims)).accessToken;
    };
    return new Session(options, authentication.accessToken, { kind: 'variables', signIn, authentication }, renewal);
  }

  static async #own(options: SessionOptions, { profile, name }: Chosen, seconds: number): Promise<Session> {
    const signIn = await naming(name, options.store.read(profile));
    if (!signIn) throw expired();
    const { accessToken } = signIn.tokenCache;
    const renewal: Renewal = async (refused, claims) =>
      await naming(name, renewStored(options, profile, refused, claims));
    const session = new Session(options, accessToken, { kind: 'kept', profile, name }, renewal);
    if (!lastsFor(accessToken, seconds)) await session.renew(accessToken.value);
    return session;
  }

  token(): string {
    return this.#accessToken.value;
  }

  get accessToken(): AccessToken {
    return this.#accessToken;
  }

  get objectId(): string {
    return this.#accessToken.objectId;
  }

  /** What helps where the service refuses even a new token. */
  get refusedHint(): string {
    const { origin } = this;
    if (origin.kind === 'kept') return forAccount(signInAgain, origin.name);
    return 'See which sign-in is used with: paconn whoami';
  }

  /**
   * Gets a new token in place of one that is refused or ending. Raises {@link NotSignedInError} or `NetworkError`.
   *
   * @param claims What the service asks of the new token (claims challenge): JSON text.
   */
  async renew(refused: string, claims?: string): Promise<void> {
    if (refused !== this.#accessToken.value) return;
    this.#renewing ??= this.#replace(refused, claims);
    try {
      await this.#renewing;
    } finally {
      this.#renewing = undefined;
    }
  }

  async #replace(refused: string, claims: string | undefined): Promise<void> {
    this.#accessToken = await this.#renewal(refused, claims);
    this.#conceal(this.#accessToken.value);
  }
}

interface Chosen {
  readonly profile: Profile;
  /** What it is called, as `--account` takes it. */
  readonly name: string;
}

async function choose({ store, choose: pick }: SessionOptions): Promise<Chosen | undefined> {
  const profiles = await store.profiles();
  const profile = pick(profiles);
  return profile && { profile, name: accountName(profile, profiles) };
}

/** The next token of a profile, which is kept. */
async function renewStored(
  options: SessionOptions,
  profile: Profile,
  refused: string,
  claims: string | undefined,
): Promise<AccessToken> {
  const { store } = options;
  return await store.exclusively(async () => {
    const signIn = await store.read(profile);
    if (!signIn) throw expired();
    const { accessToken, claims: granted } = signIn.tokenCache;
    // Another run may have renewed it while this one waited.
    const isNew = accessToken.value !== refused && lastsFor(accessToken, commandMargin);
    if (isNew && (claims === undefined || claims === granted)) return accessToken;
    return await renewNow(options, signIn, claims);
  });
}

async function renewNow(options: SessionOptions, signIn: SignIn, claims: string | undefined): Promise<AccessToken> {
  const { profile, tokenCache } = signIn;
  const { renew } = await import('./authenticate.ts');
  const request = withSecret(profile.request, tokenCache.clientSecret);
  const account = { homeAccountId: profile.homeAccountId, msal: tokenCache.msal };
  const { accessToken, msal } = await renew({ ...options, settings: profile, request, claims }, account);
  await options.store.update({ profile, tokenCache: { ...tokenCache, msal, accessToken, claims } });
  return accessToken;
}

function withSecret(request: StoredRequest, secret: string | undefined): SignInRequest {
  if (request.method !== 'client-secret') return request;
  if (secret !== undefined) return { ...request, secret };
  throw new NotSignedInError('The client secret of the sign-in is not kept any more.', {
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
    return new NotSignedInError(error.message, { hint: signInAgain, cause: error });
  }
}

/** The Python tool's words for a sign-in that is missing and for one that is over alike: scripts look for them. */
const invalidToken = 'Access token invalid. Please login again.';

/** The error where nobody is signed in. */
export function notSignedIn(lack?: string): NotSignedInError {
  const hint = ["You aren't signed in. Sign in with: paconn login", ...(lack ? [lack] : [])].join('\n');
  return new NotSignedInError(invalidToken, { hint });
}

function expired(): NotSignedInError {
  return new NotSignedInError(invalidToken, { hint: 'Sign in with: paconn login' });
}

function refusedToken(): NotSignedInError {
  return new NotSignedInError('The service does not accept the token in PACONN_ACCESS_TOKEN, or not any more.', {
    hint: 'Set it to a new one, or unset it to use another sign-in.',
  });
}
