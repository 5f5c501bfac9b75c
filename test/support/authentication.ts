import type { AuthenticationOptions, SignInSettings } from '../../src/auth/sign-in-request.ts';
import type { FakeCloud } from './fake-cloud/fake-cloud.ts';
import { openHttp } from './http-client.ts';

export type AuthenticationChoices = Partial<Omit<AuthenticationOptions, 'settings'>> & {
  readonly settings?: Partial<SignInSettings>;
};

/** What it takes to sign in to a cloud: by device code, unless another is named. */
export function authenticationOptions(
  cloud: FakeCloud,
  { settings, signal = new AbortController().signal, ...others }: AuthenticationChoices = {},
): AuthenticationOptions {
  const { authorityUrl, resource } = cloud.settings;
  return {
    settings: {
      clientId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
      tenant: 'common',
      authorityUrl,
      resource,
      ...settings,
    },
    request: { method: 'device-code' },
    http: openHttp({ signal }),
    signal,
    log: () => undefined,
    conceal: () => undefined,
    variables: {},
    trustedHosts: [],
    timeout: 10_000,
    show: () => undefined,
    waitForUser: async (work) => await work,
    openBrowser: async () => await Promise.resolve(false),
    ...others,
  };
}
