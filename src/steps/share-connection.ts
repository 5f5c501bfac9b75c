import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { openNetwork } from './network.ts';
import { findSession } from './sign-in.ts';

/** The same run, in which all that connect share connections, pauses and the sign-in. */
export function shareConnection(context: Context): Context {
  if (context.connection) return context;
  const http = openNetwork(context);
  let finding: Promise<Session> | undefined;
  return { ...context, connection: { http, session: async () => await (finding ??= findSession(context, http)) } };
}
