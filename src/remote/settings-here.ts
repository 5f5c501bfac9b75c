import { join } from 'node:path';
import type { Context } from '../context.ts';
import { isFile } from '../io/fs/files.ts';
import type { GivenSettings, Settings } from '../settings/settings.ts';
import {
  completeSettings,
  type GivenFlags,
  givenSettings,
  type ReadingOptions,
  settingsFileName,
} from '../settings/settings-file.ts';
import { readPortalAddress } from '../settings/portal-address.ts';
import { surroundingsOf } from './resolve-settings.ts';

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
export async function settingsHere(
  flags: GivenFlags,
  context: Context,
  options?: ReadingOptions,
): Promise<SettingsHere> {
  const named = flags.settingsFile || undefined;
  const settingsFile = named ?? ((await hasSettingsFile(context)) ? settingsFileName : undefined);
  const given = await givenHere(flags, named, context, { ...options, settingsFile });
  const settings = completeSettings(given, { ...(await surroundingsOf(given, context)), source: settingsFile });
  return { settings, settingsFile };
}

async function hasSettingsFile({ workingDirectory }: Context): Promise<boolean> {
  return await isFile(join(workingDirectory, settingsFileName));
}

async function givenHere(
  flags: GivenFlags,
  named: string | undefined,
  context: Context,
  { settingsFile, unknownKeys = 'note', ...options }: ReadingOptions & Pick<SettingsHere, 'settingsFile'>,
): Promise<Partial<GivenSettings>> {
  const given = await givenSettings(flags, context, { ...options, unknownKeys });
  if (named !== undefined || settingsFile === undefined) return given;
  const written = Object.entries(given).filter(([, value]) => value !== undefined);
  const { environment, ...others } = await givenSettings({ settingsFile }, context, { unknownKeys });
  // The address of a connector names its environment, too.
  const isNamed = given.connectorId !== undefined && readPortalAddress(given.connectorId)?.environment !== undefined;
  const urls = new Set([given.powerAppsUrl, given.flowUrl]);
  const urlsOfFile = others.urlsOfFile?.filter((url) => !urls.has(url));
  return { ...others, urlsOfFile, ...(!isNamed && { environment }), ...Object.fromEntries(written) };
}
