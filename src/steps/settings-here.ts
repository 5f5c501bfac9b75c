import { join } from 'node:path';
import type { Context } from '../context.ts';
import { exists } from '../io/files.ts';
import type { GivenSettings } from '../settings/settings.ts';
import { completeSettings, type GivenFlags, givenSettings, settingsFileName } from '../settings/settings-file.ts';
import type { Settings } from '../settings/settings.ts';

/** The settings of a connector, and the file they are from. */
export interface SettingsHere {
  readonly settings: Settings;
  /** As the user would write it; undefined where there is none. */
  readonly settingsFile: string | undefined;
}

/**
 * The settings of the connector in the current directory: of the settings file that is named, else of `settings.json` with
 * what the flags say in place of what it says. Raises as `resolveSettings` does.
 */
export async function settingsHere(flags: GivenFlags, context: Context): Promise<SettingsHere> {
  const named = flags.settingsFile || undefined;
  const usual = (await exists(join(context.workingDirectory, settingsFileName))) ? settingsFileName : undefined;
  const settingsFile = named ?? usual;
  const inFile = settingsFile === undefined ? {} : await givenSettings({ ...only(flags, named), settingsFile }, context);
  const settings = completeSettings(named === undefined ? { ...inFile, ...given(flags) } : inFile, settingsFile);
  return { settings, settingsFile };
}
