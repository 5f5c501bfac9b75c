import type { Context } from '../context.ts';
import { resolveSettings } from '../remote/resolve-settings.ts';
import type { GivenFlags } from '../settings/settings-file.ts';
import { type HereOptions, namesDefinition, type SettingsHere, settingsHere } from '../check/settings-here.ts';

/**
 * The settings for sending what options, a settings file or the current folder name. In the commands of the Python tool a
 * settings file that is named replaces the options, and files that options name are all there is: `settings.json` isn't read then.
 * In others that holds where they name a whole connector, which may be another one than that of the folder.
 */
export async function settingsToSend(
  flags: GivenFlags,
  context: Context,
  { fileReplacesOptions = true, solution }: Pick<HereOptions, 'fileReplacesOptions' | 'solution'> = {},
): Promise<SettingsHere> {
  const ifUnclear = 'stop';
  const isWhole = flags.apiDefinition !== undefined && flags.apiProperties !== undefined;
  if ((isWhole || (fileReplacesOptions && namesDefinition(flags))) && !flags.settingsFile) {
    return { settings: await resolveSettings(flags, context, { ifUnclear }), settingsFile: undefined };
  }
  return await settingsHere(flags, context, { ifUnclear, fileReplacesOptions, findsFiles: true, solution });
}
