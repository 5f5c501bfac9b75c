import { setMaxListeners } from 'node:events';
import {
  AxiosError,
  type AxiosInstance,
  type AxiosRequestConfig,
  type AxiosResponse,
  create as createClient,
  isAxiosError,
  isCancel,
} from 'axios';
import axiosRetry, { retryAfter } from 'axios-retry';
import { codeOf, InterruptedError, NetworkError, PaconnError } from '../../errors.ts';
import type { HttpRequest, HttpResponse } from './exchange.ts';
import { adapterWithDeadline } from './deadline.ts';
import { exchangeDetails } from './exchange-details.ts';
import { FailureCode, failureHint, failureWords, isBeforeSending, isPassing, mayBeOfProxy } from './network-failure.ts';
import { Pauses } from './pauses.ts';
import { type Route, TunnelAgent } from './proxy.ts';
import { lookUpPublic, mayBePublic, notPublic } from './public-address.ts';
import { type RouteOptions, routeTo } from './route.ts';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** See `HttpRequest`. */
    lookAgain?: HttpRequest['lookAgain'];
  }
}

export interface HttpOptions extends RouteOptions {
  /** The name of the program, for the User-Agent header. */
  readonly userAgent: string;
  /**
   * Milliseconds without a sign of life after which a request is given up; also where less than 1 KB a second comes, or ten
   * times as many are over.
   */
  readonly timeout: number;
  /** The same for requests that the service may work on for minutes. */
  readonly slowTimeout: number;
  /** Takes a line about each answer, for `--verbose`. */
  readonly trace: (line: string) => void;
  /** Whether headers and sizes follow that line, for `--debug`. */
  readonly detailed?: boolean;
  /** Takes words about a long wait, which nobody should take for a program that hangs. */
  readonly announce?: (words: string) => void;
}

/** How we meet the network: timeouts, proxies, retries, pauses, kept-alive connections. */
export interface Http {
  /**
   * Sends a request and gives the answer, whatever its status. A server that asks for a pause gets it from all requests to
   * it. Raises {@link NetworkError} when no answer comes and {@link InterruptedError} when the user ends the run.
   */
  readonly send: (request: HttpRequest) => Promise<HttpResponse>;
  /** How often a request was sent again, or put off, so far: what was known before may have changed since. */
  readonly waits: number;
}

const retries = 3;
/** A service with too many parallel requests refuses more often than a failing one. */
const throttledRetries = 10;
/** The pause if the service doesn't specify its length. */
const defaultPause = 500;
/** From so many on it is said that there is a pause, or that there were many short ones. */
const longPause = 5000;
/** A service that asks for a longer pause than this is not waited for. */
const longestPause = 60_000;
const redirections = 5;

export function createHttp(options: HttpOptions): Http {
  // Every request listens for the end of the run, and there may be many at a time.
  setMaxListeners(0, options.signal);
  const client = createClient({
    adapter: adapterWithDeadline,
    responseType: 'arraybuffer',
    timeout: options.timeout,
    signal: options.signal,
    headers: {
      'User-Agent': options.userAgent,
      Accept: 'application/json, */*',
      'Accept-Encoding': 'gzip, deflate, br',
    },
    // Bodies are bytes in both directions: nothing is parsed, trimmed or guessed on the way.
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    maxBodyLength: Infinity,
    // Both are done here: axios would follow from https to http, and its tunnels through a proxy have faults.
    maxRedirects: 0,
    proxy: false,
    // And axios takes the beginning of a packed body for all of it.
    decompress: false,
  });
  unpackAnswers(client);
  let waits = 0;
  const count = (): void => void (waits += 1);
  pauseTogether(client, options);
  retryWhereSafe(client, options, count);
  const tunnels = new Map<string, TunnelAgent>();
  const tunnelThrough = (proxy: URL): TunnelAgent => {
    const tunnel = tunnels.get(proxy.href) ?? new TunnelAgent(proxy, options.timeout);
    tunnels.set(proxy.href, tunnel);
    return tunnel;
  };
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    const route = await routeTo(request.url, options);
    const { proxy } = route;
    if (request.publicOnly && !mayBePublic(request.url)) throw notPublicFailure(request);
    const config = {
      ...axiosConfig(request, options),
      ...(proxy && { httpsAgent: tunnelThrough(proxy) }),
      // The address that is connected to decides. A proxy looks names up itself.
      ...(request.publicOnly && !proxy && { lookup: lookUpPublic }),
    };
    return await exchange(request, client.request<Buffer>(config), route, options);
  };
  return {
    send: async (request) => await (request.followRedirects ? follow(request, send) : send(request)),
    get waits() {
      return waits;
    },
  };
}

/** The size limit counts for what is unpacked. */
function unpackAnswers(client: AxiosInstance): void {
  client.interceptors.response.use(
    async (response) => {
      await unpack(response);
      return response;
    },
    async (error: unknown) => {
      if (isAxiosError(error) && error.response) await unpack(error.response);
      throw error;
    },
  );
}

/** Unpacks a body. For one that is cut short it raises what a broken connection raises. */
async function unpack(response: AxiosResponse<unknown>): Promise<void> {
  const { data, headers, config } = response;
  const encoding = String(headers['content-encoding'] ?? 'identity').toLowerCase();
  if (!Buffer.isBuffer(data) || data.length === 0 || encoding === 'identity') return;
  const { unpacked } = await import('./unpacked.ts');
  try {
    response.data = await unpacked(data, encoding, config.maxContentLength);
  } catch (error) {
    const code = isTooLarge(error) ? FailureCode.tooLarge : FailureCode.broken;
    throw new AxiosError(String(error), code, config, response.request);
  }
}

function isTooLarge(error: unknown): boolean {
  return codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
}

/** One that is asked for a pause makes all others to the same server wait, those that try again too. */
function pauseTogether(client: AxiosInstance, { signal, announce }: HttpOptions): void {
  const pauses = new Pauses(signal);
  client.interceptors.request.use(async (config) => {
    const hasWaited = await pauses.wait(new URL(config.url ?? ''));
    if (hasWaited || config['axios-retry']?.retryCount) await config.lookAgain?.();
    return config;
  });
  client.interceptors.response.use(null, (error: unknown) => {
    if (isAxiosError(error) && isThrottled(error) && retryAfter(error) <= longestPause) {
      const url = new URL(error.config?.url ?? '');
      const pause = Math.max(retryAfter(error), defaultPause);
      const { isNew, before, total } = pauses.begin(url, pause);
      if (isNew && pause >= longPause) {
        announce?.(`${url.host} is busy. Trying again in ${Math.round(pause / 1000)} s…`);
      } else if (before < longPause && total >= longPause) {
        announce?.(`${url.host} is busy. This takes longer than usual…`);
      }
    }
    throw error;
  });
}

/** Whether the service asks for a pause. */
function isThrottled({ response }: AxiosError): boolean {
  return response?.status === 429 || (response?.status === 503 && response.headers['retry-after'] !== undefined);
}

function retryWhereSafe(client: AxiosInstance, { trace }: HttpOptions, countRetry: () => void): void {
  axiosRetry(client, {
    retries: 0,
    shouldResetTimeout: true,
    retryCondition: mayRepeat,
    // Not all at once after a pause that they kept together.
    retryDelay: (count, error) =>
      Math.max(retryAfter(error), 250 * 2 ** Math.min(count, retries) * (0.75 + Math.random() / 2)),
    onRetry: (count, error, { method, url }) => {
      countRetry();
      const answer = wholeAnswer(error);
      const outcome = answer ? answerWords(toResponse(answer)) : failureWords(failureCode(error), error.message);
      const again = `trying again${count === 1 ? '' : ` (${count})`}`;
      trace(`${method?.toUpperCase()} ${withoutQuery(new URL(url ?? ''))} ${outcome}, ${again}`);
    },
  });
}

function mayRepeat(error: AxiosError): boolean {
  const status = wholeAnswer(error)?.status;
  const tried = error.config?.['axios-retry']?.retryCount ?? 0;
  if (tried >= retries && !isThrottled(error)) return false;
  if (status === undefined) return isPassing(failureCode(error));
  return (status === 408 || status === 429 || status >= 500) && retryAfter(error) <= longestPause;
}

/** Whether a gateway does not wait for the service any longer. */
function isGivenUp({ response }: AxiosError): boolean {
  return response?.status === 502 || response?.status === 504;
}

async function exchange(
  request: HttpRequest,
  sending: Promise<AxiosResponse<Buffer>>,
  route: Route,
  { trace, detailed = false, signal }: HttpOptions,
): Promise<HttpResponse> {
  const started = Date.now();
  const traced = (outcome: string, details = ''): void =>
    trace(`${request.method} ${withoutQuery(request.url)} ${outcome}, ${Date.now() - started} ms${details}`);
  try {
    const response = toResponse(await answered(sending));
    traced(answerWords(response), detailed ? exchangeDetails(request, response) : '');
    return response;
  } catch (error) {
    traced('failed');
    if (error instanceof PaconnError) throw error;
    if (isCancel(error) || signal.aborted) throw new InterruptedError();
    throw networkError(request, error, route);
  }
}

function answerWords(response: HttpResponse): string {
  const id = correlationId(response);
  return `${response.status}${id === undefined ? '' : `, correlation ID ${id}`}`;
}

/** The answer whatever its status: axios raises those that say no. */
async function answered(sending: Promise<AxiosResponse<Buffer>>): Promise<AxiosResponse<Buffer>> {
  try {
    return await sending;
  } catch (error) {
    const answer = wholeAnswer(error);
    if (answer) return answer;
    throw error;
  }
}

/** The answer that axios raised. One that broke off has a head, but no body. */
function wholeAnswer(error: unknown): AxiosResponse<Buffer> | undefined {
  return isAxiosError<Buffer>(error) && Buffer.isBuffer(error.response?.data) ? error.response : undefined;
}

function notPublicFailure(request: HttpRequest): NetworkError {
  return failure(request, failureWords(notPublic, ''), { mayHaveArrived: false });
}

function failureCode(error: unknown): string {
  if (!isAxiosError(error)) return '';
  return error.response ? 'ECONNRESET' : (error.code ?? '');
}

/** Follows redirections, which never lead from https to http. */
async function follow(request: HttpRequest, send: Http['send']): Promise<HttpResponse> {
  let { url } = request;
  const isPublic = request.followRedirects === 'public';
  for (let count = 0; count <= redirections; count += 1) {
    const isElsewhere = url.origin !== request.url.origin;
    const response = await send({ ...request, url, ...(isPublic && isElsewhere && { publicOnly: true }) });
    const target = redirection(url, response, isPublic);
    if (!target) return response;
    url = target;
  }
  throw failure(request, `it was redirected more than ${redirections} times`, { mayHaveArrived: true });
}

function redirection(url: URL, { status, headers }: HttpResponse, isPublic: boolean): URL | undefined {
  const { location } = headers;
  if (status < 300 || status >= 400 || location === undefined) return undefined;
  const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  const isSame = isPublic ? target?.origin === url.origin : target?.protocol === url.protocol;
  if (target?.protocol === 'https:' || isSame) return target;
  const where = target ? `${target.protocol}//${target.host}` : 'an invalid URL';
  throw failure({ method: 'GET', url }, `it is redirected to ${where}`, { mayHaveArrived: true });
}

function axiosConfig(request: HttpRequest, { slowTimeout }: HttpOptions): AxiosRequestConfig {
  return {
    method: request.method,
    url: request.url.href,
    headers: { ...request.headers },
    data: request.body === undefined ? undefined : bytesOf(request.body),
    maxContentLength: request.sizeLimit,
    lookAgain: request.lookAgain,
    ...(request.slow && { timeout: slowTimeout }),
    ...(request.timeout !== undefined && { timeout: request.timeout }),
    'axios-retry': {
      retries: request.repeatable ? throttledRetries : 0,
      ...(request.slow && {
        retryCondition: (error) => !isGivenUp(error) && mayRepeat(error),
      }),
    },
  };
}

/** axios sends no other bytes than a Buffer. */
function bytesOf(body: string | Uint8Array): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
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

function networkError(request: HttpRequest, error: unknown, { proxy, hint: routeHint }: Route): NetworkError {
  const code = failureCode(error);
  const message = error instanceof Error ? error.message : String(error);
  const words = failureWords(code, message);
  const through = proxy && ` through the proxy ${proxy.host}`;
  const hint = failureHint(code, message) ?? (mayBeOfProxy(code) ? routeHint : undefined);
  return failure(request, words, { through, mayHaveArrived: !isBeforeSending(code), hint });
}

interface FailureFacts {
  readonly hint?: string | undefined;
  readonly through?: string | undefined;
  readonly mayHaveArrived: boolean;
}

function failure(
  { method, url, doing }: Pick<HttpRequest, 'method' | 'url' | 'doing'>,
  words: string,
  { through = '', mayHaveArrived, hint }: FailureFacts,
): NetworkError {
  const subject =
    doing === undefined
      ? `${method} ${withoutQuery(url)} failed${through}`
      : `Can't ${doing} from ${url.host}${through}`;
  return new NetworkError(`${subject}: ${words}.`, { mayHaveArrived, hint });
}
