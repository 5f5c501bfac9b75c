import * as z from 'zod';
import type { Http } from '../io/net/http.ts';
import type { Profile } from './profile.ts';

const text = z.string().min(1).optional().catch(undefined);

const realmSchema = z.object({ FederationBrandName: text, DomainName: text });

/** Milliseconds: a name isn't worth a longer wait. */
const patience = 3000;

/**
 * `Contoso (contoso.com)`, what Entra calls the tenant of a user; undefined for guests and applications, whose names don't tell,
 * and where the answer isn't there soon. The question is about the domain alone.
 */
export async function findTenantName(
  { username, homeAccountId, tenantId, authorityUrl }: Profile,
  http: Http,
): Promise<string | undefined> {
  const [, domain] = username.split('@');
  if (!domain || !homeAccountId.endsWith(`.${tenantId}`)) return undefined;
  const url = new URL('/getuserrealm.srf', authorityUrl);
  url.searchParams.set('login', domain);
  url.searchParams.set('json', '1');
  try {
    const request = { method: 'GET', url, repeatable: false, sizeLimit: 65_536, timeout: patience } as const;
    const { status, body } = await http.send(request);
    if (status !== 200) return undefined;
    const { FederationBrandName, DomainName = domain } = realmSchema.parse(JSON.parse(body.toString('utf8')));
    return FederationBrandName && `${FederationBrandName} (${DomainName})`;
  } catch {
    // The ID of the tenant does as well.
    return undefined;
  }
}
