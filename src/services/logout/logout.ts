import * as z from 'zod';
import { accountName } from '../../auth/accounts.ts';
import type { Profile } from '../../auth/profile.ts';
import { removePythonToken } from '../../auth/python-token.ts';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import type { Result } from '../../output/result.ts';
import type { LogoutData } from '../../results/accounts.ts';
import { readVariables } from '../../settings/variables.ts';
import { chooseProfile } from '../../remote/choose-profile.ts';
import { parseFlags } from '../../settings/flags.ts';
import { openSignInStore, readableProfiles } from '../../remote/sign-in.ts';

const logoutFlagsSchema = z.object({ account: z.string().optional(), allAccounts: z.boolean().default(false) });

/** Forgets the tokens of an account; of the last one, or of all, also those of the Python tool. */
export async function logout(given: unknown, context: Context): Promise<Result> {
  const { account, allAccounts } = parseFlags(given, logoutFlagsSchema);
  if (allAccounts && account !== undefined) throw new UsageError("--all and --account can't be used together.");
  const store = openSignInStore(context);
  const profiles = await readableProfiles(store);
  const leaving = await accountToLeave(
    allAccounts ? [] : profiles,
    account || readVariables(context.variables).account,
    context,
  );
  if (leaving && profiles.length > 1) {
    reportKeychain((await store.remove(leaving)).keychainProblem, context);
    reportWhoStays(
      profiles.filter((profile) => profile !== leaving),
      context,
    );
    context.terminal.report('Logout successful.');
    reportWhoLeft([leaving], context);
    return { data: { wasSignedIn: true } satisfies LogoutData };
  }
  const { wasThere, keychainProblem } = await store.removeAll();
  const pythonTokenWasThere = await removePythonToken(context.configDirectory);
  reportKeychain(keychainProblem, context);
  const wasSignedIn = wasThere || pythonTokenWasThere;
  context.terminal.report(wasSignedIn ? 'Logout successful.' : "You weren't signed in.");
  reportWhoLeft(leaving ? [leaving] : profiles, context);
  return { data: { wasSignedIn } satisfies LogoutData };
}

/** The account to sign out: the one that is named, else the only one, else the user is asked. */
async function accountToLeave(
  profiles: readonly Profile[],
  account: string | undefined,
  { terminal }: Context,
): Promise<Profile | undefined> {
  if (profiles.length === 0) return undefined;
  if (account !== undefined) return chooseProfile(profiles, { account, accountSource: 'logout' });
  if (profiles.length === 1) return profiles[0];
  const choices = profiles.map((profile) => ({ label: accountName(profile, profiles), value: profile }));
  const insteadPass = '--account <name>, or --all';
  if (!terminal.interactive) {
    throw new UsageError('Several accounts are signed in.', {
      detail: choices.map(({ label }) => `  ${label}`).join('\n'),
      hint: `Pass ${insteadPass}.`,
    });
  }
  const { label, value } = await terminal.choose(
    { message: 'Please select the account to sign out:', insteadPass },
    choices,
  );
  terminal.say(`Account selected: ${label}`);
  return value;
}

function reportKeychain(problem: string | undefined, { terminal }: Context): void {
  if (problem === undefined) return;
  terminal.note(`Note: The key of the sign-in stays in the keychain, which ${problem}. It's no longer used.`);
}

/** To who is at a terminal: scripts of the Python tool get its line alone. */
function reportWhoLeft(left: readonly Profile[], { terminal }: Context): void {
  if (!terminal.interactive || left.length === 0) return;
  terminal.note(`Signed out: ${left.map((profile) => accountName(profile, left)).join(', ')}`);
}

function reportWhoStays(profiles: readonly Profile[], { terminal }: Context): void {
  terminal.note(`Still signed in: ${profiles.map((profile) => accountName(profile, profiles)).join(', ')}.`);
}
