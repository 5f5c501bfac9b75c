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

/** A settings file, and the connector and environment in it at the start of a run. */
export interface NamedTarget {
  readonly settingsFile: string;
  readonly written: Readonly<Partial<Record<keyof Target, unknown>>>;
}

/** What a settings file says at the start of a run, to replace nothing else in the end. Raises `FileError`. */
export async function namedTarget(settingsFile: string, directory: string): Promise<NamedTarget> {
  const path = resolve(directory, settingsFile);
  // A pipe can't be read twice.
  if (isPassingPath(settingsFile) || !(await isFile(path))) return { settingsFile, written: {} };
  return { settingsFile, written: (await readTarget(path, settingsFile)).document.value };
}

/** Writes where a connector is that was just created into the settings file it was made by. Raises {@link PaconnError}. */
export async function saveTarget(target: Target, named: NamedTarget, directory: string): Promise<void> {
  await orReportId(target, named.settingsFile, writeTarget(target, named, directory));
}

/** Writes where a connector is that was found by its name. Where that can't be, it is said. */
export async function rememberTarget(target: Target, named: NamedTarget, context: Context): Promise<void> {
  const { workingDirectory, terminal } = context;
  const { settingsFile } = named;
  try {
    await writeTarget(target, named, workingDirectory);
  } catch (error) {
    if (!(error instanceof PaconnError)) throw error;
    terminal.note(
      `Warning: The connector was found by its name, but its ID wasn't saved in ${settingsFile}. ${error.message}`,
    );
    return;
  }
  terminal.note(`Note: The connector was found by its name. Its ID is now in ${settingsFile}.`);
}

const targetKeys = ['connectorId', 'environment'] as const;

const targetSchema = z.looseObject({ connectorId: z.unknown().optional(), environment: z.unknown().optional() });

async function readTarget(
  path: string,
  shown: string,
): Promise<{ known: Uint8Array; document: JsonDocument<z.infer<typeof targetSchema>> }> {
  const known = await readBytes(path, shown);
  return { known, document: JsonDocument.parse(decodeText(known, shown), targetSchema, shown) };
}

/** Raises `ConflictError` where somebody has saved another connector or environment since the start of the run. */
async function writeTarget(target: Target, { settingsFile, written }: NamedTarget, directory: string): Promise<void> {
  const { connectorId, environment } = target;
  const path = resolve(directory, settingsFile);
  const { known, document } = await readTarget(path, settingsFile);
  // Another run may have saved the same.
  const changed = targetKeys.find((key) => ![written[key], target[key]].includes(document.value[key]));
  if (changed !== undefined) {
    throw new ConflictError(`"${changed}" in ${settingsFile} was changed while paconn was working.`);
  }
  const saved = document.withMembers([], { connectorId: toJson(connectorId), environment: toJson(environment) });
  // Where nothing but values changed, what is around them stays.
  const isLaidOut = targetKeys.every((name) => name in document.value);
  const file: NewFile = { path, content: isLaidOut ? saved.text : `${indented(saved)}\n`, known };
  await writeFiles([file]);
}

async function orReportId({ connectorId }: Target, file: string, saving: Promise<void>): Promise<void> {
  try {
    await saving;
  } catch (error) {
    const words = `The connector ${connectorId} was created, but its ID couldn't be saved in ${file}.`;
    const detail = error instanceof PaconnError ? error.message : undefined;
    const options = { detail, hint: 'Write the ID into the settings file as "connectorId".', cause: error };
    throw error instanceof ConflictError ? new ConflictError(words, options) : new PaconnError(words, options);
  }
}
