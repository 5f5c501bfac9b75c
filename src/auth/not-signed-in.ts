import { NotSignedInError } from '../errors.ts';

import { commandWord } from '../io/terminal/command-word.ts';

const command = 'paconn login --force';

/** The advice where a sign-in is over: expired, withdrawn, or no longer enough for the tenant. */
export const signInAgain = `Sign in again with:\n  ${command}`;

/** Advice with the account in it: without a name `login` signs in to what is the default, by a device code. */
export function forAccount(advice: string, name: string): string {
  return advice.replace(command, () => `${command} --account ${commandWord(name)}`);
}

/** The Python tool's words for a sign-in that is missing and for one that is over alike: scripts look for them. */
export const invalidToken = 'Access token invalid. Please login again.';

/** Stands before the advice where no sign-in is stored. */
export const notSignedInWords = "You aren't signed in.";

/** The same with what to do. */
export const signInHint = `${notSignedInWords} Sign in with:\n  paconn login`;

/**
 * The error without a sign-in.
 *
 * @param cloud The cloud to sign in to, unless it's the public one.
 * @param lack What environment variables lack for one.
 */
export function notSignedIn(cloud?: string, lack?: string): NotSignedInError {
  const place = cloud === undefined ? '' : ` --cloud ${cloud}`;
  const hint = [`${signInHint}${place}`, ...(lack ? [lack] : [])].join('\n');
  return new NotSignedInError(invalidToken, { hint });
}

/** The error of a sign-in that is over. */
export function expired(): NotSignedInError {
  return new NotSignedInError(invalidToken, { hint: 'Sign in with:\n  paconn login' });
}

/** The error of a token of the user's that the service does not take. */
export function refusedToken(): NotSignedInError {
  return new NotSignedInError("The service doesn't accept the token in PACONN_ACCESS_TOKEN. It may have expired.", {
    hint: 'Set it to a new token, or unset it to use another sign-in.',
  });
}

/** The error of a token that somebody else got, where another service is to be asked. */
export function onlyForPowerPlatform(what: string): NotSignedInError {
  return new NotSignedInError(`${what} is only for Power Platform.`, { hint: signInAgain });
}
