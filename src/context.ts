import type { Keychain } from './auth/keychain.ts';
import type { Session } from './auth/session.ts';
import type { WantedSignIn } from './auth/sign-in-request.ts';
import type { Http } from './io/net/http.ts';
import type { Terminal } from './io/terminal/terminal.ts';

/** The outside of a run: everything that isn't a server. Tests provide their own. */
export interface Context {
  /** Of this tool. */
  readonly version: string;
  /** Where the pages of `docs` are. */
  readonly docsFolder: string;
  readonly terminal: Terminal;
  readonly workingDirectory: string;
  /** The folder that the command line names, where the run is in it. */
  readonly folder?: string;
  /** Where sign-in is kept: `~/.paconn` unless PACONN_CONFIG_DIR names another. */
  readonly configDirectory: string;
  /** Environment variables, not yet checked: `settings/variables.ts` reads them. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly openKeychain: () => Keychain;
  /** Told when a sign-in is going to be needed: what that takes can begin while other things are done. */
  readonly expectSignIn: () => void;
  /** Aborted by Ctrl+C and by a request to end. Its reason is the exit code that shells have for that. */
  readonly signal: AbortSignal;
  /** Where several connectors are worked on in one run: what they share, and otherwise each opens for itself. */
  readonly shared?: SharedNetwork;
}

export interface SharedNetwork {
  readonly http: Http;
  /** The same each time for those who want the same. */
  readonly session: (wanted: WantedSignIn) => Promise<Session>;
}
