import { once } from 'node:events';
import { AuthError, type AuthenticationResult, type Configuration, LogLevel } from '@azure/msal-node';
import { InterruptedError, NotSignedInError, PaconnError, UsageError } from '../errors.ts';
import { claimsOf } from './access-token.ts';
import { MsalNetwork } from './network.ts';
import { signInError } from './sign-in-errors.ts';
import { microsoftHosts } from './sign-in-hosts.ts';
import type { Authentication, RenewalOptions } from './sign-in-request.ts';

export type AuthorityOptions = Pick<RenewalOptions, 'settings' | 'http' | 'signal' | 'log' | 'conceal'> & {
  /** MSAL's cache from before, serialized. */
  readonly cache?: string | undefined;
};

/** Microsoft Entra, or what stands in its place, as applications of MSAL reach it. */
export class Authority {
  readonly url: URL;
  readonly scopes: readonly [string];
  readonly #options: AuthorityOptions;
  readonly #network: MsalNetwork;
  #cache: string;

  /** Raises {@link UsageError} for an authority that is not https. */
  constructor(options: AuthorityOptions) {
    const { settings, http, signal, conceal, cache = '' } = options;
    const { authorityUrl, tenant, resource } = settings;
    this.#options = options;
    this.#network = new MsalNetwork(http, signal, conceal);
    this.#cache = cache;
    this.url = new URL(encodeURIComponent(tenant), authorityUrl.endsWith('/') ? authorityUrl : `${authorityUrl}/`);
    if (this.url.protocol !== 'https:') throw new UsageError(`The authority URL ${this.url.origin} isn't https.`);
    // Entra takes all before the last slash for the audience, so the resource goes in unchanged, even with two slashes.
    this.scopes = [resource.endsWith('/.default') ? resource : `${resource}/.default`];
  }

  /** For an application of MSAL, which may add a credential to `auth`. */
  get configuration(): Configuration {
    const { settings, log } = this.#options;
    return {
      auth: {
        clientId: settings.clientId,
        authority: this.url.href,
        knownAuthorities: microsoftHosts.has(this.url.host) ? [] : [this.url.host],
        // Services challenge only who says that it can deal with that: a refused token is renewed with what they ask for.
        clientCapabilities: ['CP1'],
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
    };
  }

  /**
   * What came of a request that MSAL makes. Raises {@link NotSignedInError} when it is refused, `NetworkError`, or
   * {@link InterruptedError}.
   */
  async authentication(acquiring: Promise<AuthenticationResult | null>): Promise<Authentication> {
    const { accessToken: value, expiresOn, account, uniqueId } = await this.#translated(acquiring);
    const claims = claimsOf(value);
    return {
      accessToken: {
        value,
        expiresOn: Math.floor((expiresOn?.getTime() ?? 0) / 1000),
        objectId: account?.idTokenClaims?.oid ?? claims.oid ?? uniqueId,
      },
      homeAccountId: account?.homeAccountId ?? '',
      username: account?.username ?? claims.app_displayname ?? this.#options.settings.clientId,
      tenantId: account?.tenantId ?? claims.tid ?? '',
      // An application gets its next token as it got this one.
      msal: account ? this.#cache : '',
    };
  }

  async #translated(acquiring: Promise<AuthenticationResult | null>): Promise<AuthenticationResult> {
    const done = new AbortController();
    try {
      const result = await Promise.race([acquiring, interruption(this.#options.signal, done.signal)]);
      if (result) return result;
    } catch (error) {
      throw this.#translate(error);
    } finally {
      done.abort();
    }
    throw new NotSignedInError("The sign-in didn't return a token.", { hint: 'To try again:\n  paconn login' });
  }

  #translate(error: unknown): unknown {
    if (this.#options.signal.aborted) return new InterruptedError();
    const { failure, refusal } = this.#network;
    if (failure instanceof PaconnError) return failure;
    if (error instanceof PaconnError || !(error instanceof AuthError)) return error;
    const { errorCode, errorMessage } = error;
    return signInError(refusal ?? { code: errorCode, description: errorMessage }, error);
  }
}

/** MSAL's pauses between polls cannot be cut short, but need not be waited for. */
async function interruption(signal: AbortSignal, done: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort', { signal: done });
  throw new InterruptedError();
}
