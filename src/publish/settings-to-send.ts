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

/** The settings, and the file in the current folder that isn't used, as the user would write it. */
export interface SettingsToSend extends SettingsHere {
  readonly unusedFile?: string | undefined;
}

/**
 * The settings for sending what options, a settings file or the current folder name. In the commands of the Python tool a
 * settings file that is named replaces the options, and a whole connector that options name is all there is: `settings.json` isn't
 * read then. In others that holds where it isn't the one of the folder.
 */
export async function settingsToSend(
  flags: GivenFlags,
  context: Context,
  { fileReplacesOptions = true, solution }: Pick<HereOptions, 'fileReplacesOptions' | 'solution'> = {},
): Promise<SettingsToSend> {
  const ifUnclear = 'stop';
  const { apiDefinition, apiProperties, settingsFile } = flags;
  if (apiDefinition !== undefined && apiProperties !== undefined && !settingsFile) {
    const hasSettings = await isFile(resolve(context.workingDirectory, settingsFileName));
    const unusedFile =
      hasSettings && !fileReplacesOptions ? await settingsOfAnother(apiDefinition, context) : undefined;
    // The scripts of the Python tool expect that nothing else is read then.
    if (fileReplacesOptions || !hasSettings || unusedFile !== undefined) {
      return { settings: await resolveSettings(flags, context, { ifUnclear }), settingsFile: undefined, unusedFile };
    }
  }
  return await settingsHere(flags, context, { ifUnclear, fileReplacesOptions, findsFiles: 'sent', solution });
}

/**
 * The settings file of the current folder, if an API definition isn't the one of its connector, which it would be sent over: it is
 * another file, and has another title. A pipe is read once, and so it isn't compared.
 */
async function settingsOfAnother(apiDefinition: string, context: Context): Promise<string | undefined> {
  const { workingDirectory, terminal } = context;
  const found = (await inspectFolder('.', workingDirectory))?.connector;
  const several = found?.unclear.find(({ part }) => part === 'apiDefinition')?.names;
  for (const own of several ?? [found?.names.definition]) {
    if (own !== undefined && (await describeTheSame(own, apiDefinition, context))) return undefined;
  }
  const path = pathFromHere(settingsFileName, context);
  terminal.note(
    `Note: ${path} isn't used. --api-definition and --api-properties don't name the files of its connector. To update that connector with these files, add --settings ${pathWord(path)}.`,
  );
  return path;
}

async function describeTheSame(own: string, other: string, context: Context): Promise<boolean> {
  const { workingDirectory } = context;
  if (resolve(workingDirectory, own) === resolve(workingDirectory, other)) return true;
  if (!(await isFile(resolve(workingDirectory, other)))) return false;
  const title = await titleIfReadable(own, context);
  return title !== undefined && title === (await titleIfReadable(other, context));
}
