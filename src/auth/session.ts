import { DamagedFileError, NotSignedInError } from '../errors.ts';
import type { Http } from '../io/http.ts';
import { type AccessToken, commandMargin, lastsFor } from './access-token.ts';
import type { AuthenticatorOptions, Authentication } from './authenticator.ts';
import type { Profile } from './profile.ts';
import { readPythonToken } from './python-token.ts';
import type { SignIn, SignInStore } from './sign-in-store.ts';

export interface SessionOptions {
  readonly store: SignInStore;
  readonly configDirectory: string;
  readonly http: Http;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Takes each access token, so that it is never shown. */
  readonly conceal: (token: string) => void;
}

/**
 * Seconds for which a token must be good. Ours is renewed when it is not; the Python tool's cannot be, so a command makes
 * do with what is left of it. `login` asks for ten minutes, as in paconn.
 */
const margins = { command: { own: commandMargin, python: 0 }, login: { own: 600, python: 600 } } as const;

/** The sign-in of a run: a token that is good now, renewed without asking when it must be. */
export class Session {
  readonly #options: SessionOptions;
  #accessToken: AccessToken;
  #renewal: Promise<void> | undefined;
  /** Who is signed in; nobody we know of when the token was left by the Python tool. */
  readonly profile: Profile | undefined;

  private constructor(options: SessionOptions, accessToken: AccessToken, profile: Profile | undefined) {
    this.#options = options;
    this.#accessToken = accessToken;
    this.profile = profile;
    options.conceal(accessToken.value);
  }

  /**
   * The session, or why there is none. Our own sign-in comes first; the token file of the Python tool counts where there is
   * none or it is of no use. Raises `FileError` and `NetworkError`.
   *
   * @param purpose Decides how long the token must be good.
   */
  static async find(options: SessionOptions, purpose: keyof typeof margins): Promise<Session | NotSignedInError> {
    const own = await failing(Session.#own(options, margins[purpose].own));
    if (own instanceof Session) return own;
    const pythonToken = await failing(readPythonToken(options.configDirectory));
    if (pythonToken instanceof NotSignedInError) return own ?? pythonToken;
    if (pythonToken && lastsFor(pythonToken, margins[purpose].python)) {
      return new Session(options, pythonToken, undefined);
    }
    return own ?? nobody(pythonToken !== undefined);
  }

  static async #own(options: SessionOptions, seconds: number): Promise<Session | undefined> {
    const signIn = await options.store.read();
    if (!signIn) return undefined;
    const { accessToken } = signIn.tokenCache;
    const session = new Session(options, accessToken, signIn.profile);
    if (!lastsFor(accessToken, seconds)) await session.renew(accessToken.value);
    return session;
  }

  token(): string {
    return this.#accessToken.value;
  }

  get objectId(): string {
    return this.#accessToken.objectId;
  }

  /** Gets a new token in place of one that is refused or ending. Raises {@link NotSignedInError} or `NetworkError`. */
  async renew(refused: string): Promise<void> {
    if (refused !== this.#accessToken.value) return;
    this.#renewal ??= this.#replace(refused);
    try {
      await this.#renewal;
    } finally {
      this.#renewal = undefined;
    }
  }

  async #replace(refused: string): Promise<void> {
    const { store } = this.#options;
    this.#accessToken = await store.exclusively(async () => {
      const signIn = this.profile && (await store.read());
      if (!signIn) throw nobody(true);
      // Another run may have renewed it while this one waited.
      const { accessToken } = signIn.tokenCache;
      if (accessToken.value !== refused && lastsFor(accessToken, commandMargin)) return accessToken;
      return await this.#renewed(signIn);
    });
    this.#options.conceal(this.#accessToken.value);
  }

  async #renewed({ profile, tokenCache }: SignIn): Promise<AccessToken> {
    const { http, signal, log, store } = this.#options;
    const { Authenticator } = await import('./authenticator.ts');
    const options: AuthenticatorOptions = { settings: profile, http, signal, log };
    const renewed: Authentication = await new Authenticator(options, tokenCache.msal).renew(profile.homeAccountId);
    const { accessToken, msal } = renewed;
    await store.update({ profile, tokenCache: { msal, accessToken } });
    return accessToken;
  }
}

/** A sign-in that is refused, locked away or damaged is a reason to try the next one, or to sign in. */
async function failing<T>(work: Promise<T>): Promise<T | NotSignedInError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NotSignedInError) return error;
    if (!(error instanceof DamagedFileError)) throw error;
    return new NotSignedInError(error.message, { hint: 'Sign in again with: paconn login --force', cause: error });
  }
}

function nobody(expired: boolean): NotSignedInError {
  const message = expired ? 'Access token invalid. Please login again.' : 'Nobody is signed in.';
  return new NotSignedInError(message, { hint: 'Sign in with: paconn login' });
}
