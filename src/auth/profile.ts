import * as z from 'zod';
import { storedRequestSchema } from './sign-in-request.ts';

const withWaySchema = z.looseObject({ way: z.string() });

/** Files of earlier versions have the method as `way`. */
function withMethod(request: unknown): unknown {
  const { success, data } = withWaySchema.safeParse(request);
  return success ? { method: data.way, ...data } : request;
}

/** Who is signed in, and how. Nothing in it is secret. */
export const profileSchema = z.object({
  /** The cloud that the sign-in was made for, if it is one with a name. */
  cloud: z.string().optional(),
  clientId: z.string(),
  /** As it was asked for; the authority may stand for many. */
  tenant: z.string(),
  authorityUrl: z.string(),
  resource: z.string(),
  /** Where a cloud without a name is reached. */
  powerAppsUrl: z.string().optional(),
  flowUrl: z.string().optional(),
  /** The tenant that tokens are for. */
  tenantId: z.string(),
  /** By which MSAL finds the account in its cache; empty for an application. */
  homeAccountId: z.string(),
  username: z.string(),
  request: z.preprocess(withMethod, storedRequestSchema),
});

export type Profile = Readonly<z.infer<typeof profileSchema>>;

/** Whether a profile is another's successor: the same account in the same tenant of the same cloud. */
export function isSameAccount(one: Profile, other: Profile): boolean {
  return accountKey(one) === accountKey(other);
}

function accountKey({ authorityUrl, resource, tenantId, homeAccountId, username, clientId }: Profile): string {
  // Several applications of a tenant can have the same name.
  const who = homeAccountId === '' ? [username, clientId] : [homeAccountId];
  return JSON.stringify([authorityUrl, resource, tenantId, ...who]);
}
