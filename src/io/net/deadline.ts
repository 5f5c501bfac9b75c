import { type AxiosAdapter, AxiosError, getAdapter } from 'axios';
import { FailureCode } from './network-failure.ts';

/** Bytes a second. What comes more slowly once the time limit is over doesn't count as coming. */
const leastRate = 1024;

/** A connection that never falls silent can last for ever: so many times the limit for silence are enough for a request. */
const mostLimits = 10;

/**
 * Sends one attempt of a request, with a deadline for the whole of it beside the limit for silence that axios knows: an answer
 * that drips keeps its connection alive, and whoever waits for it, or for a lock, would wait as long.
 */
export const adapterWithDeadline: AxiosAdapter = async (config) => {
  const { timeout = 0, signal } = config;
  const late = new AbortController();
  const whole = setTimeout(() => late.abort(), timeout * mostLimits);
  let rate: NodeJS.Timeout | undefined;
  let received = 0;
  const watchRate = (): void => {
    const before = received;
    rate = setTimeout(() => {
      if (received - before < (leastRate * timeout) / 1000) late.abort();
      else watchRate();
    }, timeout);
  };
  try {
    return await getAdapter('http')({
      ...config,
      signal: signal instanceof AbortSignal ? AbortSignal.any([signal, late.signal]) : late.signal,
      onDownloadProgress: ({ loaded }) => {
        received = loaded;
        if (rate === undefined) watchRate();
      },
    });
  } catch (error) {
    const isLate = late.signal.aborted && !(signal?.aborted ?? false);
    throw isLate ? new AxiosError('the response was too slow', FailureCode.timedOut, config) : error;
  } finally {
    clearTimeout(whole);
    clearTimeout(rate);
  }
};
