import { commandWord } from '../io/terminal/command-word.ts';

const command = 'paconn login --force';

/** The advice where a sign-in is over: expired, withdrawn, or no longer enough for the tenant. */
export const signInAgain = `Sign in again with: ${command}`;

/** Advice with the account in it: without a name `login` signs in to what is the default, by a device code. */
export function forAccount(advice: string, name: string): string {
  return advice.replace(command, () => `${command} --account ${commandWord(name)}`);
}
