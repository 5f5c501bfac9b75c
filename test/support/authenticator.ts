import { Authenticator, type AuthenticatorOptions } from '../../src/auth/authenticator.ts';
import type { SignInSettings } from '../../src/auth/sign-in-request.ts';
import type { FakeCloud } from './fake-cloud/fake-cloud.ts';
import { openHttp } from './http-client.ts';

export interface AuthenticatorChoices {
  readonly settings?: Partial<SignInSettings>;
  readonly signal?: AbortSignal;
  /** MSAL's cache from before. */
  readonly cache?: string;
}

/** What it takes to sign in to a cloud. */
export function authenticatorOptions(
  cloud: FakeCloud,
  { settings, signal = new AbortController().signal }: AuthenticatorChoices = {},
): AuthenticatorOptions {
  const { authorityUrl, resource } = cloud.settings;
  return {
    settings: {
      clientId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
      tenant: 'common',
      authorityUrl,
      resource,
      ...settings,
    },
    http: openHttp({ signal }),
    signal,
    log: () => undefined,
  };
}

export function openAuthenticator(cloud: FakeCloud, choices: AuthenticatorChoices = {}): Authenticator {
  return new Authenticator(authenticatorOptions(cloud, choices), choices.cache);
}
