import type { AccessToken } from './access-token.ts';
import { forAccount, signInAgain } from './not-signed-in.ts';
import type { Profile } from './profile.ts';
import type { Authentication, SignInRequest, SignInSettings } from './sign-in-request.ts';

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
      /** The name of the account. */
      readonly name: string;
    }
  | { readonly kind: 'variables'; readonly signIn: VariableSignIn; readonly authentication: Authentication }
  | { readonly kind: 'python' };

/** Gets the next token in place of one that is refused or ending. */
export type Renewal = (refused: string, claims: string | undefined) => Promise<AccessToken>;

/** Gets a token of the same sign-in for another resource, without a prompt. */
export type AnotherToken = (resource: string, claims: string | undefined) => Promise<AccessToken>;

export interface SessionParts {
  readonly accessToken: AccessToken;
  readonly origin: Origin;
  readonly renewal: Renewal;
  readonly another: AnotherToken;
  /** Takes each access token, so that it is never shown. */
  readonly conceal: (token: string) => void;
}

/** The sign-in of a run: a token that is good now, renewed without asking when it must be. */
export class Session {
  readonly #conceal: SessionParts['conceal'];
  readonly #renewal: Renewal;
  readonly #another: AnotherToken;
  #accessToken: AccessToken;
  #renewing: Promise<void> | undefined;
  readonly origin: Origin;

  constructor({ accessToken, origin, renewal, another, conceal }: SessionParts) {
    this.#conceal = conceal;
    this.#accessToken = accessToken;
    this.#renewal = renewal;
    this.#another = another;
    this.origin = origin;
    conceal(accessToken.value);
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
    return 'To see which sign-in is used:\n  paconn whoami';
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

  /** The same sign-in for another resource. Raises {@link NotSignedInError} where that takes the user, and `NetworkError`. */
  async forResource(resource: string): Promise<Session> {
    const acquire = async (claims?: string): Promise<AccessToken> => await this.#another(resource, claims);
    return new Session({
      accessToken: await acquire(),
      origin: this.origin,
      renewal: async (_refused, claims) => await acquire(claims),
      another: this.#another,
      conceal: this.#conceal,
    });
  }

  async #replace(refused: string, claims: string | undefined): Promise<void> {
    this.#accessToken = await this.#renewal(refused, claims);
    this.#conceal(this.#accessToken.value);
  }
}
