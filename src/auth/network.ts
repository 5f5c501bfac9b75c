import { setTimeout as pause } from 'node:timers/promises';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import * as z from 'zod';
import { PaconnError } from '../errors.ts';
import type { Http, HttpRequest } from '../io/http.ts';
import { type Refusal, signInError } from './sign-in-errors.ts';

const refusalSchema = z.object({
  error: z.string(),
  error_description: z.string().optional(),
});

const answerLimit = 4 * 1024 * 1024;
/** Seconds between polls for an authority that does not say (RFC 8628, 3.2); MSAL would poll without a pause. */
const defaultInterval = 5;
/** By how much more to wait after each `slow_down` (RFC 8628, 3.5). MSAL takes it for a failure. */
const slowDownStep = 5000;

/**
 * MSAL's network over ours. MSAL drops the descriptions of errors and replaces errors of its network by its own, so what
 * went wrong last is kept here: `failure` when there was no usable answer, `refusal` when the authority said no.
 */
export class MsalNetwork implements INetworkModule {
  readonly #http: Http;
  readonly #signal: AbortSignal;
  #extraPause = 0;
  failure: unknown;
  refusal: Refusal | undefined;

  constructor(http: Http, signal: AbortSignal) {
    this.#http = http;
    this.#signal = signal;
  }

  async sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return await this.#send<T>('GET', url, options);
  }

  async sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    const isPoll = options?.body?.includes('device_code=') ?? false;
    if (isPoll && this.#extraPause > 0) await pause(this.#extraPause, undefined, { signal: this.#signal });
    return await this.#send<T>('POST', url, options);
  }

  async #send<T>(
    method: HttpRequest['method'],
    location: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    this.failure = undefined;
    this.refusal = undefined;
    try {
      const url = new URL(location);
      const { status, headers, body } = await this.#http.send({
        method,
        url,
        headers: options.headers ?? {},
        ...(options.body !== undefined && { body: options.body }),
        repeatable: true,
        sizeLimit: answerLimit,
      });
      const answer = this.#read(body.toString('utf8'), url, status);
      // MSAL asks for a type and checks the parts it needs itself.
      return { status, headers: { ...headers }, body: JSON.parse(answer) };
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  /** The answer as MSAL can deal with it: JSON text. */
  #read(text: string, url: URL, status: number): string {
    const answer = jsonObject(text);
    if (!answer) {
      throw new PaconnError(`${url.origin} answered the sign-in with status ${status} and no JSON.`, {
        hint: 'Check the authority URL and the tenant; a proxy may also have answered in its place.',
      });
    }
    const refusal = refusalSchema.safeParse(answer);
    if (!refusal.success)
      return url.pathname.endsWith('/devicecode') ? JSON.stringify({ interval: defaultInterval, ...answer }) : text;

    const { error: code, error_description: description } = refusal.data;
    if (code === 'slow_down') {
      this.#extraPause += slowDownStep;
      return JSON.stringify({ error: 'authorization_pending' });
    }
    this.refusal = { code, description: description ?? '' };
    // MSAL does not look at the status of this answer and would poll for a code it never got.
    if (url.pathname.endsWith('/devicecode')) throw signInError(this.refusal);
    return text;
  }
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
