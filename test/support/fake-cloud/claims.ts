import { isDeepStrictEqual } from 'node:util';
import { entraRefusal } from './entra-error.ts';
import { jsonAnswer, Refusal } from './exchange.ts';
import type { Form } from './form.ts';
import { parsed } from './raw-json.ts';

/** What somebody asks of an access token, by the names of claims (OpenID Connect Core, 5.5). */
export type Claims = Readonly<Record<string, unknown>>;

/** What a token request asks for. */
export function requestedClaims(form: Form): Claims {
  const text = form.get('claims');
  if (text === undefined) return {};
  const claims = parsed(text);
  if (!isClaims(claims)) {
    throw entraRefusal('invalid_request', 'AADSTS900144: The claims parameter must be a JSON object.');
  }
  return isClaims(claims['access_token']) ? claims['access_token'] : {};
}

/** Whether a token that was asked for with some claims has all of others. */
export function hasClaims(granted: Claims, demanded: Claims): boolean {
  return Object.entries(demanded).every(([name, value]) => isDeepStrictEqual(granted[name], value));
}

/** How a service refuses a token that lacks them. */
export function claimsChallenge(demanded: Claims): Refusal {
  const claims = Buffer.from(JSON.stringify({ access_token: demanded })).toString('base64');
  const challenge = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${claims}"`;
  const error = { code: 'InsufficientClaims', message: 'Continuous access evaluation resulted in challenge.' };
  return new Refusal(jsonAnswer(401, { error }, { 'www-authenticate': challenge }));
}

function isClaims(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
