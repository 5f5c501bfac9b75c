import { setTimeout as sleep } from 'node:timers/promises';
import { Remote } from '../api/remote.ts';
import { ResourceProvider } from '../api/resource-provider.ts';
import { isSameCloud, requireDataverse, requireTrusted } from '../api/trusted-hosts.ts';
import { claimsOf } from '../auth/access-token.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import type { Settings } from '../settings/settings.ts';
import { readVariables } from '../settings/variables.ts';
import { requireAudience, requireOwnCloud } from './choose-profile.ts';
import { openNetwork } from './network.ts';
import { findSession } from './sign-in.ts';

/**
 * The client for the services that the settings name, signed in as the user who is. Raises `NotSignedInError`, and
 * `UsageError` for a host that must not have the token.
 */
export async function connect(settings: Settings, context: Context): Promise<Remote> {
  const { trustedHosts } = readVariables(context.variables);
  const http = openNetwork(context);
  const session = await (context.shared?.session(settings) ?? findSession(settings, context, http));
  if (session.origin.kind === 'kept') requireOwnCloud(session.origin.profile, settings.powerAppsUrl);
  requireAudience(claimsOf(session.token()).aud, settings.powerAppsUrl);
  const shared = {
    http,
    tokens: session,
    requireTrusted: (url: URL, isNamed: boolean) => requireTrusted(url, trustedHosts, isNamed),
  };
  const { powerAppsUrl, flowUrl, urlsOfFile = [] } = settings;
  // The default is of a cloud with a name: where the service is in another one, Power Apps alone is asked.
  const hasFlow = isSameCloud(new URL(flowUrl), new URL(powerAppsUrl));
  return new Remote({
    http,
    objectId: session.objectId,
    pause: async (environment) => {
      context.terminal.note(`The environment ${environment} isn't available for connectors yet. Trying again in 10 s…`);
      // The next request notices a cancellation.
      await sleep(10_000, undefined, { signal: context.signal }).catch(() => undefined);
    },
    powerApps: new ResourceProvider({
      ...shared,
      url: powerAppsUrl,
      isNamed: !urlsOfFile.includes(powerAppsUrl),
      query: { 'api-version': settings.powerAppsApiVersion },
      root: ['providers', 'Microsoft.PowerApps'],
    }),
    flow: hasFlow
      ? new ResourceProvider({
          ...shared,
          url: flowUrl,
          isNamed: !urlsOfFile.includes(flowUrl),
          query: { 'api-version': settings.flowApiVersion },
          root: ['providers', 'Microsoft.ProcessSimple'],
        })
      : undefined,
    dataverse: async (instanceUrl) => {
      const { origin } = new URL(instanceUrl);
      // A token is good for one organization, so no link may lead to another one.
      const requireOrigin = (url: URL): void => {
        requireDataverse(url, new URL(powerAppsUrl), trustedHosts);
        if (url.origin !== origin)
          throw new UsageError(`${url.origin} isn't ${origin}, which the access token is for.`);
      };
      requireOrigin(new URL(origin));
      // https://learn.microsoft.com/power-apps/developer/data-platform/authenticate-oauth: the scope is the URL of the environment.
      const tokens = await session.forResource(origin);
      const root = ['api', 'data', 'v9.2'];
      return new ResourceProvider({
        http,
        tokens,
        url: origin,
        isNamed: false,
        root,
        query: {},
        requireTrusted: requireOrigin,
      });
    },
  });
}
