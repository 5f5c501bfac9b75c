import { bareToken } from './access-token.ts';
import type { Authority } from './authority.ts';
import type { Authentication, AuthenticationOptions, RenewalOptions, SignInRequest } from './sign-in-request.ts';

/** Methods without a prompt. */
type UnattendedRequest = Exclude<SignInRequest, { method: 'device-code' | 'browser' }>;

/** Of a user who signed in before. */
export interface StoredAccount {
  readonly homeAccountId: string;
  /** MSAL's cache, serialized. */
  readonly msal: string;
}

/**
 * Signs in by the method that is asked for. Raises `NotSignedInError` when there is no token to be had so, `UsageError` for
 * what cannot be, `FileError`, `NetworkError`, or `InterruptedError`.
 */
export async function authenticate(options: AuthenticationOptions): Promise<Authentication> {
  const { request } = options;
  if (request.method === 'device-code') {
    const { signInByDeviceCode } = await import('./methods/device-code.ts');
    return await signInByDeviceCode(await openAuthority(options), options);
  }
  if (request.method === 'browser') {
    const { signInByBrowser } = await import('./methods/browser.ts');
    return await signInByBrowser(await openAuthority(options), options);
  }
  return await signInUnattended(request, options);
}

/**
 * A new token without asking anybody: for a user by what MSAL keeps, else by the method of the sign-in. Raises as
 * {@link authenticate}.
 */
export async function renew(options: RenewalOptions, { homeAccountId, msal }: StoredAccount): Promise<Authentication> {
  const { request } = options;
  if (request.method !== 'device-code' && request.method !== 'browser') return await signInUnattended(request, options);
  const { renewUser } = await import('./methods/renew-user.ts');
  return await renewUser(await openAuthority(options, msal), homeAccountId, options.claims);
}

/** Each method is loaded when it is used: most do without MSAL, or without all the others. */
async function signInUnattended(request: UnattendedRequest, options: RenewalOptions): Promise<Authentication> {
  switch (request.method) {
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
      return foreignToken({ value: bareToken(request.token) }, options, 'The token in PACONN_ACCESS_TOKEN');
    }
  }
}

async function openAuthority(options: RenewalOptions, cache?: string): Promise<Authority> {
  const { Authority } = await import('./authority.ts');
  return new Authority({ ...options, cache });
}
