import type { Profile } from '../auth/profile.ts';
import type { Context } from '../context.ts';
import { PaconnError } from '../errors.ts';
import { type CloudName, cloudOfUrl } from '../settings/clouds.ts';
import type { WantedProfile } from './choose-profile.ts';
import type { GivenSettings, Settings } from '../settings/settings.ts';
import {
  completeSettings,
  type GivenFlags,
  givenSettings,
  type ReadingOptions,
  type Surroundings,
} from '../settings/settings-file.ts';
import { readDefaults } from '../settings/defaults.ts';
import { readVariables } from '../settings/variables.ts';

/**
 * The settings of a run: from the settings file when one is named, else from the flags, then what the cloud and the
 * Python tool have as defaults. Raises `FileError`, and `UsageError` for a value that cannot be.
 */
export async function resolveSettings(
  flags: GivenFlags,
  context: Context,
  options?: ReadingOptions,
): Promise<Settings> {
  const given = await givenSettings(flags, context, options);
  return completeSettings(given, {
    ...(await surroundingsOf(given, context)),
    source: flags.settingsFile || undefined,
  });
}

/**
 * The cloud to work in: the one that is named, else that of the sign-in that will be used. Where a URL is given that leads
 * to none that we know, the rest is that of the Python tool.
 */
export async function surroundingsOf(given: Partial<GivenSettings>, context: Context): Promise<Surroundings> {
  const named = namedCloud(given, context);
  const { environment, account: defaultAccount, cloud: defaultCloud } = await readDefaults(context);
  const defaults = { defaultEnvironment: environment?.id, defaultAccount };
  if (named !== undefined) return { cloud: named, ...defaults };
  if (given.powerAppsUrl !== undefined) return { cloud: 'public', ...defaults };
  const profile = await rememberedProfile({ account: given.account, defaultAccount }, context);
  if (!profile) return { cloud: defaultCloud ?? 'public', ...defaults };
  const { cloudOfProfile } = await import('./choose-profile.ts');
  const { powerAppsUrl, flowUrl } = profile;
  return { cloud: cloudOfProfile(profile) ?? 'public', powerAppsUrl, flowUrl, ...defaults };
}

/** The cloud that is asked for: by its name, else by the Power Apps URL, else by the environment variable. */
export function namedCloud(given: Partial<GivenSettings>, context: Context): CloudName | undefined {
  return cloudAskedFor(given) ?? readVariables(context.variables).cloud;
}

/** The cloud that options or a settings file name. */
export function cloudAskedFor({ cloud, powerAppsUrl }: Partial<GivenSettings>): CloudName | undefined {
  return cloud ?? (powerAppsUrl === undefined ? undefined : cloudOfUrl(powerAppsUrl));
}

async function rememberedProfile(wanted: WantedProfile, context: Context): Promise<Profile | undefined> {
  // Loaded when it is needed: a run whose settings say all about the cloud needs no sign-in.
  const { chosenProfile } = await import('./sign-in.ts');
  try {
    return await chosenProfile(wanted, context);
  } catch (error) {
    // Code that needs the sign-in reports its problems.
    if (error instanceof PaconnError) return undefined;
    throw error;
  }
}
