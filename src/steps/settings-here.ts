import { join } from 'node:path';
import type { Context } from '../context.ts';
import { isFile } from '../io/files.ts';
import type { Settings } from '../settings/settings.ts';
import { completeSettings, type GivenFlags, givenSettings, settingsFileName } from '../settings/settings-file.ts';

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
  if (named !== undefined) {
    return { settings: completeSettings(await givenSettings(flags, context), named), settingsFile: named };
  }
  const given = Object.entries(await givenSettings(flags, context)).filter(([, value]) => value !== undefined);
  if (!(await isFile(join(context.workingDirectory, settingsFileName)))) {
    return { settings: completeSettings(Object.fromEntries(given)), settingsFile: undefined };
  }
  const inFile = await givenSettings({ settingsFile: settingsFileName }, context);
  const settings = completeSettings({ ...inFile, ...Object.fromEntries(given) }, settingsFileName);
  return { settings, settingsFile: settingsFileName };
}
