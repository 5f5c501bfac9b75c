import { join, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { isFile } from '../io/fs/files.ts';
import { surroundingsOf } from '../remote/resolve-settings.ts';
import type { NamedFiles } from '../settings/files-root.ts';
import { readPortalAddress } from '../settings/portal-address.ts';
import type { GivenSettings, Settings } from '../settings/settings.ts';
import {
  completeSettings,
  type GivenFlags,
  givenSettings,
  type ReadingOptions,
  settingsFileName,
} from '../settings/settings-file.ts';
import { inspectFolder, noteUnnamed, requireClear } from './connector-folder.ts';
import type { NamedRole } from './guess-files.ts';
import { partOfRole } from '../validation/engine/file-roles.ts';
import type { SolutionSource } from './solution-source.ts';
import { pathFromHere } from '../settings/path-from-here.ts';

/** The settings of a connector, and the file they are from. */
export interface SettingsHere {
  readonly settings: Settings;
  /** As the user would write it; undefined where there is none. */
  readonly settingsFile: string | undefined;
  /** The connector of a solution in place of files. */
  readonly solution?: SolutionSource | undefined;
  /** The environment that the connector ID of the settings file is of, where an option names another one. */
  readonly ownEnvironment?: string | undefined;
}

export interface HereOptions extends ReadingOptions {
  /** Whether a settings file that is named replaces the options, as in the Python tool. Otherwise options win. */
  readonly fileReplacesOptions?: boolean;
  /**
   * Whether files that no settings name are looked for by their content: those that can only be one, or all that a command needs,
   * which raises {@link UsageError} where several can be it; before they are sent, what is left out is noted.
   */
  readonly findsFiles?: 'clear' | 'needed' | 'sent';
  /** The connector of a solution to work on in place of files: its settings are in the folder of the solution. */
  readonly solution?: SolutionSource | undefined;
}

/**
 * The settings of the connector in the current folder: of the settings file that is named, else of `settings.json`, with what
 * the options say in place of what it says. Raises as `resolveSettings` does.
 */
export async function settingsHere(
  flags: GivenFlags,
  context: Context,
  { fileReplacesOptions = false, findsFiles, unknownKeys = 'note', solution, ...reading }: HereOptions = {},
): Promise<SettingsHere> {
  const named = flags.settingsFile || undefined;
  const settingsFile = named ?? (await settingsFileIn(solution, context));
  const options = { ...reading, unknownKeys };
  const { given, ownEnvironment } =
    settingsFile === undefined || (named !== undefined && fileReplacesOptions)
      ? { given: await givenSettings(flags, context, options) }
      : await givenOver(settingsFile, flags, context, options);
  // What is named with -s is all there is, and in the commands of the Python tool what its options name.
  const isOpen = named === undefined && !(fileReplacesOptions && namesDefinition(flags));
  const files =
    findsFiles && isOpen && !solution ? await filesHere(given, { findsFiles, fileReplacesOptions }, context) : {};
  // The settings of a solution name one connector; the others are found by their names.
  const isUnclear = solution && !solution.isOnly && flags.connectorId === undefined;
  const all = { ...given, ...files, ...(isUnclear && { connectorId: undefined }) };
  const settings = completeSettings(all, {
    ...(await surroundingsOf(all, context)),
    source: settingsFile && pathFromHere(settingsFile, context),
  });
  return { settings, settingsFile, ownEnvironment, solution };
}

/** Whether options name a part that no connector is without. */
function namesDefinition({ apiDefinition, apiProperties }: NamedFiles): boolean {
  return apiDefinition !== undefined || apiProperties !== undefined;
}

/** The settings file in the current folder, or in that of a solution; a ZIP file has none. */
async function settingsFileIn(
  solution: SolutionSource | undefined,
  { workingDirectory }: Context,
): Promise<string | undefined> {
  if (solution?.isFolder === false) return undefined;
  const path = solution ? join(solution.path, settingsFileName) : settingsFileName;
  return (await isFile(resolve(workingDirectory, path))) ? path : undefined;
}

/** What the options say, and the settings file where they say nothing. */
async function givenOver(
  settingsFile: string,
  { settingsFile: _named, relativeTo, ...flags }: GivenFlags,
  context: Context,
  options: ReadingOptions,
): Promise<{ readonly given: Partial<GivenSettings>; readonly ownEnvironment?: string | undefined }> {
  const given = await givenSettings(flags, context, options);
  const written = Object.entries(given).filter(([, value]) => value !== undefined);
  const ofFile = await givenSettings({ settingsFile, relativeTo }, context, options);
  const { environment, ...others } = ofFile;
  // The address of a connector names its environment, too.
  const isNamed = given.connectorId !== undefined && readPortalAddress(given.connectorId)?.environment !== undefined;
  const isOwn = given.environment === undefined || given.connectorId !== undefined || others.connectorId === undefined;
  const urls = new Set([given.powerAppsUrl, given.flowUrl]);
  const urlsOfFile = others.urlsOfFile?.filter((url) => !urls.has(url));
  return {
    given: { ...others, urlsOfFile, ...(!isNamed && { environment }), ...Object.fromEntries(written) },
    ownEnvironment: isOwn ? undefined : environment,
  };
}

/**
 * The files of the connector in the current folder: those that its settings name, and what they leave open. An icon or a script
 * that isn't named with the other files is none of the connector.
 */
export async function filesHere(
  given: NamedFiles,
  { findsFiles, fileReplacesOptions }: Pick<HereOptions, 'findsFiles' | 'fileReplacesOptions'>,
  { workingDirectory, terminal, folder = '', shared }: Context,
): Promise<NamedFiles> {
  const found = (await inspectFolder('.', workingDirectory))?.connector;
  if (!found) return {};
  const seen = { ...found, folder };
  if (findsFiles === 'sent') noteUnnamed(seen, given, terminal);
  if (findsFiles !== 'clear') {
    // An option names one file of one connector; in the commands of the Python tool it replaces the whole folder.
    requireClear(seen, given, { hasOptions: !fileReplacesOptions && shared === undefined });
  }
  if (given.apiDefinition !== undefined && given.apiProperties !== undefined) return {};
  const own = (role: NamedRole): string | undefined => {
    const part = partOfRole[role];
    return given[part] ?? (found.unclear.some((one) => one.part === part) ? undefined : found.names[role]);
  };
  return {
    apiDefinition: own('definition'),
    apiProperties: own('properties'),
    icon: own('icon'),
    script: own('script'),
  };
}
