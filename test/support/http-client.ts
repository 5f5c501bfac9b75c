import { createHttp, type Http, type HttpOptions } from '../../src/io/net/http.ts';
import type { HttpRequest } from '../../src/io/net/exchange.ts';

/** The client under test, as patient as a test run needs. */
export function openHttp(options: Partial<HttpOptions> = {}): Http {
  return createHttp({
    userAgent: 'paconn/test',
    timeout: 30_000,
    slowTimeout: 30_000,
    signal: new AbortController().signal,
    trace: () => undefined,
    variables: {},
    ...options,
  });
}

/** A request that may be repeated. */
export function get(url: string, others: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url: new URL(url), repeatable: true, sizeLimit: 1024 * 1024, ...others };
}

/** A request that must not be sent twice. */
export function post(url: string, body: string | Uint8Array = '{}'): HttpRequest {
  return { method: 'POST', url: new URL(url), body, repeatable: false, sizeLimit: 1024 * 1024 };
}
