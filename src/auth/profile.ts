import * as z from 'zod';
import { storedRequestSchema } from './sign-in-request.ts';

const withWaySchema = z.looseObject({ way: z.string() });

/** Files of earlier versions have the method as `way`. */
function withMethod(request: unknown): unknown {
  const { success, data } = withWaySchema.safeParse(request);
  return success ? { method: data.way, ...data } : request;
}

// One schema for many members: creating a schema takes longer than using it.
const text = z.string();
const optionalText = text.optional();

/** The signed-in account and its method. It contains no secrets. */
export const profileSchema = z.object({
  /** The cloud that the sign-in was made for, if it is one with a name. */
  cloud: optionalText,
  clientId: text,
  /** As it was asked for; the authority may stand for many. */
  tenant: text,
  authorityUrl: text,
  resource: text,
  /** Where a cloud without a name is reached. */
  powerAppsUrl: optionalText,
  flowUrl: optionalText,
  /** The tenant that tokens are for. */
  tenantId: text,
  /** Its name, if known. */
  tenantName: optionalText,
  /** By which MSAL finds the account in its cache; empty for an application. */
  homeAccountId: text,
  username: text,
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
