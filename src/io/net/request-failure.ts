import { isAxiosError } from 'axios';
import { NetworkError } from '../../errors.ts';
import type { HttpRequest } from './exchange.ts';
import { failureHint, failureWords, isBeforeSending, mayBeOfProxy } from './network-failure.ts';
import { notPublic } from './public-address.ts';
import type { Route } from './proxy.ts';

/** A URL as it may be shown: its query can be a shared access signature. */
export function withoutQuery(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/** The code of what axios raised. An answer that broke off has a head, but no code. */
export function failureCode(error: unknown): string {
  if (!isAxiosError(error)) return '';
  return error.response ? 'ECONNRESET' : (error.code ?? '');
}

/** What is raised for a request that axios couldn't send, or whose answer didn't come. */
export function networkError(request: HttpRequest, error: unknown, { proxy, hint: routeHint }: Route): NetworkError {
  const code = failureCode(error);
  const message = error instanceof Error ? error.message : String(error);
  const words = failureWords(code, message);
  const through = proxy && ` through the proxy ${proxy.host}`;
  const hint = failureHint(code, message) ?? (mayBeOfProxy(code) ? routeHint : undefined);
  return failure(request, words, { through, mayHaveArrived: !isBeforeSending(code), hint });
}

/** What is raised for a request to a host that may only be on the internet, and isn't. */
export function notPublicFailure(request: HttpRequest): NetworkError {
  return failure(request, failureWords(notPublic, ''), { mayHaveArrived: false });
}

interface FailureFacts {
  readonly hint?: string | undefined;
  readonly through?: string | undefined;
  readonly mayHaveArrived: boolean;
}

/** What is raised where no answer comes. */
export function failure(
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
