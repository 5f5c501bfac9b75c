import { resolve } from 'node:path';
import * as z from 'zod';
import type { Context } from '../context.ts';
import { FileError, UsageError } from '../errors.ts';
import { type NewFile, readText } from '../io/files.ts';
import { JsonDocument } from '../io/json-document.ts';
import { nearestName } from '../nearest-name.ts';
import {
  type GivenSettings,
  givenSettingsSchema,
  type SettingName,
  type Settings,
  settingsSchema,
} from './settings.ts';

/** The name of every settings file that is written. */
export const settingsFileName = 'settings.json';

/** The flags that stand for settings: the way they are written on a command line. */
const settingFlags: Partial<Record<SettingName, string>> = {
  connectorId: '--cid',
  environment: '--env',
  apiProperties: '--api-prop',
  apiDefinition: '--api-def',
  icon: '--icon',
  script: '--script',
  powerAppsUrl: '--pau',
  powerAppsApiVersion: '--pav',
  clientId: '--clid',
  tenant: '--tenant',
  authorityUrl: '--authority_url',
  resource: '--resource',
};

export type GivenFlags = Partial<GivenSettings> & { readonly settingsFile?: string | undefined };

/**
 * The settings of a run: from the settings file when one is named, else from the flags, then defaults. A file replaces
 * all flags, as in paconn; those not used are named, so that nobody works on the wrong environment unawares.
 */
export async function resolveSettings(flags: GivenFlags, context: Context): Promise<Settings> {
  return completeSettings(await givenSettings(flags, context), flags.settingsFile || undefined);
}

interface ReadingOptions {
  /** A check of the file says more about them. */
  readonly unknownKeys?: 'note' | 'leave';
}

/** What flags or settings file give, without defaults. */
export async function givenSettings(
  flags: GivenFlags,
  context: Context,
  { unknownKeys = 'note' }: ReadingOptions = {},
): Promise<Partial<GivenSettings>> {
  const { settingsFile: path, ...given } = flags;
  // As in paconn an empty name is none.
  if (!path) return given;
  const ignored = Object.entries(settingFlags).flatMap(([name, flag]) => (isGiven(given, name) ? flag : []));
  if (ignored.length > 0) {
    context.terminal.note(
      `Not used, because ${path} replaces ${ignored.length > 1 ? 'them' : 'it'}: ${ignored.join(', ')}`,
    );
  }
  return await readSettingsFile(path, context, unknownKeys);
}

function isGiven(given: Readonly<Record<string, unknown>>, name: string): boolean {
  return given[name] !== undefined;
}

async function readSettingsFile(
  path: string,
  { terminal, workingDirectory }: Context,
  unknownKeys: ReadingOptions['unknownKeys'],
): Promise<GivenSettings> {
  const text = await readText(resolve(workingDirectory, path), path);
  const { value } = JsonDocument.parse(text, z.looseObject({}), path);
  const known = [...Object.keys(givenSettingsSchema.shape), '$schema', 'paconn'];
  const unknown = unknownKeys === 'note' ? Object.keys(value).filter((name) => !known.includes(name)) : [];
  for (const key of unknown) {
    const nearest = nearestName(key, known);
    const guess = nearest === undefined ? '.' : `; did you mean '${nearest}'?`;
    terminal.note(`${path}: unknown key '${key}' is ignored${guess}`);
  }
  const { success, data, error } = givenSettingsSchema.safeParse(value);
  if (!success) throw new FileError(`${path} is not as expected:\n${z.prettifyError(error)}`);
  return data;
}

/** Fills in the defaults. Raises {@link UsageError} for a value that cannot be. */
export function completeSettings(given: Partial<GivenSettings>, source = 'The command line'): Settings {
  const { success, data, error } = settingsSchema.safeParse(given);
  if (!success) throw new UsageError(`${source} has a value that cannot be used:\n${z.prettifyError(error)}`);
  return data;
}

/** What a settings file says about a connector. */
export interface SavedSettings {
  readonly connectorId: string;
  readonly environment: string;
  readonly apiProperties: string;
  readonly apiDefinition: string;
  readonly icon: string | undefined;
  readonly script: string | undefined;
  readonly powerAppsUrl: string;
  readonly powerAppsApiVersion: string;
}

/** The settings file of a connector, as paconn writes it: sign-in and flow settings are never in it. */
export function settingsFile(directory: string, saved: SavedSettings): NewFile {
  const { connectorId, environment, apiProperties, apiDefinition, icon, powerAppsUrl, powerAppsApiVersion, script } =
    saved;
  const content = {
    connectorId,
    environment,
    apiProperties,
    apiDefinition,
    icon: icon ?? null,
    powerAppsUrl,
    powerAppsApiVersion,
    ...(script !== undefined && { script }),
  };
  return { path: resolve(directory, settingsFileName), content: JSON.stringify(content, null, 2) };
}
