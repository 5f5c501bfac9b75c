import { commandWord } from '../../io/terminal/command-word.ts';
import { ConfidentialClientApplication, type NodeAuthOptions } from '@azure/msal-node';
import { UsageError } from '../../errors.ts';
import type { Authority } from '../authority.ts';
import { isTrustedSignInHost } from '../sign-in-hosts.ts';
import type { Authentication, RenewalOptions } from '../sign-in-request.ts';
import { isOneTenant } from '../tenant.ts';

/** By what an application proves who it is: one of MSAL's client credentials. */
export type Credential = Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate' | 'clientAssertion'>;

/**
 * Signs an application in by a credential, which is not even made before the authority is known to be fit for it. Raises
 * `NotSignedInError` when it is refused, `NetworkError`, and {@link UsageError} without a tenant of its own or for an
 * authority that must not have the credential.
 */
export async function signInApplication(
  authority: Authority,
  makeCredential: () => Promise<Credential>,
  options: RenewalOptions,
): Promise<Authentication> {
  requireFit(authority, options);
  const { claims } = options;
  const { auth, ...configuration } = authority.configuration;
  const credential = await makeCredential();
  const application = new ConfidentialClientApplication({ ...configuration, auth: { ...auth, ...credential } });
  const acquiring = application.acquireTokenByClientCredential({
    scopes: [...authority.scopes],
    skipCache: true,
    ...(claims !== undefined && { claims }),
  });
  return await authority.authentication(acquiring);
}

/** An assertion or a secret is good for whoever gets it, and a settings file from someone else can name the authority. */
function requireFit({ url }: Authority, { settings, trustedHosts }: RenewalOptions): void {
  if (!isOneTenant(settings.tenant)) {
    throw new UsageError(`An application signs in to one tenant, not to '${settings.tenant}'.`, {
      hint: 'Specify the tenant with --tenant <tenant> or in AZURE_TENANT_ID.',
    });
  }
  if (isTrustedSignInHost(url, trustedHosts)) return;
  throw new UsageError(`${url.host} isn't a Microsoft sign-in host, so paconn didn't send the credential.`, {
    hint: `To trust the host, set PACONN_TRUSTED_HOSTS=${commandWord(url.host)}.`,
  });
}
