import type { AuthorizationCodes } from './authorization-codes.ts';
import type { DeviceSignIn } from './device-codes.ts';
import { entraRefusal } from './entra-error.ts';
import type { CloudAnswer } from './exchange.ts';
import { required } from './form.ts';
import { audienceOf } from './scopes.ts';
import type { User } from './users.ts';

/** What somebody does at the page, and as whom. */
export interface Visit {
  readonly user: User;
  readonly signIn: DeviceSignIn;
}

const declined = { error: 'access_denied', description: 'AADSTS65004: User declined to consent to access the app.' };

/**
 * The page that a browser is sent to. What comes of it is a form that the browser sends on to the address of the client,
 * which must be on the machine of the user.
 */
export function signInPage(query: URLSearchParams, { user, signIn }: Visit, codes: AuthorizationCodes): CloudAnswer {
  const fields = new Map(query);
  const clientId = required(fields, 'client_id');
  const redirectUri = required(fields, 'redirect_uri');
  if (!/^http:\/\/localhost(:\d+)?\/?$/.test(redirectUri)) {
    throw entraRefusal(
      'invalid_client',
      `AADSTS50011: The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'.`,
    );
  }
  if (required(fields, 'response_type') !== 'code' || required(fields, 'response_mode') !== 'form_post') {
    throw entraRefusal('unsupported_response_type', 'AADSTS700054: This response type is not enabled here.');
  }
  if (fields.get('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(fields.get('code_challenge') ?? '')) {
    throw entraRefusal('invalid_request', 'AADSTS501491: Invalid size of Code_Challenge parameter.');
  }
  audienceOf(required(fields, 'scope'));
  const state = required(fields, 'state');
  const failure = typeof signIn === 'object' && 'error' in signIn ? signIn : declined;
  const outcome: Readonly<Record<string, string>> =
    signIn === 'approve'
      ? { code: codes.issue({ user, clientId, redirectUri, challenge: required(fields, 'code_challenge') }) }
      : { error: failure.error, error_description: failure.description };
  return { status: 200, headers: { 'content-type': 'text/html' }, body: form(redirectUri, { ...outcome, state }) };
}

function form(action: string, fields: Readonly<Record<string, string>>): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}" />`,
  );
  return `<html><body><form method="POST" name="hiddenform" action="${escaped(action)}">${inputs.join('')}</form><script>document.forms[0].submit()</script></body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
