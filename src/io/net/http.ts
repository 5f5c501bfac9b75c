import { setMaxListeners } from 'node:events';
import { type AxiosRequestConfig, type AxiosResponse, create as createClient, isCancel } from 'axios';
import { InterruptedError, PaconnError } from '../../errors.ts';
import { answerWords, toResponse, wholeAnswer } from './answer.ts';
import { adapterWithDeadline } from './deadline.ts';
import type { HttpRequest, HttpResponse } from './exchange.ts';
import { exchangeDetails } from './exchange-details.ts';
import { type Route, TunnelAgent } from './proxy.ts';
import { lookUpPublic, mayBePublic } from './public-address.ts';
import { follow } from './redirections.ts';
import { networkError, notPublicFailure, withoutQuery } from './request-failure.ts';
import { type PauseOptions, pauseTogether, retriesOf, retryWhereSafe } from './retries.ts';
import { type RouteOptions, routeTo } from './route.ts';
import { unpackAnswers } from './unpack-answers.ts';

export interface HttpOptions extends RouteOptions, PauseOptions {
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
}

/** How we meet the network: timeouts, proxies, retries, pauses, kept-alive connections. */
export interface Http {
  /**
   * Sends a request and gives the answer, whatever its status. A server that asks for a pause gets it from all requests to
   * it. Raises `NetworkError` when no answer comes and {@link InterruptedError} when the user ends the run.
   */
  readonly send: (request: HttpRequest) => Promise<HttpResponse>;
}

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
  pauseTogether(client, options);
  retryWhereSafe(client, options.trace);
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
  };
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

function axiosConfig(request: HttpRequest, { slowTimeout }: HttpOptions): AxiosRequestConfig {
  return {
    method: request.method,
    url: request.url.href,
    headers: { ...request.headers },
    data: request.body === undefined ? undefined : bytesOf(request.body),
    maxContentLength: request.sizeLimit,
    ...(request.slow && { timeout: slowTimeout }),
    ...(request.timeout !== undefined && { timeout: request.timeout }),
    ...retriesOf(request),
  };
}

/** axios sends no other bytes than a Buffer. */
function bytesOf(body: string | Uint8Array): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
