import { AuthError, LogLevel, PublicClientApplication } from '@azure/msal-node';
import { InterruptedError, NotSignedInError, PaconnError, UsageError } from '../errors.ts';
import type { Http } from '../io/http.ts';
import { type AccessToken, claimsOf } from './access-token.ts';
import { MsalNetwork } from './network.ts';
import type { SignInSettings } from './sign-in-request.ts';
import { signInError } from './sign-in-errors.ts';

export interface AuthenticatorOptions {
  readonly settings: SignInSettings;
  readonly http: Http;
  readonly signal: AbortSignal;
  /** Takes a line of MSAL's log, without tokens and names. */
  readonly log: (line: string) => void;
}

export interface Authentication {
  readonly accessToken: AccessToken;
  readonly homeAccountId: string;
  readonly username: string;
  /** MSAL's cache, serialized. */
  readonly msal: string;
}

type MsalResult = NonNullable<Awaited<ReturnType<PublicClientApplication['acquireTokenByDeviceCode']>>>;

/** MSAL knows the endpoints of these; any other authority it has to be told to trust. */
const microsoftHosts = new Set([
  'login.microsoftonline.com',
  'login.microsoft.com',
  'login.windows.net',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
]);

/** Gets tokens from Microsoft Entra, or what stands in its place, through MSAL. */
export class Authenticator {
  readonly #settings: SignInSettings;
  readonly #network: MsalNetwork;
  readonly #signal: AbortSignal;
  readonly #application: PublicClientApplication;
  #cache: string;

  /** @param cache MSAL's cache from before, serialized. */
  constructor({ settings, http, signal, log }: AuthenticatorOptions, cache = '') {
    this.#settings = settings;
    this.#network = new MsalNetwork(http, signal);
    this.#signal = signal;
    this.#cache = cache;
    const { authorityUrl, tenant, clientId } = settings;
    const authority = new URL(
      encodeURIComponent(tenant),
      authorityUrl.endsWith('/') ? authorityUrl : `${authorityUrl}/`,
    );
    if (authority.protocol !== 'https:') throw new UsageError(`The authority URL ${authority.origin} is not https.`);
    this.#application = new PublicClientApplication({
      auth: {
        clientId,
        authority: authority.href,
        knownAuthorities: microsoftHosts.has(authority.host) ? [] : [authority.host],
      },
      cache: {
        cachePlugin: {
          beforeCacheAccess: async (context) => context.tokenCache.deserialize(this.#cache),
          afterCacheAccess: async (context) => {
            if (context.cacheHasChanged) this.#cache = context.tokenCache.serialize();
          },
        },
      },
      system: {
        networkClient: this.#network,
        loggerOptions: {
          logLevel: LogLevel.Verbose,
          piiLoggingEnabled: false,
          loggerCallback: (_level, message) => log(message),
        },
      },
    });
  }

  /**
   * Signs in by device code. Raises {@link NotSignedInError} when it is refused or nobody signs in in time,
   * `NetworkError`, or {@link InterruptedError}.
   *
   * @param show Takes the message with address and code as soon as it is there.
   */
  async signInByDeviceCode(show: (message: string) => void): Promise<Authentication> {
    const acquiring = this.#application.acquireTokenByDeviceCode({
      scopes: [this.#scope()],
      deviceCodeCallback: ({ message }) => show(message),
    });
    return this.#authentication(await this.#translated(acquiring));
  }

  /** A new token without asking. Raises {@link NotSignedInError} when the user has to sign in again, or `NetworkError`. */
  async renew(homeAccountId: string): Promise<Authentication> {
    const accounts = await this.#application.getTokenCache().getAllAccounts();
    const account = accounts.find((candidate) => candidate.homeAccountId === homeAccountId);
    if (!account) throw signInError({ code: 'no_tokens_found', description: '' });
    const acquiring = this.#application.acquireTokenSilent({ account, scopes: [this.#scope()], forceRefresh: true });
    return this.#authentication(await this.#translated(acquiring));
  }

  /** Entra takes all before the last slash for the audience, so the resource goes in to the letter, even with two slashes. */
  #scope(): string {
    const { resource } = this.#settings;
    return resource.endsWith('/.default') ? resource : `${resource}/.default`;
  }

  async #translated(acquiring: Promise<MsalResult | null>): Promise<MsalResult> {
    try {
      const result = await Promise.race([acquiring, this.#interruption()]);
      if (result) return result;
    } catch (error) {
      throw this.#translate(error);
    }
    throw new NotSignedInError('The sign-in gave no token.', { hint: 'Run paconn login to try again.' });
  }

  /** MSAL's pauses between polls cannot be cut short, but need not be waited for. */
  async #interruption(): Promise<never> {
    return await new Promise((_resolve, reject) => {
      const interrupt = (): void => reject(new InterruptedError());
      if (this.#signal.aborted) interrupt();
      this.#signal.addEventListener('abort', interrupt, { once: true });
    });
  }

  #translate(error: unknown): unknown {
    if (this.#signal.aborted) return new InterruptedError();
    const { failure, refusal } = this.#network;
    if (failure instanceof PaconnError) return failure;
    if (!(error instanceof AuthError)) return error;
    const { errorCode, errorMessage } = error;
    return signInError(refusal ?? { code: errorCode, description: errorMessage }, error);
  }

  #authentication({ accessToken, expiresOn, account, uniqueId }: MsalResult): Authentication {
    return {
      accessToken: {
        value: accessToken,
        expiresOn: Math.floor((expiresOn?.getTime() ?? 0) / 1000),
        objectId: account?.idTokenClaims?.oid ?? claimsOf(accessToken).oid ?? uniqueId,
      },
      homeAccountId: account?.homeAccountId ?? '',
      username: account?.username ?? '',
      msal: this.#cache,
    };
  }
}
