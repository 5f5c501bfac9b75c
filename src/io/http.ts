import {
  type AxiosInstance,
  type AxiosRequestConfig,
  type AxiosResponse,
  create as createClient,
  isAxiosError,
  isCancel,
} from 'axios';
import axiosRetry, { isNetworkError, retryAfter } from 'axios-retry';
import { getProxyForUrl } from 'proxy-from-env';
import { InterruptedError, NetworkError } from '../errors.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Whether sending it again does no harm. Only such a request is tried again. */
  readonly repeatable: boolean;
  /** Follow redirections; the request must then hold nothing that is not for everybody. */
  readonly followRedirects?: boolean;
  /** Bytes of an answer beyond which it is given up. */
  readonly sizeLimit: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HttpOptions {
  /** Who asks, for the User-Agent header. */
  readonly userAgent: string;
  /** Milliseconds without a sign of life after which a request is given up. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Takes a line about each answer, for `--verbose`. */
  readonly trace: (line: string) => void;
}

/** How we meet the network: timeouts, proxies, retries, kept-alive connections. */
export interface Http {
  /**
   * Sends a request and gives the answer, whatever its status. Raises {@link NetworkError} when none comes and
   * {@link InterruptedError} when the user ends the run.
   */
  readonly send: (request: HttpRequest) => Promise<HttpResponse>;
}

const retries = 3;
/** A service that asks for a longer pause than this is not waited for. */
const longestPause = 60_000;
const redirections = 5;

export function createHttp(options: HttpOptions): Http {
  const client = createClient({
    adapter: 'http',
    responseType: 'arraybuffer',
    timeout: options.timeout,
    signal: options.signal,
    headers: { 'User-Agent': options.userAgent, Accept: 'application/json, */*' },
    // Bodies are bytes in both directions: nothing is parsed, trimmed or guessed on the way.
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    maxBodyLength: Infinity,
  });
  retryWhereSafe(client);
  return { send: async (request) => await send(client, request, options) };
}

function retryWhereSafe(client: AxiosInstance): void {
  axiosRetry(client, {
    retries: 0,
    shouldResetTimeout: true,
    retryCondition: (error) => {
      const status = error.response?.status;
      if (status === undefined) return isNetworkError(error);
      return (status === 408 || status === 429 || status >= 500) && retryAfter(error) <= longestPause;
    },
    retryDelay: (count, error) => Math.max(retryAfter(error), 250 * 2 ** count * (0.75 + Math.random() / 2)),
  });
}

async function send(
  client: AxiosInstance,
  request: HttpRequest,
  { trace, signal }: HttpOptions,
): Promise<HttpResponse> {
  const started = Date.now();
  const traced = (outcome: string): void =>
    trace(`${request.method} ${withoutQuery(request.url)} ${outcome}, ${Date.now() - started} ms`);
  try {
    const response = toResponse(await answered(client.request<Buffer>(axiosConfig(request))));
    const id = correlationId(response);
    traced(`${response.status}${id === undefined ? '' : `, correlation ID ${id}`}`);
    return response;
  } catch (error) {
    traced('failed');
    if (isCancel(error) || signal.aborted) throw new InterruptedError();
    throw networkError(request, error);
  }
}

/** The answer whatever its status: axios raises those that say no. */
async function answered(sending: Promise<AxiosResponse<Buffer>>): Promise<AxiosResponse<Buffer>> {
  try {
    return await sending;
  } catch (error) {
    if (isAxiosError<Buffer>(error) && error.response && Buffer.isBuffer(error.response.data)) return error.response;
    throw error;
  }
}

function axiosConfig(request: HttpRequest): AxiosRequestConfig {
  return {
    method: request.method,
    url: request.url.href,
    headers: { ...request.headers },
    data: typeof request.body === 'string' ? Buffer.from(request.body) : request.body,
    maxContentLength: request.sizeLimit,
    maxRedirects: request.followRedirects ? redirections : 0,
    'axios-retry': { retries: request.repeatable ? retries : 0 },
  };
}

function toResponse({ status, statusText, headers, data }: AxiosResponse<Buffer>): HttpResponse {
  const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { status, statusText, headers: Object.fromEntries(texts), body: data };
}

/** The ID by which support finds a request. */
export function correlationId({ headers }: HttpResponse): string | undefined {
  return headers['x-ms-correlation-request-id'] ?? headers['x-ms-correlation-id'] ?? headers['x-ms-request-id'];
}

/** A URL as it may be shown: its query can be a shared access signature. */
export function withoutQuery(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

const advice: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is not known; check the URL and your network connection',
  EAI_AGAIN: 'the host name cannot be looked up now; check your network connection',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached; check your network connection',
  ENETUNREACH: 'the network cannot be reached; check your network connection',
  ECONNABORTED: 'no answer came in time; PACONN_HTTP_TIMEOUT sets how many seconds to wait',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed; NODE_EXTRA_CA_CERTS=FILE adds one to trust',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate authority is not trusted; NODE_EXTRA_CA_CERTS=FILE adds one to trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate authority is not trusted; NODE_EXTRA_CA_CERTS=FILE adds one to trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate authority is not trusted; NODE_EXTRA_CA_CERTS=FILE adds one to trust',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/** Codes of a failure before anything was sent. */
const neverSent = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  ...certificateCodes(),
]);

function certificateCodes(): string[] {
  return Object.keys(advice).filter((code) => code.includes('CERT') || code.startsWith('UNABLE'));
}

function networkError({ url, method }: HttpRequest, error: unknown): NetworkError {
  const code = isAxiosError(error) ? (error.code ?? '') : '';
  const words = error instanceof Error ? error.message : String(error);
  const proxy = getProxyForUrl(url.href);
  const through = proxy === '' ? '' : ` through the proxy ${proxyHost(proxy)}`;
  return new NetworkError(`${method} ${withoutQuery(url)} failed${through}: ${advice[code] ?? words}.`, {
    mayHaveArrived: !neverSent.has(code),
  });
}

function proxyHost(proxy: string): string {
  return URL.canParse(proxy) ? new URL(proxy).host : 'of HTTPS_PROXY';
}
