import * as z from 'zod';

/** Who is signed in, and how. Nothing in it is secret. */
export const profileSchema = z.object({
  version: z.literal(1),
  clientId: z.string(),
  tenant: z.string(),
  authorityUrl: z.string(),
  resource: z.string(),
  /** By which MSAL finds the account in its cache. */
  homeAccountId: z.string(),
  username: z.string(),
  /** How the tokens are kept. */
  store: z.enum(['keychain', 'file']),
});

export type Profile = z.infer<typeof profileSchema>;

/** Where and as what to sign in. */
export type SignInSettings = Pick<Profile, 'clientId' | 'tenant' | 'authorityUrl' | 'resource'>;
