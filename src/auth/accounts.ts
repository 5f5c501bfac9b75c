import { NotSignedInError, UsageError } from '../errors.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import type { Profile } from './profile.ts';

/** Where the name of an account is from. */
export type AccountSource = '--account' | 'login' | 'logout' | 'PACONN_ACCOUNT' | 'paconn config';

const hints: Readonly<Record<AccountSource, string>> = {
  '--account': 'Pass an account that is signed in, or sign in to another one:',
  login: 'To add an account, sign in without --account:',
  logout: 'Pass an account that is signed in.',
  PACONN_ACCOUNT: 'The name is from the environment variable PACONN_ACCOUNT. To add an account:',
  'paconn config': "It's the default account. To remove this default:\n  paconn config unset account",
};

/**
 * The profiles that a name stands for: user names or parts of them, client IDs, tenants, clouds, one or several with spaces
 * between them. Raises {@link NotSignedInError} when there is none.
 */
export function accountsNamed(
  name: string,
  profiles: readonly Profile[],
  source: AccountSource = '--account',
): readonly Profile[] {
  const fitting = thoseMeant(name, profiles);
  if (fitting.length > 0) return fitting;
  const known = profiles.map((profile) => accountName(profile, profiles));
  // Who is signed in isn't asked again otherwise.
  const login = known.length > 0 ? '  paconn login --force' : '  paconn login';
  const words = hints[source];
  const signedIn = known.length > 0 ? [`Signed in: ${known.join(', ')}.`] : [];
  throw new NotSignedInError(`You aren't signed in as '${name}'.`, {
    hint: [...signedIn, words, ...(words.endsWith(':') ? [login] : [])].join('\n'),
  });
}

/** Whether a name stands for an account that is signed in. */
export function isAccountKnown(name: string, profiles: readonly Profile[]): boolean {
  return thoseMeant(name, profiles).length > 0;
}

/** The one profile of those that a name stands for. Raises {@link UsageError} when there are several. */
export function onlyAccount(
  name: string,
  fitting: readonly Profile[],
  profiles: readonly Profile[],
): Profile | undefined {
  if (fitting.length < 2) return fitting[0];
  const known = fitting.map((profile) => accountName(profile, profiles));
  throw new UsageError(`'${name}' matches several accounts: ${known.join(', ')}.`, {
    hint: `Specify one, such as --account ${commandWord(known[0] ?? '')}`,
  });
}

function thoseMeant(name: string, profiles: readonly Profile[]): readonly Profile[] {
  const whole = name.toLowerCase();
  const words = whole.split(/\s+/u);
  const isExact = (profile: Profile): boolean => {
    const names = namesOf(profile);
    // An application can have spaces in its name.
    return names.includes(whole) || words.every((word) => names.includes(word));
  };
  const exact = profiles.filter(isExact);
  return exact.length > 0 ? exact : profiles.filter((profile) => words.every((word) => fits(profile, word)));
}

function namesOf({
  username,
  clientId,
  tenant,
  tenantId,
  cloud = 'custom',
  homeAccountId,
}: Profile): readonly string[] {
  // A user's client ID is that of the tool, the same for all.
  const names = [username, tenant, tenantId, cloud, ...(homeAccountId === '' ? [clientId] : [])];
  return names.map((text) => text.toLowerCase());
}

function fits(profile: Profile, word: string): boolean {
  return namesOf(profile).includes(word) || profile.username.toLowerCase().includes(word);
}

/** What a profile is called: the user name, and as much more as it takes to tell it from the others. */
export function accountName(profile: Profile, profiles: readonly Profile[]): string {
  const { username, clientId, tenantId, cloud = 'custom' } = profile;
  const names = [username, `${username} ${cloud}`, `${username} ${tenantId}`, `${username} ${tenantId} ${cloud}`];
  return names.find((name) => thoseMeant(name, profiles).length === 1) ?? `${username} ${clientId}`;
}
