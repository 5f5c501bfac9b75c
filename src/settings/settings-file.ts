import nodePath, { dirname, type PlatformPath, resolve } from 'node:path';
import * as z from 'zod';
import type { Context } from '../context.ts';
import { shownName } from '../connector/secret-stretches.ts';
import { FileError, UsageError } from '../errors.ts';
import { isFile } from '../io/fs/files.ts';
import { leadsInto } from '../io/fs/inside.ts';
import { readText } from '../io/fs/read-file.ts';
import { pathWord } from '../io/terminal/command-word.ts';
import type { NewFile } from '../io/fs/replace-files.ts';
import { JsonDocument } from '../json/document.ts';
import { mismatch } from '../json/mismatch.ts';
import { isText } from '../json/value.ts';
import { nearestName } from '../nearest-name.ts';
import { type CloudName, clouds } from './clouds.ts';
import { fileKeys, locateFiles } from './files-root.ts';
import { pathFromHere } from './path-from-here.ts';
import { settingsPath } from './settings-path.ts';
import {
  type GivenSettings,
  ownSettingNames,
  ownSettingsSchema,
  type PathsOrigin,
  type SettingName,
  type Settings,
  settingsFileSchema,
  settingsSchema,
} from './settings.ts';

/** The name of every settings file that is written. */
export const settingsFileName = 'settings.json';

/** The flags that stand for settings: the way they are written on a command line. */
const settingFlags: Partial<Record<SettingName, string>> = {
  connectorId: '--connector',
  environment: '--environment',
  apiProperties: '--api-properties',
  apiDefinition: '--api-definition',
  icon: '--icon',
  script: '--script',
  powerAppsUrl: '--power-apps-url',
  powerAppsApiVersion: '--power-apps-api-version',
  clientId: '--client-id',
  tenant: '--tenant',
  authorityUrl: '--authority-url',
  resource: '--resource',
  cloud: '--cloud',
};

export type GivenFlags = Partial<GivenSettings> & {
  readonly settingsFile?: string | undefined;
  /** What relative paths in the settings file start from. */
  readonly relativeTo?: PathsOrigin | undefined;
};

export interface ReadingOptions {
  /** A check of the file reports more about them. */
  readonly unknownKeys?: 'note' | 'leave';
  /**
   * For a command that works with the files that are named: they are looked for in the current folder and in that of the
   * settings file. What is done where both have them, and they differ.
   */
  readonly ifUnclear?: 'stop' | 'warn';
}

/**
 * What is given, without defaults: by the settings file when one is named, else by the flags. A file replaces all
 * flags, as in the Python tool; those not used are named, so that no one silently works in the wrong environment.
 */
export async function givenSettings(
  flags: GivenFlags,
  context: Context,
  options: ReadingOptions = {},
): Promise<Partial<GivenSettings>> {
  const { settingsFile: path, relativeTo, ...given } = flags;
  // As in the Python tool, an empty name counts as missing.
  if (!path) return given;
  const ofFile = await readSettingsFile(path, relativeTo, options, context);
  warnOfIgnored(given, ofFile, path, context);
  return { ...ofFile, account: given.account };
}

/** Names the options that a settings file replaces, and the values of those that have another one in it. */
function warnOfIgnored(
  given: Readonly<Record<string, unknown>>,
  ofFile: Readonly<Record<string, unknown>>,
  path: string,
  { terminal, workingDirectory }: Context,
): void {
  const ignored = Object.entries(settingFlags).filter(([name]) => given[name] !== undefined);
  if (ignored.length === 0) return;
  const comparable = (name: string, value: string): string =>
    fileKeys.some((key) => key === name) ? resolve(workingDirectory, value) : value;
  const others = ignored.flatMap(([name]) => {
    const [own, other] = [given[name], ofFile[name]];
    if (!isText(own) || !isText(other) || comparable(name, own) === comparable(name, other)) return [];
    return [` Its ${name} is '${other}', not '${own}'.`];
  });
  const flags = ignored.map(([, flag]) => flag).join(', ');
  const are = ignored.length > 1 ? 'are' : 'is';
  terminal.note(`Warning: ${flags} ${are} ignored because ${path} is used (-s).${others.join('')}`);
}

/** The names that aren't known, each with the end of a sentence about it. */
function unknownNames(value: object, known: readonly string[], prefix = ''): readonly string[] {
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      return `'${prefix}${shownName(name)}' is ignored${nearest === undefined ? '.' : `; did you mean '${nearest}'?`}`;
    });
}

async function readSettingsFile(
  path: string,
  relativeTo: PathsOrigin | undefined,
  { unknownKeys = 'note', ifUnclear }: ReadingOptions,
  context: Context,
): Promise<Partial<GivenSettings>> {
  const { terminal, workingDirectory } = context;
  const shown = pathFromHere(path, context);
  const text = await readSettingsText(path, shown, workingDirectory);
  const { value } = JsonDocument.parse(text, z.looseObject({}), shown);
  const known = [...Object.keys(settingsFileSchema.shape), '$schema', 'paconn'];
  requireSettings(value, known, shown);
  // What else is wrong with the member is for a check of the file to say.
  const own = z.looseObject({}).safeParse(value['paconn']).data ?? {};
  const unknown =
    unknownKeys === 'note' ? [...unknownNames(value, known), ...unknownNames(own, ownSettingNames, 'paconn.')] : [];
  const isShown = unknown.length === 0 || !(await isLinkToElsewhere(resolve(workingDirectory, path)));
  if (!isShown) {
    terminal.note(`Warning: ${shown} is a link to another folder. Unknown keys in it are ignored.`);
  }
  for (const words of isShown ? unknown : []) terminal.note(`Warning: ${shown}: unknown key ${words}`);
  const { success, data, error } = fileSchema.safeParse({ ...value, paconn: own });
  if (!success) throw new FileError(`${shown}: ${mismatch(error, value)}.`, { cause: error });
  const { paconn, ...named } = data;
  const urlsOfFile = [named.powerAppsUrl, named.flowUrl].filter((url) => url !== undefined);
  const settings = { ...named, ...(urlsOfFile.length > 0 && { urlsOfFile }) };
  const cloud = paconn.cloud ?? undefined;
  if (ifUnclear !== undefined) {
    const root = { settingsFile: path, relativeTo: relativeTo ?? paconn.relativeTo ?? undefined, ifUnclear };
    const { files, filesFolder } = await locateFiles(settings, root, context);
    const folder = dirname(path);
    const settingsFolder = folder === '.' ? undefined : folder;
    return { ...settings, ...files, filesFolder: filesFolder || undefined, settingsFolder, cloud };
  }
  const paths = await Promise.all(
    fileKeys.map(async (key) => {
      const written = settings[key];
      return [key, written === undefined ? undefined : await settingsPath(written, workingDirectory)] as const;
    }),
  );
  return { ...settings, ...Object.fromEntries(paths), cloud };
}

/** What other files of a connector have at their root. */
const otherFiles = [
  ['swagger', 'an API definition'],
  ['openapi', 'an API definition'],
  ['properties', 'a file with API properties'],
] as const;

/** Raises {@link UsageError} for another file of a connector: its folder is meant. */
function requireSettings(value: object, known: readonly string[], path: string): void {
  if (known.some((name) => Object.hasOwn(value, name))) return;
  const [, kind] = otherFiles.find(([name]) => Object.hasOwn(value, name)) ?? [];
  if (kind === undefined) return;
  const folder = dirname(path);
  throw new UsageError(`${path} is ${kind}, not a settings file.`, {
    hint: `To work on the connector in its folder, pass the folder instead of --settings: ${pathWord(folder)}`,
  });
}

/** Whether it can be another program's file that a link in someone else's repository leads to: nothing of it is shown. */
async function isLinkToElsewhere(path: string): Promise<boolean> {
  return (await isFile(path)) && !(await leadsInto([dirname(path)], path));
}

/** The Python tool abbreviates `--settings` to `--set`, so that commands without an option of that name do so, too. */
async function readSettingsText(path: string, shown: string, workingDirectory: string): Promise<string> {
  try {
    return await readText(resolve(workingDirectory, path), shown);
  } catch (error) {
    if (!(error instanceof FileError) || !/^\/?[^=]*=/u.test(path)) throw error;
    throw new FileError(error.message, {
      cause: error,
      hint: 'In this command, --set is short for --settings. To set a value, use: paconn deploy --set <pointer>=<value>',
    });
  }
}

const fileSchema = settingsFileSchema.extend({ paconn: ownSettingsSchema });

/** The default URLs of services. */
export interface Surroundings {
  /** The cloud with the default URLs and resource. */
  readonly cloud: CloudName;
  /** In place of those of the cloud. */
  readonly powerAppsUrl?: string | undefined;
  readonly flowUrl?: string | undefined;
  /** Where nothing else is said. */
  readonly defaultEnvironment?: string | undefined;
  readonly defaultAccount?: string | undefined;
}

export interface CompletingOptions extends Surroundings {
  /** The file that gives the settings; the command line where none is said. */
  readonly source?: string | undefined;
}

/** Fills in the defaults. Raises {@link UsageError} for a value that cannot be. */
export function completeSettings(
  given: Partial<GivenSettings>,
  { cloud, source, ...remembered }: CompletingOptions,
): Settings {
  const { authorityUrl, powerAppsUrl, flowUrl, resource } = clouds[cloud];
  const settings = {
    ...given,
    cloud,
    authorityUrl: given.authorityUrl ?? authorityUrl,
    powerAppsUrl: given.powerAppsUrl ?? remembered.powerAppsUrl ?? powerAppsUrl,
    flowUrl: given.flowUrl ?? remembered.flowUrl ?? flowUrl,
    resource: given.resource ?? resource,
    defaultEnvironment: remembered.defaultEnvironment,
    defaultAccount: remembered.defaultAccount,
  };
  const { success, data, error } = settingsSchema.safeParse(settings);
  if (success) return data;
  const why = source === undefined ? mismatch(error, settings, optionName) : `${source}: ${mismatch(error, settings)}`;
  throw new UsageError(`${why}.`, { cause: error });
}

function optionName([name]: readonly PropertyKey[]): string {
  return Object.entries(settingFlags).find(([setting]) => setting === name)?.[1] ?? String(name);
}

/** The values about a connector in a settings file. */
export interface SavedSettings {
  readonly connectorId: string;
  readonly environment: string;
  readonly apiProperties: string | undefined;
  readonly apiDefinition: string | undefined;
  readonly icon: string | undefined;
  readonly script: string | undefined;
  readonly powerAppsUrl: string;
  readonly powerAppsApiVersion: string;
}

/** The settings file of a connector, as the Python tool writes it: sign-in and flow settings are never in it. */
export function settingsFile(directory: string, saved: SavedSettings): NewFile {
  const { connectorId, environment, apiProperties, apiDefinition, icon, powerAppsUrl, powerAppsApiVersion, script } =
    saved;
  const content = {
    connectorId,
    environment,
    ...(apiProperties !== undefined && { apiProperties: portable(apiProperties) }),
    ...(apiDefinition !== undefined && { apiDefinition: portable(apiDefinition) }),
    icon: icon === undefined ? null : portable(icon),
    powerAppsUrl,
    powerAppsApiVersion,
    ...(script !== undefined && { script: portable(script) }),
  };
  return { path: resolve(directory, settingsFileName), content: JSON.stringify(content, null, 2) };
}

/** A path for a settings file: with slashes, which every system takes, since the file goes on with others. */
export function portable(path: string, system: PlatformPath = nodePath): string {
  return path.split(system.sep).join('/');
}
