import { type AxiosError, type AxiosInstance, type AxiosRequestConfig, isAxiosError } from 'axios';
import axiosRetry, { retryAfter } from 'axios-retry';
import { answerWords, toResponse, wholeAnswer } from './answer.ts';
import type { HttpRequest } from './exchange.ts';
import { failureWords, isPassing } from './network-failure.ts';
import { Pauses } from './pauses.ts';
import { failureCode, withoutQuery } from './request-failure.ts';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** See `HttpRequest`. */
    beforeSending?: HttpRequest['beforeSending'];
  }
}

export interface PauseOptions {
  /** Ends all waiting. */
  readonly signal: AbortSignal;
  /** Takes words about a long wait, which nobody should take for a program that hangs. */
  readonly announce?: (words: string) => void;
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

/** One that is asked for a pause makes all others to the same server wait, those that try again too. */
export function pauseTogether(client: AxiosInstance, { signal, announce }: PauseOptions): void {
  const pauses = new Pauses(signal);
  client.interceptors.request.use(async (config) => {
    await pauses.wait(new URL(config.url ?? ''));
    await config.beforeSending?.();
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

/**
 * Sends a request again where {@link retriesOf} lets it.
 *
 * @param trace Takes a line about each answer that is a reason to.
 */
export function retryWhereSafe(client: AxiosInstance, trace: (line: string) => void): void {
  axiosRetry(client, {
    retries: 0,
    shouldResetTimeout: true,
    retryCondition: mayRepeat,
    // Not all at once after a pause that they kept together.
    retryDelay: (count, error) =>
      Math.max(retryAfter(error), 250 * 2 ** Math.min(count, retries) * (0.75 + Math.random() / 2)),
    onRetry: (count, error, { method, url }) => {
      const answer = wholeAnswer(error);
      const outcome = answer ? answerWords(toResponse(answer)) : failureWords(failureCode(error), error.message);
      const again = `trying again${count === 1 ? '' : ` (${count})`}`;
      trace(`${method?.toUpperCase()} ${withoutQuery(new URL(url ?? ''))} ${outcome}, ${again}`);
    },
  });
}

/** How often a request may be sent again, and why. */
export function retriesOf({ repeatable, slow, beforeSending }: HttpRequest): AxiosRequestConfig {
  return {
    beforeSending,
    'axios-retry': {
      retries: repeatable ? throttledRetries : 0,
      ...(slow && { retryCondition: (error) => !isGivenUp(error) && mayRepeat(error) }),
    },
  };
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
