import type { Context } from '../context.ts';
import { portable } from '../settings/settings-file.ts';
import { sameTargetError } from './claimed-connectors.ts';
import { settingsInFolder } from './environments-of-folders.ts';

/**
 * Raises {@link UsageError} before anything is sent where the settings of two folders name one connector of one environment. In
 * another environment than theirs, which an option names, their IDs don't count.
 */
export async function requireDistinctTargets(
  folders: readonly string[],
  environment: string | undefined,
  context: Context,
): Promise<void> {
  const all = await Promise.all(
    folders.map(async (folder) => ({ folder, settings: await settingsInFolder(folder, context) })),
  );
  const places = new Map<string, string>();
  for (const { folder, settings } of all) {
    if (settings?.connectorId === undefined) continue;
    const { connectorId, environment: written, defaultEnvironment } = settings;
    const own = written?.toLowerCase();
    if (environment !== undefined && environment.toLowerCase() !== own) continue;
    const key = JSON.stringify([own ?? defaultEnvironment, connectorId.toLowerCase()]);
    const other = places.get(key);
    if (other !== undefined) throw sameTargetError(other, portable(folder), connectorId);
    places.set(key, portable(folder));
  }
}
