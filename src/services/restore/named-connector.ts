import { type SettingsHere, settingsHere } from '../../check/settings-here.ts';
import type { Context } from '../../context.ts';
import { titleIfReadable } from '../../environment/choose-target-here.ts';
import { UsageError } from '../../errors.ts';
import type { GivenFlags } from '../../settings/settings-file.ts';

/**
 * The settings of a folder or settings file that was named, with the title of its API definition where they have no connector ID:
 * backups of other connectors aren't meant. Raises {@link UsageError} where it has no title either, and `FileError`.
 *
 * @param place As the user typed it.
 */
export async function namingConnector(
  found: SettingsHere,
  place: string,
  flags: GivenFlags,
  here: Context,
): Promise<SettingsHere> {
  if (found.settings.connectorId !== undefined) return found;
  const { settings } = await settingsHere(flags, here, { findsFiles: true, unknownKeys: 'leave' });
  const { apiDefinition } = settings;
  const title = apiDefinition === undefined ? undefined : await titleIfReadable(apiDefinition, here);
  if (title !== undefined) return { ...found, settings: { ...found.settings, connectorId: title } };
  throw new UsageError(`${place} doesn't name a connector.`, {
    hint: 'Pass --connector <connector>, or the whole backup ID. List backups with:\n  paconn restore --list',
  });
}
