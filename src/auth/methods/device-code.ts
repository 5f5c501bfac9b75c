import { PublicClientApplication } from '@azure/msal-node';
import type { Authority } from '../authority.ts';
import type { Authentication, AuthenticationOptions } from '../sign-in-request.ts';

/**
 * Signs a user in by a code that they enter in a browser, on whatever machine. Raises `NotSignedInError` when it is
 * refused or nobody signs in in time, `NetworkError`, or `InterruptedError`.
 */
export async function signInByDeviceCode(
  authority: Authority,
  { show, claims }: AuthenticationOptions,
): Promise<Authentication> {
  const application = new PublicClientApplication(authority.configuration);
  const acquiring = application.acquireTokenByDeviceCode({
    scopes: [...authority.scopes],
    // The message is the authority's, and can be that of another one.
    deviceCodeCallback: ({ message }) => show(`${message}\nYou sign in at ${authority.url.host}.`),
    ...(claims !== undefined && { claims }),
  });
  return await authority.authentication(acquiring);
}
