import * as z from 'zod';

/** A token that services accept, and what we need to know of it. */
export const accessTokenSchema = z.object({
  value: z.string().min(1),
  /** Seconds since 1970. */
  expiresOn: z.number(),
  /** Of the signed-in user. */
  objectId: z.string(),
});

export type AccessToken = z.infer<typeof accessTokenSchema>;

/** Seconds of life a token must have left to begin a command with it; MSAL renews at the same point. */
export const commandMargin = 300;

/** Whether a token is good for this many more seconds. */
export function lastsFor({ expiresOn }: AccessToken, seconds: number): boolean {
  return expiresOn - Date.now() / 1000 >= seconds;
}

/** A claim of a token. Tokens are not ours to check, so this is for information that the service will check itself. */
export function claim(token: string, name: string): string | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  const claims = claimsSchema.safeParse(parsed(Buffer.from(payload, 'base64url').toString('utf8')));
  const value = claims.data?.[name];
  return typeof value === 'string' ? value : undefined;
}

const claimsSchema = z.record(z.string(), z.unknown());

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
