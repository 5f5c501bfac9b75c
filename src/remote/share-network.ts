import type { Session } from '../auth/session.ts';
import type { WantedSignIn } from '../auth/sign-in-request.ts';
import type { Context } from '../context.ts';
import { openNetwork } from './network.ts';
import { findSession } from './sign-in.ts';

/** The same run, in which all that connect share connections, pauses and sign-ins. */
export function shareNetwork(context: Context): Context {
  if (context.shared) return context;
  const http = openNetwork(context);
  const sessions = new Map<string, Promise<Session>>();
  const session = async (wanted: WantedSignIn): Promise<Session> => {
    const { account, powerAppsUrl, clientId, tenant, authorityUrl, resource } = wanted;
    const key = JSON.stringify([account, powerAppsUrl, clientId, tenant, authorityUrl, resource]);
    const found = sessions.get(key) ?? findSession(wanted, context, http);
    sessions.set(key, found);
    return await found;
  };
  return { ...context, shared: { http, session } };
}
