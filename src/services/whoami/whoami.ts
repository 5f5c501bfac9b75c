import * as z from 'zod';
import type { Context } from '../../context.ts';
import type { Result } from '../../output/result.ts';
import { shortTime } from '../../output/short-time.ts';
import { givenSettingsSchema } from '../../settings/settings.ts';
import type { AccountData, WhoamiData } from '../../results/accounts.ts';
import { findAccounts } from './find-accounts.ts';
import { type Defaults, defaultsData, readDefaults } from '../../settings/defaults.ts';
import { parseFlags } from '../../settings/flags.ts';
import { openNetwork } from '../../remote/network.ts';
import { resolveSettings } from '../../remote/resolve-settings.ts';
import { type Access, accessTo } from '../../io/fs/access.ts';
import { homePath } from '../../io/fs/home-path.ts';
import { openSignInStore } from '../../remote/sign-in.ts';

const whoamiFlagsSchema = givenSettingsSchema.extend({ settingsFile: z.string().optional() });

/**
 * Shows the signed-in accounts, and which one commands with these settings use. The only request is for a new token if
 * the stored one has expired. Raises `NotSignedInError` if those commands would.
 */
export async function whoami(given: unknown, context: Context): Promise<Result> {
  const flags = parseFlags(given, whoamiFlagsSchema);
  const settings = await resolveSettings(flags, context);
  const [account, ...others] = await findAccounts(settings, context, openNetwork(context));
  const { path } = openSignInStore(context);
  const defaults = await readDefaults(context);
  const words = defaultsWords(defaults);
  if (words !== '') context.terminal.note(words);
  context.terminal.note(await credentialWords(account, path, context));
  return {
    data: {
      account,
      accounts: [account, ...others],
      cache: { path, protection: account.protection },
      defaults: defaultsData(defaults),
    } satisfies WhoamiData,
    table: {
      columns: ['Active', 'Account', 'Tenant', 'Cloud', 'Method', 'Expires (UTC)'],
      rows: [account, ...others].map(row),
      kinds: ['word', 'name', 'name', 'word', 'text', 'time'],
    },
  };
}

/** What `paconn config` has stored. */
function defaultsWords(defaults: Defaults): string {
  const { environment } = defaults;
  const known = [
    environment && `environment ${environment.name ?? environment.id}`,
    ...(['output', 'cloud', 'account'] as const).map((name) => defaults[name] && `${name} ${defaults[name]}`),
  ].filter(Boolean);
  return known.length === 0 ? '' : `Defaults (paconn config): ${known.join(', ')}`;
}

/** How credentials are protected that aren't encrypted. */
const openWords: Readonly<Record<Access, string>> = {
  owner: 'unencrypted, readable only by you',
  others: 'unencrypted, other users can read or replace it',
  unknown: 'unencrypted',
};

/** Where the credentials are, how they are protected, and whether they are renewed. */
async function credentialWords(
  { source, protection, expired, renewable }: AccountData,
  path: string,
  { variables }: Context,
): Promise<string> {
  const next = renewable ? 'renewed automatically' : 'not renewed';
  if (source === 'environment variables') return `Credentials: environment variables (not stored, ${next})`;
  if (source === 'accessTokens.json') return `Credentials: accessTokens.json (unencrypted, ${next})`;
  const how = protection === 'keychain' ? 'encrypted, key in the system keychain' : openWords[await accessTo(path)];
  return `Credentials: ${homePath(path, variables)} (${how}, ${expired ? 'expired, renewal failed' : next})`;
}

function row({ active, name, tenantId, tenantName, cloud, method, source, expiresOn }: AccountData): string[] {
  const how = [method?.replaceAll('-', ' '), source === 'login' ? undefined : source].filter(Boolean).join(', ');
  return [active ? '*' : '', name, tenantName ?? tenantId, cloud, how, shortTime(expiresOn)];
}
