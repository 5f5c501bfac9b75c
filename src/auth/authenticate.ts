import type { Authority } from './authority.ts';
import type { Authentication, AuthenticationOptions, RenewalOptions, SignInRequest } from './sign-in-request.ts';

/** Ways that ask nobody. */
type UnattendedRequest = Exclude<SignInRequest, { way: 'device-code' | 'browser' }>;

/** Of a user who signed in before. */
export interface KeptAccount {
  readonly homeAccountId: string;
  /** MSAL's cache, serialized. */
  readonly msal: string;
}

/**
 * Signs in in the way that is asked for. Raises `NotSignedInError` when there is no token to be had so, `UsageError` for
 * what cannot be, `FileError`, `NetworkError`, or `InterruptedError`.
 */
export async function authenticate(options: AuthenticationOptions): Promise<Authentication> {
  const { request } = options;
  if (request.way === 'device-code') {
    const { signInByDeviceCode } = await import('./methods/device-code.ts');
    return await signInByDeviceCode(await openAuthority(options), options);
  }
  if (request.way === 'browser') {
    const { signInByBrowser } = await import('./methods/browser.ts');
    return await signInByBrowser(await openAuthority(options), options);
  }
  return await signInUnattended(request, options);
}

/**
 * A new token without asking anybody: for a user by what MSAL keeps, else in the way that the sign-in was made. Raises as
 * {@link authenticate}.
 */
export async function renew(options: RenewalOptions, { homeAccountId, msal }: KeptAccount): Promise<Authentication> {
  const { request } = options;
  if (request.way !== 'device-code' && request.way !== 'browser') return await signInUnattended(request, options);
  const { renewUser } = await import('./methods/renew-user.ts');
  return await renewUser(await openAuthority(options, msal), homeAccountId, options.claims);
}

/** Each way is loaded when it is taken: most do without MSAL, or without all the others. */
async function signInUnattended(request: UnattendedRequest, options: RenewalOptions): Promise<Authentication> {
  switch (request.way) {
    case 'client-secret': {
      const { signInApplication } = await import('./methods/application.ts');
      return await signInApplication(
        await openAuthority(options),
        async () => ({ clientSecret: request.secret }),
        options,
      );
    }
    case 'certificate': {
      const { signInApplication } = await import('./methods/application.ts');
      const { readCertificate } = await import('./methods/certificate.ts');
      const credential = async () => await readCertificate(request.certificateFile, options.variables);
      return await signInApplication(await openAuthority(options), credential, options);
    }
    case 'federated-token': {
      const { signInApplication } = await import('./methods/application.ts');
      const { federatedToken } = await import('./methods/federated-token.ts');
      const credential = async () => await federatedToken(request.from, options);
      return await signInApplication(await openAuthority(options), credential, options);
    }
    case 'managed-identity': {
      const { signInByManagedIdentity } = await import('./methods/managed-identity.ts');
      return await signInByManagedIdentity(request.clientId, options);
    }
    case 'azure-cli': {
      const { signInByAzureCli } = await import('./methods/azure-cli.ts');
      return await signInByAzureCli(options);
    }
    case 'access-token': {
      const { foreignToken } = await import('./methods/foreign-token.ts');
      return foreignToken({ value: request.token }, options, 'The token in PACONN_ACCESS_TOKEN');
    }
  }
}

async function openAuthority(options: RenewalOptions, cache?: string): Promise<Authority> {
  const { Authority } = await import('./authority.ts');
  return new Authority({ ...options, cache });
}
