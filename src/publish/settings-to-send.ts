import type { Context } from '../context.ts';
import { resolveSettings } from '../remote/resolve-settings.ts';
import type { GivenFlags } from '../settings/settings-file.ts';
import { type HereOptions, type SettingsHere, settingsHere } from '../check/settings-here.ts';

/**
 * The settings for sending what options, a settings file or the current folder name. As in the Python tool a settings file that
 * is named replaces the options of its commands, and files that options name are all there is: `settings.json` isn't read then.
 */
export async function settingsToSend(
  flags: GivenFlags,
  context: Context,
  { fileReplacesOptions = true, solution }: Pick<HereOptions, 'fileReplacesOptions' | 'solution'> = {},
): Promise<SettingsHere> {
  const ifUnclear = 'stop';
  const isOptions = flags.apiDefinition !== undefined || flags.apiProperties !== undefined;
  if (isOptions && !flags.settingsFile) {
    return { settings: await resolveSettings(flags, context, { ifUnclear }), settingsFile: undefined };
  }
  return await settingsHere(flags, context, { ifUnclear, fileReplacesOptions, findsFiles: true, solution });
}
