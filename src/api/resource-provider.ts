import type { ZodType } from 'zod';
import * as z from 'zod';
import { ApiError, NetworkError, NotSignedInError, UsageError } from '../errors.ts';
import type { Http } from '../io/net/http.ts';
import type { HttpRequest, HttpResponse } from '../io/net/exchange.ts';
import { mismatch } from '../json/mismatch.ts';
import { parseJson } from '../json/parse.ts';
import { claimsAskedFor } from './claims-challenge.ts';
import { isWebPage } from './foreign-content.ts';
import { isSameCloud } from './trusted-hosts.ts';

/** Gives access tokens: the one at hand, and a new one when that was refused. */
export interface TokenSource {
  readonly token: () => string;
  /**
   * Gets a new one in place of the one refused, for which more may be asked. Raises {@link NotSignedInError} when there is
   * none to be had.
   */
  readonly renew: (refused: string, claims?: string) => Promise<void>;
  /** The next step for the user when even a new token is refused. */
  readonly refusedHint: string;
}

export interface ResourceProviderOptions {
  readonly http: Http;
  /** Scheme and host count; a path is dropped, as in the Python tool. */
  readonly url: string;
  /** Whether the user has named the URL on the command line, or to sign in. */
  readonly isNamed: boolean;
  /** What the path of each request starts with, such as `providers` and `Microsoft.PowerApps`. */
  readonly root: readonly string[];
  /** What the query of each request starts with, such as the version of the API. */
  readonly query: Readonly<Record<string, string>>;
  readonly tokens: TokenSource;
  /** Raises {@link UsageError} for a URL that must not get the token; is told whether the user has named it. */
  readonly requireTrusted: (url: URL, isNamed: boolean) => void;
}

export interface ProviderRequest {
  readonly method: HttpRequest['method'];
  /** Below the root; the parts are encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
  readonly repeatable: boolean;
  /** Waits where the service does not know the environment; says whether to ask again. */
  readonly awaitEnvironment?: () => Promise<boolean>;
  /** Whether the service may work on it for minutes. */
  readonly slow?: boolean;
  /** See `HttpRequest`. */
  readonly beforeSending?: (() => Promise<void>) | undefined;
  /** The environment that it's about, for the next step after an error. */
  readonly environment?: string;
  /** The attempted action, as the middle of a sentence. */
  readonly doing: string;
}

const answerLimit = 128 * 1024 * 1024;
const mostPages = 1000;

/** One namespace of a service, at one version of its API, asked with an access token. */
export class ResourceProvider {
  readonly #options: ResourceProviderOptions;

  constructor(options: ResourceProviderOptions) {
    this.#options = options;
    options.requireTrusted(new URL(options.url), options.isNamed);
  }

  /** The text of an answer. Raises {@link ApiError}, {@link NotSignedInError} or a network error. */
  async text(request: ProviderRequest): Promise<string> {
    return (await this.answer(request)).text;
  }

  /** The same with the status of the answer. */
  async answer(request: ProviderRequest): Promise<Answer> {
    return decoded(await this.#send(request, this.#url(request)));
  }

  /** The URL of a request without its query, for people to see. */
  address(path: readonly string[]): string {
    const { origin, pathname } = this.#url({ path });
    return `${origin}${pathname}`;
  }

  /** The items of a list, all its pages. Raises {@link ApiError} also for a list without an end: nobody knows what it lacks. */
  async list<T>(request: ProviderRequest, item: ZodType<T>): Promise<T[]> {
    const linkSchema = z.string().refine(isLink, 'must be a URL').nullish();
    const pageSchema = z.object({ value: z.array(item), nextLink: linkSchema, '@odata.nextLink': linkSchema });
    const items: T[] = [];
    const asked = new Set<string>();
    let url: URL | undefined = this.#url(request);
    while (url) {
      if (asked.has(url.href) || asked.size === mostPages) throw endless(request.doing);
      asked.add(url.href);
      const answer = decoded(await this.#send(request, url));
      const { value, ...links }: z.infer<typeof pageSchema> = parseAnswer(answer, pageSchema, request.doing);
      if (answer.status !== 200) throw partial(request.doing, answer.status);
      items.push(...value);
      const nextLink = links.nextLink || links['@odata.nextLink'];
      url = nextLink ? this.#nextPage(new URL(nextLink, url), request.doing) : undefined;
    }
    return items;
  }

  /** The service names the next page, but it can't choose a cloud that gets the token. */
  #nextPage(url: URL, doing: string): URL {
    if (isSameCloud(url, new URL(this.#options.url))) return url;
    throw new UsageError(`Can't ${doing}: the next page is on ${url.host}, which belongs to another cloud.`);
  }

  #url({ path, query }: Pick<ProviderRequest, 'path' | 'query'>): URL {
    const { url, root, query: ofAll } = this.#options;
    const encodedPath = [...root, ...path].map(encodeURIComponent).join('/');
    const parameters = Object.entries({ ...ofAll, ...query });
    // Not URLSearchParams: the service wants %20 for a space, and names encoded, too.
    const encodedQuery = parameters.map((pair) => pair.map(encodeQuery).join('=')).join('&');
    return new URL(`${new URL(url).origin}/${encodedPath}?${encodedQuery}`);
  }

  async #send(providerRequest: ProviderRequest, url: URL): Promise<HttpResponse> {
    const {
      method,
      headers,
      body,
      repeatable,
      slow = false,
      doing,
      environment,
      awaitEnvironment,
      beforeSending,
    } = providerRequest;
    // A link to the next page is the service's word; the token does not go wherever it points.
    const { http, tokens, requireTrusted, isNamed } = this.#options;
    requireTrusted(url, isNamed && url.origin === new URL(this.#options.url).origin);
    const request = (token: string): HttpRequest => ({
      method,
      url,
      headers: {
        ...headers,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        Authorization: `Bearer ${token}`,
      },
      ...(body !== undefined && { body }),
      repeatable,
      slow,
      beforeSending,
      sizeLimit: answerLimit,
    });
    const token = tokens.token();
    const first = await http.send(request(token));
    const response =
      first.status === 401 ? await this.#sendRenewed(request, token, claimsAskedFor(first.headers)) : first;
    if (response.status >= 200 && response.status < 300 && !isWebPage(response)) return response;
    // Loaded when there is something to tell: most runs do without.
    const { apiError } = await import('./service-error.ts');
    const error = apiError(doing, request(token), response, { environment });
    // Nothing has happened then, so even a create may be sent again.
    if (error.code === 'ServiceToServiceEnvironmentNotFound' && (await awaitEnvironment?.())) {
      return await this.#send(providerRequest, url);
    }
    if (response.status !== 401) throw error;
    const unexplained = `Can't ${doing}: the service didn't accept the sign-in. (HTTP 401)`;
    throw new NotSignedInError(error.serviceMessage === undefined ? unexplained : error.message, {
      detail: error.detail,
      answer: error.answer,
      hint: tokens.refusedHint,
    });
  }

  /** A refused token has changed nothing, as a rule, so even a create may be sent again with a new one, once it has looked. */
  async #sendRenewed(
    request: (token: string) => HttpRequest,
    refused: string,
    claims: string | undefined,
  ): Promise<HttpResponse> {
    const { http, tokens } = this.#options;
    try {
      await tokens.renew(refused, claims);
    } catch (error) {
      throw error instanceof NetworkError ? asArrived(error) : error;
    }
    return await http.send(request(tokens.token()));
  }
}

/** Whatever happened to the request for a new token, the one that it's for has arrived. */
function asArrived(error: NetworkError): NetworkError {
  const { message, hint, detail, answer } = error;
  return new NetworkError(message, { mayHaveArrived: true, hint, detail, answer, cause: error });
}

function endless(doing: string): ApiError {
  return new ApiError(`Can't ${doing}: the pages of the list never end. (HTTP 200)`, {
    status: 200,
    hint: 'Try again later. --verbose shows the requests.',
  });
}

/** Such as 206: what isn't in it may be in the rest. */
function partial(doing: string, status: number): ApiError {
  return new ApiError(`Can't ${doing}: the list isn't complete. (HTTP ${status})`, {
    status,
    hint: 'Try again later. --verbose shows the requests.',
  });
}

/** The text of an answer without byte order mark, and its status. */
export interface Answer {
  readonly text: string;
  readonly status: number;
}

function decoded({ body, status }: HttpResponse): Answer {
  return { text: body.toString('utf8').replace(/^\uFEFF/u, ''), status };
}

/** Whether a text is a URL, or a part of one that goes on from another. */
function isLink(text: string): boolean {
  return URL.canParse(text, 'https://localhost');
}

function encodeQuery(text: string): string {
  // encodeURIComponent leaves these, Python's quote does not.
  return encodeURIComponent(text).replaceAll(/[!'()*]/gu, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Reads an answer. Raises {@link ApiError} when it is not what it should be. */
export function parseAnswer<T>({ text, status }: Answer, schema: ZodType<T>, doing: string): T {
  const value = parseJson(text);
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const why = value === undefined ? "it isn't JSON" : mismatch(error, value);
  throw new ApiError(`Can't ${doing}: the service returned an unexpected response: ${why}. (HTTP ${status})`, {
    status,
    hint: 'Check the URLs in the settings. --verbose shows the requests.',
    cause: error,
  });
}
