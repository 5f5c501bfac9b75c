import { Remote } from '../../src/api/remote.ts';
import { ResourceProvider, type TokenSource } from '../../src/api/resource-provider.ts';
import { requireTrusted } from '../../src/api/trusted-hosts.ts';
import type { FakeCloud } from './fake-cloud/fake-cloud.ts';
import { openHttp } from './http-client.ts';

export interface ApiChoices {
  /** What is done while an environment becomes available; nothing where it is not said. */
  readonly pause?: (environment: string) => Promise<void>;
  readonly tokens?: TokenSource;
  readonly url?: string;
  readonly trustedHosts?: readonly string[];
}

/** Tokens of the user of a cloud; a new one for each that is refused. */
export class CloudTokens implements TokenSource {
  readonly refusedHint = 'Sign in again.';
  readonly #cloud: FakeCloud;
  #token: string;
  renewals = 0;

  constructor(cloud: FakeCloud) {
    this.#cloud = cloud;
    this.#token = cloud.accessToken().text;
  }

  readonly token = (): string => this.#token;

  readonly renew = async (refused: string): Promise<void> => {
    if (refused !== this.#token) return;
    this.renewals += 1;
    this.#token = this.#cloud.accessToken().text;
  };
}

/** The client under test, as commands open it. */
export function openRemote(
  cloud: FakeCloud,
  { tokens = new CloudTokens(cloud), url = cloud.url, trustedHosts = [], pause = async () => {} }: ApiChoices = {},
): Remote {
  const shared = {
    http: openHttp(),
    tokens,
    url,
    isNamed: true,
    query: { 'api-version': '2016-11-01' },
    requireTrusted: (to: URL, isNamed: boolean) => requireTrusted(to, trustedHosts, isNamed),
  };
  return new Remote({
    objectId: cloud.signIn.user.objectId,
    http: shared.http,
    pause,
    powerApps: new ResourceProvider({ ...shared, root: ['providers', 'Microsoft.PowerApps'] }),
    flow: new ResourceProvider({ ...shared, root: ['providers', 'Microsoft.ProcessSimple'] }),
    dataverse: async (instanceUrl) =>
      new ResourceProvider({ ...shared, query: {}, url: instanceUrl, root: ['api', 'data', 'v9.2'] }),
  });
}
