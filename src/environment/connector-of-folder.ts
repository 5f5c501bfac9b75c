import { type SettingsHere, settingsHere } from '../check/settings-here.ts';
import type { Context } from '../context.ts';
import type { GivenFlags } from '../settings/settings-file.ts';
import { titleIfReadable } from './choose-target-here.ts';

/**
 * The connector that options or the settings of a folder name, else the title of the API definition in it; undefined where neither
 * names one. Raises `FileError`.
 */
export async function connectorOfFolder(
  { settings: { connectorId } }: SettingsHere,
  flags: GivenFlags,
  here: Context,
): Promise<string | undefined> {
  if (connectorId !== undefined) return connectorId;
  const { settings } = await settingsHere(flags, here, { findsFiles: 'clear', unknownKeys: 'leave' });
  return settings.apiDefinition === undefined ? undefined : await titleIfReadable(settings.apiDefinition, here);
}
