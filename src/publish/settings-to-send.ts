import { resolve } from 'node:path';
import { inspectFolder } from '../check/connector-folder.ts';
import { type HereOptions, type SettingsHere, settingsHere } from '../check/settings-here.ts';
import type { Context } from '../context.ts';
import { titleIfReadable } from '../environment/choose-target-here.ts';
import { pathWord } from '../io/terminal/command-word.ts';
import { isFile } from '../io/fs/files.ts';
import { resolveSettings } from '../remote/resolve-settings.ts';
import { type GivenFlags, settingsFileName } from '../settings/settings-file.ts';
import { pathFromHere } from '../settings/path-from-here.ts';

/**
 * The settings for sending what options, a settings file or the current folder name. In the commands of the Python tool a
 * settings file that is named replaces the options, and a whole connector that options name is all there is: `settings.json` isn't
 * read then. In others that holds where it isn't the one of the folder.
 */
export async function settingsToSend(
  flags: GivenFlags,
  context: Context,
  { fileReplacesOptions = true, solution }: Pick<HereOptions, 'fileReplacesOptions' | 'solution'> = {},
): Promise<SettingsHere> {
  const ifUnclear = 'stop';
  const areAll = fileReplacesOptions ? nameBoth(flags) : await nameAnotherConnector(flags, context);
  if (areAll && !flags.settingsFile) {
    return { settings: await resolveSettings(flags, context, { ifUnclear }), settingsFile: undefined };
  }
  return await settingsHere(flags, context, { ifUnclear, fileReplacesOptions, findsFiles: true, solution });
}

/** Whether options name the parts that the Python tool demands: its scripts expect that nothing else is read then. */
function nameBoth({ apiDefinition, apiProperties }: GivenFlags): boolean {
  return apiDefinition !== undefined && apiProperties !== undefined;
}

/**
 * Whether options name a whole connector that isn't the one of the current folder, whose settings would send it over that one: its API
 * definition is another file, and has another title. A pipe is read once, and so it isn't compared.
 */
async function nameAnotherConnector(
  { apiDefinition, apiProperties, settingsFile }: GivenFlags,
  context: Context,
): Promise<boolean> {
  if (apiDefinition === undefined || apiProperties === undefined || settingsFile) return false;
  const { workingDirectory, terminal } = context;
  if (!(await isFile(resolve(workingDirectory, settingsFileName)))) return true;
  const own = (await inspectFolder('.', workingDirectory))?.connector?.names.definition;
  if (own !== undefined && (await describeTheSame(own, apiDefinition, context))) return false;
  const path = pathFromHere(settingsFileName, context);
  terminal.note(
    `Note: ${path} isn't used. --api-definition and --api-properties don't name the files of its connector. To update that connector with these files, add --settings ${pathWord(path)}.`,
  );
  return true;
}

async function describeTheSame(own: string, other: string, context: Context): Promise<boolean> {
  const { workingDirectory } = context;
  if (resolve(workingDirectory, own) === resolve(workingDirectory, other)) return true;
  if (!(await isFile(resolve(workingDirectory, other)))) return false;
  const title = await titleIfReadable(own, context);
  return title !== undefined && title === (await titleIfReadable(other, context));
}
