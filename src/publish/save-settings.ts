import { resolve } from 'node:path';
import * as z from 'zod';
import type { Target } from '../api/remote.ts';
import type { Context } from '../context.ts';
import { ConflictError, PaconnError } from '../errors.ts';
import { isFile, requireWritable, writeFiles } from '../io/fs/files.ts';
import { readBytes } from '../io/fs/read-file.ts';
import { type NewFile, requireKnown } from '../io/fs/replace-files.ts';
import { decodeText } from '../json/decode.ts';
import { indented, JsonDocument, toJson } from '../json/document.ts';
import { fileKeys } from '../settings/files-root.ts';
import { settingsFile as newSettingsFile, settingsFileName } from '../settings/settings-file.ts';
import type { Settings } from '../settings/settings.ts';
import { isPassingPath } from '../io/fs/passing-path.ts';

/** About how many bytes settings have, and then some for the base. */
const trialSize = 64 * 1024;

/** What `settings.json` has, to replace nothing else later; null where there is none. Raises `FileError`. */
export async function settingsBefore(directory: string): Promise<Uint8Array | null> {
  const path = resolve(directory, settingsFileName);
  return (await isFile(path)) ? await readBytes(path, settingsFileName) : null;
}

/**
 * Raises {@link PaconnError} when the ID of a new connector could not be kept in a settings file: asked before anything is created,
 * for a connector whose ID is lost is soon made twice.
 *
 * @param known What is in a file that is to be replaced; without it, an ID is written into what is there.
 */
export async function requireIdCanBeSaved(
  settingsFile: string,
  directory: string,
  known?: Uint8Array | null,
): Promise<void> {
  const path = resolve(directory, settingsFile);
  const words = `The ID of the connector couldn't be saved in ${settingsFile}. Nothing was created.`;
  try {
    await requireKnown([{ path, known }]);
    await requireWritable(path, trialSize);
  } catch (error) {
    if (!(error instanceof PaconnError)) throw error;
    const options = { detail: error.message, hint: error.hint, cause: error };
    throw error instanceof ConflictError ? new ConflictError(words, options) : new PaconnError(words, options);
  }
}

/**
 * Writes the settings of a connector that was just created into `settings.json`. Raises {@link PaconnError}.
 *
 * @param known What is in it before.
 */
export async function saveNewSettings(
  target: Target,
  settings: Settings,
  directory: string,
  known: Uint8Array | null,
): Promise<void> {
  const { powerAppsUrl, powerAppsApiVersion } = settings;
  const [apiProperties, apiDefinition, icon, script] = await Promise.all(
    fileKeys.map(async (key) => await lastingPath(settings[key], directory)),
  );
  const named = { apiProperties, apiDefinition, icon, script, powerAppsUrl, powerAppsApiVersion };
  const file = { ...newSettingsFile(directory, { ...target, ...named }), known };
  await orReportId(target, settingsFileName, writeFiles([file]));
}

/** The path of a file, for the next run; undefined for a pipe such as `/dev/fd/63`, and for what comes from the standard input. */
async function lastingPath(path: string | undefined, directory: string): Promise<string | undefined> {
  if (path === undefined || isPassingPath(path)) return undefined;
  return (await isFile(resolve(directory, path))) ? path : undefined;
}

/** Writes where a connector is that was just created into the settings file it was made by. Raises {@link PaconnError}. */
export async function saveTarget(target: Target, settingsFile: string, directory: string): Promise<void> {
  await orReportId(target, settingsFile, writeTarget(target, resolve(directory, settingsFile), settingsFile));
}

/** Writes where a connector is that was found by its name. Where that cannot be, it will be found again. */
export async function rememberTarget(target: Target, settingsFile: string, context: Context): Promise<void> {
  const { workingDirectory, terminal } = context;
  try {
    await writeTarget(target, resolve(workingDirectory, settingsFile), settingsFile);
  } catch (error) {
    if (!(error instanceof PaconnError)) throw error;
    terminal.note(
      `Warning: The connector was found by its name, but its ID wasn't saved in ${settingsFile}. ${error.message}`,
    );
    return;
  }
  terminal.note(`Note: The connector was found by its name. Its ID is now in ${settingsFile}.`);
}

async function writeTarget({ connectorId, environment }: Target, path: string, shown: string): Promise<void> {
  const known = await readBytes(path, shown);
  const document = JsonDocument.parse(decodeText(known, shown), z.looseObject({}), shown);
  const saved = document.withMembers([], { connectorId: toJson(connectorId), environment: toJson(environment) });
  // Where nothing but values changed, what is around them stays.
  const isLaidOut = ['connectorId', 'environment'].every((name) => name in document.value);
  const file: NewFile = { path, content: isLaidOut ? saved.text : `${indented(saved)}\n`, known };
  await writeFiles([file]);
}

async function orReportId({ connectorId }: Target, file: string, saving: Promise<void>): Promise<void> {
  try {
    await saving;
  } catch (error) {
    throw new PaconnError(`The connector ${connectorId} was created, but its ID couldn't be saved in ${file}.`, {
      detail: error instanceof PaconnError ? error.message : undefined,
      hint: 'Write the ID into the settings file as "connectorId".',
      cause: error,
    });
  }
}
