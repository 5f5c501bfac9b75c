import { ConnectorApi } from '../api/connector-api.ts';
import { ResourceProvider } from '../api/resource-provider.ts';
import { claimsOf } from '../auth/access-token.ts';
import type { Context } from '../context.ts';
import type { Http } from '../io/net/http.ts';
import type { Settings } from '../settings/settings.ts';
import { readVariables } from '../settings/variables.ts';
import { requireAudience } from './choose-profile.ts';
import { findSession } from './sign-in.ts';

/**
 * The client for the services that the settings name, signed in as the user who is. Raises `NotSignedInError`, and
 * `UsageError` for a host that must not have the token.
 */
export async function connect(settings: Settings, context: Context, http: Http): Promise<ConnectorApi> {
  const { trustedHosts } = readVariables(context.variables);
  const session = await (context.connection?.session(settings) ?? findSession(settings, context, http));
  requireAudience(claimsOf(session.token()).aud, settings.powerAppsUrl);
  const shared = { http, tokens: session, trustedHosts };
  return new ConnectorApi({
    objectId: session.objectId,
    powerApps: new ResourceProvider({
      ...shared,
      url: settings.powerAppsUrl,
      apiVersion: settings.powerAppsApiVersion,
      namespace: 'Microsoft.PowerApps',
    }),
    flow: new ResourceProvider({
      ...shared,
      url: settings.flowUrl,
      apiVersion: settings.flowApiVersion,
      namespace: 'Microsoft.ProcessSimple',
    }),
  });
}
