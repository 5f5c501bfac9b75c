import * as z from 'zod';
import { parseJson } from '../json/parse.ts';

/** A token that services accept, and what we need to know of it. */
export const accessTokenSchema = z.object({
  value: z.string().min(1),
  /** Seconds since 1970; infinite where only the service knows. */
  expiresOn: z.number(),
  /** Of the signed-in user. */
  objectId: z.string(),
});

export type AccessToken = z.infer<typeof accessTokenSchema>;

/** Seconds of life a token must have left to begin a command with it; MSAL renews at the same point. */
export const commandMargin = 300;

/** As the Azure CLI prints it. */
const printedSchema = z.object({ accessToken: z.string() });

/** The name of a header, or of a member of JSON, and the scheme of the token. */
const beforeToken = /^["'\s]*(?:(?:Authorization|access_?Token)["'\s]*[:=])?["'\s]*(?:Bearer(?:\s*:\s*|\s+))?["'\s]*/iu;

/** A token without what is copied along with it: the JSON or the header that it's in, quotes, a comma, blanks and line ends. */
export function bareToken(text: string): string {
  const printed = printedSchema.safeParse(parseJson(text)).data?.accessToken;
  return (printed ?? text).replace(beforeToken, '').replace(/(?<!["'\s,;])["'\s,;]+$/u, '');
}

/** Whether a token is good for this many more seconds. */
export function lastsFor({ expiresOn }: AccessToken, seconds: number): boolean {
  return expiresOn - Date.now() / 1000 >= seconds;
}

const text = z.string().optional().catch(undefined);

const claimsSchema = z.object({
  /** Audience: the resource that the token is for. */
  aud: text,
  /** Seconds since 1970. */
  exp: z.number().optional().catch(undefined),
  oid: text,
  tid: text,
  upn: text,
  unique_name: text,
  preferred_username: text,
  appid: text,
  app_displayname: text,
});

export type Claims = z.infer<typeof claimsSchema>;

/**
 * What a token says of itself; nothing when it cannot be read. Tokens are not ours to check, so this is for what the
 * service will check itself.
 */
export function claimsOf(token: string): Partial<Claims> {
  const payload = token.split('.')[1];
  if (payload === undefined) return {};
  return claimsSchema.safeParse(parseJson(Buffer.from(payload, 'base64url').toString('utf8'))).data ?? {};
}
