import { setTimeout as pause } from 'node:timers/promises';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import * as z from 'zod';
import { PaconnError } from '../errors.ts';
import type { Http } from '../io/net/http.ts';
import type { HttpRequest } from '../io/net/exchange.ts';
import { isUnmistakable, withoutEchoes } from '../io/terminal/concealment.ts';
import { type Refusal, signInError } from './sign-in-errors.ts';

const refusalSchema = z.object({
  error: z.string().min(1),
  error_description: z.string().optional(),
});

/** MSAL takes whatever it gets for a token, and an empty one for a sign-in. */
const tokensSchema = z.looseObject({ access_token: z.string().min(1) });

const configurationSchema = z.looseObject({ issuer: z.string(), token_endpoint: z.url({ protocol: /^https$/u }) });

/**
 * RFC 8628, 3.2. An authority need not say how often to poll, and MSAL would do so without a pause. The message is
 * Microsoft's: others give its parts.
 */
const deviceCodeSchema = z
  .looseObject({
    device_code: z.string().min(1),
    user_code: z.string().min(1),
    verification_uri: z.string().min(1),
    expires_in: z.coerce.number().positive().catch(900),
    interval: z.coerce.number().positive().catch(5),
    message: z.string().min(1).optional(),
  })
  .transform(({ message, ...code }) => ({
    ...code,
    message:
      message ?? `To sign in, open ${code.verification_uri} in a web browser and enter the code ${code.user_code}.`,
  }));

/** What a request for a token proves somebody's rights by (RFC 6749, 7521, 7636, 8628). */
const secretParameters = [
  'client_secret',
  'client_assertion',
  'assertion',
  'refresh_token',
  'code',
  'code_verifier',
  'device_code',
] as const;

/** What an authority gives that proves them. */
const secretMembers = ['access_token', 'refresh_token', 'id_token', 'device_code'] as const;

const answerLimit = 4 * 1024 * 1024;
/** By how much more to wait after each `slow_down` (RFC 8628, 3.5). MSAL takes it for a failure. */
const slowDownStep = 5000;

/**
 * MSAL's network over ours. MSAL drops the descriptions of errors and replaces errors of its network by its own, so what
 * went wrong last is kept here: `failure` when there was no usable answer, `refusal` when the authority said no.
 */
export class MsalNetwork implements INetworkModule {
  readonly #http: Http;
  readonly #signal: AbortSignal;
  readonly #concealAnything: (secret: string) => void;
  #extraPause = 0;
  failure: unknown;
  refusal: Refusal | undefined;

  /** @param conceal Takes what must never be shown. */
  constructor(http: Http, signal: AbortSignal, conceal: (secret: string) => void) {
    this.#http = http;
    this.#signal = signal;
    this.#concealAnything = conceal;
  }

  async sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return await this.#send<T>('GET', url, options);
  }

  async sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    const isPoll = options?.body?.includes('device_code=') ?? false;
    if (isPoll && this.#extraPause > 0) await pause(this.#extraPause, undefined, { signal: this.#signal });
    return await this.#send<T>('POST', url, options);
  }

  /** What an authority calls a code can be a word that would be missed elsewhere. */
  #conceal(secret: unknown): void {
    if (typeof secret === 'string' && isUnmistakable(secret)) this.#concealAnything(secret);
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
      const sent = new URLSearchParams(options.body);
      for (const name of secretParameters) for (const secret of sent.getAll(name)) this.#conceal(secret);
      const { status, headers, body } = await this.#http.send({
        method,
        url,
        headers: options.headers ?? {},
        ...(options.body !== undefined && { body: options.body }),
        repeatable: true,
        sizeLimit: answerLimit,
      });
      const answer = this.#read(body.toString('utf8'), url, status, sent);
      // A type that MSAL asks for cannot be checked here.
      return { status, headers: { ...headers }, body: JSON.parse(JSON.stringify(answer)) };
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  /** The answer as MSAL can deal with it. */
  #read(text: string, url: URL, status: number, sent: URLSearchParams): unknown {
    const answer = jsonObject(text);
    if (!answer) throw unusable(url, status, "content that isn't JSON");
    for (const name of secretMembers) this.#conceal(answer[name]);
    const refusal = refusalSchema.safeParse(answer);
    if (!refusal.success) {
      const usable = status < 400 ? answerSchema(url).safeParse(answer) : undefined;
      if (usable?.success) return usable.data;
      throw unusable(url, status, 'unexpected content');
    }
    const { error: code, error_description = '' } = refusal.data;
    const secrets = secretParameters.flatMap((name) => sent.getAll(name));
    const description = withoutEchoes(error_description, secrets);
    if (code === 'slow_down') this.#extraPause += slowDownStep;
    if (code === 'slow_down' || code === 'authorization_pending') return { error: 'authorization_pending' };
    this.refusal = { code, description };
    // MSAL does not look at the status of this answer and would poll for a code it never got.
    if (isDeviceCode(url)) throw signInError(this.refusal);
    return answer;
  }
}

function answerSchema(url: URL): z.ZodType {
  if (isDeviceCode(url)) return deviceCodeSchema;
  return url.pathname.endsWith('/openid-configuration') ? configurationSchema : tokensSchema;
}

function isDeviceCode({ pathname }: URL): boolean {
  return pathname.endsWith('/devicecode');
}

function unusable({ origin }: URL, status: number, what: string): PaconnError {
  return new PaconnError(`${origin} responded to the sign-in with status ${status} and ${what}.`, {
    hint: 'Check the authority URL and the tenant. A proxy may have responded instead.',
  });
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
