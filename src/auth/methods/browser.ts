import { setTimeout as pause } from 'node:timers/promises';
import { PublicClientApplication } from '@azure/msal-node';
import { UsageError } from '../../errors.ts';
import { isBrowsable } from '../../io/net/hosts.ts';
import type { Authority } from '../authority.ts';
import type { Authentication, AuthenticationOptions } from '../sign-in-request.ts';

/** Milliseconds: as long as a device code is good. */
const defaultPatience = 900_000;

/**
 * Signs a user in in a browser on this machine, which comes back to a port of it (authorization code with PKCE). Raises
 * `NotSignedInError` when it is refused or the user doesn't sign in in time, `NetworkError`, or `InterruptedError`.
 *
 * @param patience Milliseconds to wait for the browser.
 */
export async function signInByBrowser(
  authority: Authority,
  options: AuthenticationOptions,
  patience = defaultPatience,
): Promise<Authentication> {
  const { claims } = options;
  const ended = new AbortController();
  const application = new PublicClientApplication(authority.configuration);
  const acquiring = application.acquireTokenInteractive({
    scopes: [...authority.scopes],
    // Else the account that the browser happens to know is taken unasked.
    prompt: 'select_account',
    openBrowser: async (address) => {
      const url = webPage(address);
      await sendThere(url, options);
      void giveUpLate(url, patience, options, ended.signal);
    },
    successTemplate: page('You are signed in.'),
    errorTemplate: page('The sign-in failed. See the terminal for the reason.'),
    ...(claims !== undefined && { claims }),
  });
  try {
    return await options.waitForUser(authority.authentication(acquiring));
  } finally {
    ended.abort();
  }
}

/** The authority says where its page is. Raises {@link UsageError}. */
function webPage(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && isBrowsable(url)) return url;
  const [shown] = url ? [`${url.protocol}//${url.host}`] : address.split('?');
  throw new UsageError(`The sign-in page isn't an https URL: ${shown}`, {
    hint: 'Check the authority URL that you sign in with.',
  });
}

/** Who looks at a browser that opened by itself need not read on; whoever sees none finds the address. */
async function sendThere(url: URL, { show, openBrowser, variables }: AuthenticationOptions): Promise<void> {
  if (await openBrowser(url)) {
    show(`Sign in with the browser that opens. If no browser opens, go to:\n${url.href}`);
    return;
  }
  show(`To sign in, open this URL in a browser on this computer:\n${url.href}`);
  if (!variables['SSH_CONNECTION']) return;
  const { port } = new URL(url.searchParams.get('redirect_uri') ?? url);
  show(
    `If the browser is on another computer, forward the port:\n  ssh -L ${port}:localhost:${port} <host>\n` +
      'Or run paconn login without --browser, and enter the code in any browser.',
  );
}

/** Ends the waiting as a browser would, since MSAL ends it in no other way: with an error under the state of the request. */
async function giveUpLate(
  url: URL,
  patience: number,
  { http }: AuthenticationOptions,
  signal: AbortSignal,
): Promise<void> {
  const state = url.searchParams.get('state');
  const redirect = url.searchParams.get('redirect_uri');
  if (state === null || redirect === null) return;
  try {
    await pause(patience, undefined, { signal, ref: false });
    await http.send({
      method: 'POST',
      url: new URL(redirect),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ error: 'timed_out', state }).toString(),
      repeatable: false,
      sizeLimit: 65_536,
    });
  } catch {
    // The sign-in has ended meanwhile.
  }
}

function page(message: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>paconn</title>
<p>${message}</p>
<p>Close this page and go back to the terminal.</p>
</html>
`;
}
