import { Session, type SessionOptions } from '../auth/session.ts';
import { SignInStore } from '../auth/sign-in-store.ts';
import type { Context } from '../context.ts';
import type { Http } from '../io/http.ts';
import { readVariables } from '../settings/variables.ts';

/** Where the sign-in of this user is kept. */
export function openSignInStore({ configDirectory, openKeychain, variables, signal }: Context): SignInStore {
  const { tokenStore } = readVariables(variables);
  return new SignInStore({ directory: configDirectory, openKeychain, tokenStore, signal });
}

/** What it takes to find or renew the sign-in. */
export function sessionOptions(context: Context, http: Http): SessionOptions {
  const { configDirectory, signal, terminal } = context;
  const log = terminal.verbosity.debug ? terminal.trace : () => undefined;
  return { store: openSignInStore(context), configDirectory, http, signal, log, conceal: terminal.conceal };
}

/** The sign-in for a command. Raises `NotSignedInError`, `FileError` and `NetworkError`. */
export async function findSession(context: Context, http: Http): Promise<Session> {
  const session = await Session.find(sessionOptions(context, http), 'command');
  if (session instanceof Session) return session;
  throw session;
}
