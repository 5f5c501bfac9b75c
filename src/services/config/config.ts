import * as z from 'zod';
import type { Context } from '../../context.ts';
import { DamagedFileError, UsageError } from '../../errors.ts';
import { readOwnJson, writePrivateFile } from '../../io/fs/files.ts';
import { isAccountKnown } from '../../auth/accounts.ts';
import { openSignInStore, readableProfiles } from '../../remote/sign-in.ts';
import type { Result } from '../../output/result.ts';
import {
  type Defaults,
  configurable,
  defaultsData,
  defaultsPath,
  defaultsSchema,
  readDefaults,
} from '../../settings/defaults.ts';
import { parseFlags } from '../../settings/flags.ts';
import { givenSettingsSchema } from '../../settings/settings.ts';
import { readDefault } from './read-default.ts';
import { listLocal, writeLocal } from './write-local.ts';

const configFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  local: z.boolean().default(false),
});

const actions = ['set', 'get', 'list', 'unset'] as const;

/** Shows and changes the defaults of the user, or with `--local` those of the settings file in the current folder. */
export async function config(given: unknown, context: Context): Promise<Result | void> {
  const { paths, local, ...flags } = parseFlags(given, configFlagsSchema);
  const [action, name, ...values] = paths;
  const known = actions.find((one) => one === action);
  if (known === undefined) {
    throw new UsageError(`Unknown action: ${action ?? ''}`, { hint: `Use one of ${actions.join(', ')}.` });
  }
  if (known === 'list') return local ? await listLocal(context) : listed(await readDefaults(context));
  const [value, extra] = values;
  const takesValue = known === 'set';
  if (name === undefined || (takesValue && value === undefined) || extra !== undefined || (!takesValue && value)) {
    throw new UsageError(`'config ${known}' requires a setting${takesValue ? ' and its value' : ''}.`, {
      hint: `Settings: ${configurable.join(', ')}. For example:\n  paconn config ${known} output${takesValue ? ' json' : ''}`,
    });
  }
  if (local) return await writeLocal(known, { name, value }, context);
  const setting = requireSetting(name);
  if (known === 'get') return shown(setting, await readDefaults(context));
  const changed = known === 'set' ? await readDefault(setting, value ?? '', flags, context) : { [setting]: undefined };
  const kept = await storedDefaults(context);
  await writePrivateFile(defaultsPath(context), `${JSON.stringify({ ...kept, ...changed }, undefined, 2)}\n`);
  const defaults = await readDefaults(context);
  const words = defaultWords(setting, defaults);
  const unset = kept[setting] === undefined ? `${setting} isn't set.` : `${setting} is no longer set.`;
  context.terminal.report(words === '' ? unset : `${setting}: ${words}`);
  if (setting === 'account' && words !== '') await warnOfUnknown(words, context);
  return { data: defaultsData(defaults), unasked: '' };
}

/** The account may sign in later. */
async function warnOfUnknown(account: string, context: Context): Promise<void> {
  const profiles = await readableProfiles(openSignInStore(context));
  if (isAccountKnown(account, profiles)) return;
  context.terminal.note(`Warning: You aren't signed in as '${account}', so commands fail until you sign in.`);
}

function requireSetting(name: string): keyof Defaults {
  const setting = configurable.find((one) => one === name);
  if (setting !== undefined) return setting;
  throw new UsageError(`Unknown setting: ${name}`, { hint: `Use one of ${configurable.join(', ')}.` });
}

/** The whole file, with what another version of paconn has in it. A damaged one stays: the other defaults would be lost. */
async function storedDefaults(context: Context): Promise<Defaults> {
  try {
    return (await readOwnJson(defaultsPath(context), defaultsSchema.loose())) ?? {};
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    throw new DamagedFileError(error.message, { hint: 'Fix or delete the file. Nothing was changed.', cause: error });
  }
}

function listed(defaults: Defaults): Result {
  const rows = configurable.map((name) => [name, defaultWords(name, defaults)]);
  return { data: defaultsData(defaults), table: { columns: ['Setting', 'Value'], rows } };
}

function shown(name: keyof Defaults, defaults: Defaults): Result {
  const words = defaultWords(name, defaults);
  return {
    data: defaultsData(defaults),
    table: { columns: ['Value'], rows: words === '' ? [] : [[words]] },
    unasked: words,
  };
}

function defaultWords(name: keyof Defaults, defaults: Defaults): string {
  if (name !== 'environment') return defaults[name] ?? '';
  const { environment } = defaults;
  if (!environment) return '';
  return environment.name === null ? environment.id : `${environment.name} (${environment.id})`;
}
