import * as z from 'zod';
import { parseJson } from '../json/parse.ts';

/**
 * What a service asks of the next token, when that is why it refused this one: JSON text, which goes to the authority as it
 * is. It comes in base64 in the `claims` of `WWW-Authenticate`
 * (https://learn.microsoft.com/entra/identity-platform/claims-challenge).
 */
export function claimsAskedFor(headers: Readonly<Record<string, string>>): string | undefined {
  const challenge = headers['www-authenticate'] ?? '';
  const encoded = /\bclaims="(?<claims>[\w+/=-]{1,8192})"/u.exec(challenge)?.groups?.['claims'];
  if (encoded === undefined) return undefined;
  const claims = Buffer.from(encoded, 'base64').toString('utf8');
  return z.looseObject({}).safeParse(parseJson(claims)).success ? claims : undefined;
}
