import { PublicClientApplication } from '@azure/msal-node';
import type { Authority } from '../authority.ts';
import { signInError } from '../sign-in-errors.ts';
import type { Authentication } from '../sign-in-request.ts';

/**
 * A new token for a user in MSAL's cache, without asking. Raises `NotSignedInError` when the user has to sign in again, or
 * `NetworkError`.
 */
export async function renewUser(
  authority: Authority,
  homeAccountId: string,
  claims: string | undefined,
): Promise<Authentication> {
  const application = new PublicClientApplication(authority.configuration);
  const accounts = await application.getTokenCache().getAllAccounts();
  const account = accounts.find((candidate) => candidate.homeAccountId === homeAccountId);
  if (!account) throw signInError({ code: 'no_tokens_found', description: '' });
  const acquiring = application.acquireTokenSilent({
    account,
    scopes: [...authority.scopes],
    forceRefresh: true,
    ...(claims !== undefined && { claims }),
  });
  return await authority.authentication(acquiring);
}
