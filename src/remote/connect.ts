import { setTimeout as sleep } from 'node:timers/promises';
import { Remote } from '../api/remote.ts';
import { ResourceProvider } from '../api/resource-provider.ts';
import { isSameCloud } from '../api/trusted-hosts.ts';
import { claimsOf } from '../auth/access-token.ts';
import type { Context } from '../context.ts';
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
  requireAudience(claimsOf(session.token()).aud, settings.powerAppsUrl);
  if (session.origin.kind === 'kept') requireOwnCloud(session.origin.profile, settings.powerAppsUrl);
  const shared = { http, tokens: session, trustedHosts };
  const { powerAppsUrl, flowUrl, urlsOfFile = [] } = settings;
  // The default is of a cloud with a name: where the service is in another one, Power Apps alone is asked.
  const hasFlow = isSameCloud(new URL(flowUrl), new URL(powerAppsUrl));
  return new Remote({
    http,
    objectId: session.objectId,
    pause: async (environment) => {
      context.terminal.note(`The environment ${environment} isn't available for connectors yet. Trying again in 10 s…`);
      // Whoever ends the run is heard by the request that follows.
      await sleep(10_000, undefined, { signal: context.signal }).catch(() => undefined);
    },
    powerApps: new ResourceProvider({
      ...shared,
      url: powerAppsUrl,
      isNamed: !urlsOfFile.includes(powerAppsUrl),
      apiVersion: settings.powerAppsApiVersion,
      namespace: 'Microsoft.PowerApps',
    }),
    flow: hasFlow
      ? new ResourceProvider({
          ...shared,
          url: flowUrl,
          isNamed: !urlsOfFile.includes(flowUrl),
          apiVersion: settings.flowApiVersion,
          namespace: 'Microsoft.ProcessSimple',
        })
      : undefined,
  });
}
