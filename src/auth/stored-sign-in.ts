import { join } from 'node:path';
import * as z from 'zod';
import { exists, readOwnJson } from '../io/fs/files.ts';
import { readBytes } from '../io/fs/read-file.ts';
import { parseJson } from '../json/parse.ts';
import { accessTokenSchema } from './access-token.ts';
import { type Profile, profileSchema } from './profile.ts';

export const tokenCacheSchema = z.object({
  /** The cache of MSAL in its own form, JSON; empty for sign-in methods that do without. */
  msal: z.string().refine(isJsonOrEmpty),
  /** The newest access token: a command that finds it good need not load MSAL. */
  accessToken: accessTokenSchema,
  /** What the service had asked of that token. */
  claims: z.string().optional(),
  /** Of an application that signs in with one. */
  clientSecret: z.string().optional(),
});

export type TokenCache = Readonly<z.infer<typeof tokenCacheSchema>>;

/** How tokens are kept: sealed with a key from the keychain, or as they are in a file that only the user can read. */
export type Protection = 'keychain' | 'file';

const storedSignInSchema = z.union([
  z.object({ profile: profileSchema, sealed: z.string() }),
  z.object({ profile: profileSchema, tokenCache: tokenCacheSchema }),
]);

/** A stored sign-in. */
export type StoredSignIn = Readonly<z.infer<typeof storedSignInSchema>>;

/** Profiles and tokens are one file, which is replaced as a whole: a run that is killed leaves none without the other. */
export const signInsSchema = z.object({
  version: z.literal(2),
  /** Whether a key of ours is in the keychain: also one that is out of reach, and that seals nothing any more. */
  hasKey: z.boolean().default(false),
  signIns: z.array(storedSignInSchema),
});

export type SignIns = Readonly<Omit<z.infer<typeof signInsSchema>, 'version'>>;

export const signInsName = 'sign-ins.json';

export function protectionOf(signIn: StoredSignIn): Protection {
  return 'sealed' in signIn ? 'keychain' : 'file';
}

/** The files in which there was one sign-in at most, before there could be several; what shows that it is there comes last. */
export const singleSignInNames = ['token-cache.sealed', 'token-cache.json', 'profile.json'] as const;

const singleProfileSchema = z.object({
  version: z.literal(1),
  clientId: z.string(),
  tenant: z.string(),
  authorityUrl: z.string(),
  resource: z.string(),
  homeAccountId: z.string(),
  username: z.string(),
  store: z.enum(['keychain', 'file']),
});

/** The sign-in from before there could be several. Raises `DamagedFileError` and `FileError`. */
export async function readSingleSignIn(directory: string): Promise<StoredSignIn | undefined> {
  const [sealedPath, openPath, profilePath] = singleSignInNames.map((name) => join(directory, name));
  const found = await readOwnJson(profilePath ?? '', singleProfileSchema);
  if (!found) return undefined;
  const { version: _, store, ...account } = found;
  // What follows the dot is the tenant at home: that of guests is told by their next token.
  const tenantId = account.homeAccountId.split('.')[1] ?? account.tenant;
  const profile: Profile = { ...account, tenantId, request: { method: 'device-code' } };
  if (store === 'keychain' && (await exists(sealedPath ?? ''))) {
    return { profile, sealed: new TextDecoder().decode(await readBytes(sealedPath ?? '')) };
  }
  const tokenCache = store === 'file' ? await readOwnJson(openPath ?? '', tokenCacheSchema) : undefined;
  return tokenCache && { profile, tokenCache };
}

function isJsonOrEmpty(text: string): boolean {
  return text === '' || parseJson(text) !== undefined;
}
