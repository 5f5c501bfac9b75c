import { EventEmitter, once } from 'node:events';
import { PublicClientApplication } from '@azure/msal-node';
import { isBrowsable } from '../../io/net/hosts.ts';
import type { Authority } from '../authority.ts';
import { microsoftHosts } from '../sign-in-hosts.ts';
import type { Authentication, AuthenticationOptions } from '../sign-in-request.ts';

/**
 * Signs a user in by a code that they enter in a browser, on whatever machine. Raises `NotSignedInError` when it is
 * refused or the user doesn't sign in in time, `NetworkError`, or `InterruptedError`.
 */
export async function signInByDeviceCode(
  authority: Authority,
  { show, waitForUser, claims }: AuthenticationOptions,
): Promise<Authentication> {
  const application = new PublicClientApplication(authority.configuration);
  const codes = new EventEmitter<{ shown: [page: string] }>();
  const shown = once(codes, 'shown');
  // The message is the authority's, and one that isn't Microsoft's can send the message of another.
  const where = microsoftHosts.has(authority.url.host) ? '' : `\nYou sign in at ${authority.url.host}.`;
  const acquiring = application.acquireTokenByDeviceCode({
    scopes: [...authority.scopes],
    deviceCodeCallback: ({ message, verificationUri }) => {
      show(`${message}${where}`);
      codes.emit('shown', verificationUri);
    },
    ...(claims !== undefined && { claims }),
  });
  const signingIn = authority.authentication(acquiring);
  const [page] = await Promise.race([shown, signingIn.then(() => [])]);
  return await waitForUser(signingIn, webPage(page));
}

function webPage(address: unknown): URL | undefined {
  const url = typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined;
  return url && isBrowsable(url) ? url : undefined;
}
