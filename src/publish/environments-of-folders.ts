import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { knownEnvironment } from '../environment/environment-name.ts';
import { PaconnError } from '../errors.ts';
import { settingsHere } from '../check/settings-here.ts';
import type { Settings } from '../settings/settings.ts';

/** The environments that an option, or else the settings in folders name, by folder; none where nothing names one. */
export async function environmentsOfFolders(
  folders: readonly string[],
  named: string | undefined,
  context: Context,
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const environment = named ?? (await environmentIn(folder, context));
      const name = environment && ((await knownEnvironment(environment, context)).name ?? environment);
      return name ? ([[folder, name]] as const) : [];
    }),
  );
  return new Map(found.flat());
}

async function environmentIn(folder: string, context: Context): Promise<string | undefined> {
  const settings = await settingsInFolder(folder, context);
  return settings?.environment ?? settings?.defaultEnvironment;
}

/** The settings of a folder; undefined where they can't be read: the work in the folder reports what is wrong with them. */
export async function settingsInFolder(folder: string, context: Context): Promise<Settings | undefined> {
  try {
    const here = { ...context, workingDirectory: resolve(context.workingDirectory, folder) };
    return (await settingsHere({}, here, { unknownKeys: 'leave' })).settings;
  } catch (error) {
    if (error instanceof PaconnError) return undefined;
    throw error;
  }
}
