import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import * as z from 'zod';
import type { Connector } from '../../connector/connector.ts';
import { type ConnectorPart, connectorParts, partFacts, type PerPart, perPart } from '../../connector/part.ts';
import type { Context } from '../../context.ts';
import { ConflictError } from '../../errors.ts';
import { exists } from '../../io/fs/files.ts';
import { readBytes, readBytesIfThere } from '../../io/fs/read-file.ts';
import type { NewFile } from '../../io/fs/replace-files.ts';
import { decodeText } from '../../json/decode.ts';
import { JsonDocument, type RawJson, toJson } from '../../json/document.ts';
import { mergeDocuments } from '../../merging/merge-documents.ts';
import { indivisibleParts, type MergedStates } from '../../merging/merge-states.ts';
import { isText } from '../../json/value.ts';
import { fileKeys } from '../../settings/files-root.ts';
import { portable } from '../../settings/settings-file.ts';
import type { Settings } from '../../settings/settings.ts';
import { pathInside, requireDistinct } from '../../publish/files-inside.ts';
import { requireOwnFile } from '../../publish/own-files.ts';
import type { SettingsHere } from '../../check/settings-here.ts';

export type FileNames = PerPart<string>;

/** What the files of a connector are called: those that the settings do not name have the default names, beside the API definition. */
export function fileNames(settings: Settings): FileNames {
  const folder = dirname(settings.apiDefinition ?? '');
  return perPart((part) => settings[part] ?? join(folder, partFacts[part].fileName));
}

/** A file to write, and what the user knows it as. */
export interface PulledFile extends NewFile {
  readonly name: string;
  readonly role: ConnectorPart | 'settings';
}

export interface PulledFilesRequest extends SettingsHere {
  readonly merged: MergedStates;
  readonly theirs: Connector;
  /** The files as they were read. */
  readonly local: Connector;
  /** Whether conflicts are written with marks. */
  readonly isMarked: boolean;
}

/**
 * The files that a merge changes, settings.json among them when a file comes or goes. Raises `UsageError` for a name that
 * leads out of the folder, and `ConflictError` for a file that is there already and is none of the connector's.
 */
export async function pulledFiles(
  { merged, theirs, local, isMarked, settings, settingsFile }: PulledFilesRequest,
  context: Pick<Context, 'workingDirectory'>,
): Promise<readonly PulledFile[]> {
  const root = rootOf(settings, context);
  const pathOf = async (name: string): Promise<string> => await pathInside(root.directory, root.nameOf(name));
  const names = fileNames(settings);
  const written = connectorParts.flatMap((part) => {
    const { [part]: result } = merged.parts;
    return result.kind === 'written' ? [{ part, name: names[part], content: result.content }] : [];
  });
  const added = written.filter(({ part }) => settings[part] === undefined);
  for (const { name } of added) await requireMissing(await pathOf(name), name);
  for (const { part, name } of written) await requireOwnFile(part, await pathOf(name), name);
  const removed = connectorParts.filter((part) => merged.parts[part].kind === 'removed');
  const beside = isMarked ? versionsBeside(merged, theirs, names) : [];
  for (const { name, content } of beside) await requireNoOther(await pathOf(name), name, content);
  const files = [
    ...written.map(({ part, name, content }) => ({ role: part, name, content, known: local[part]?.bytes ?? null })),
    ...beside,
  ];
  const located = await Promise.all(
    files.map(async (file) => ({
      ...file,
      path: await pathOf(file.name),
      folder: root.directory,
    })),
  );
  const all = [...located, ...(await changedSettings({ added, removed, settingsFile, root }, context))];
  requireDistinct(all.map(({ name }) => name));
  return all;
}

/** The folder that the paths in the settings start from. */
interface Root {
  readonly directory: string;
  /** A file from there, for one from the current folder. */
  readonly nameOf: (name: string) => string;
}

function rootOf({ filesFolder = '' }: Settings, { workingDirectory }: Pick<Context, 'workingDirectory'>): Root {
  const directory = resolve(workingDirectory, filesFolder);
  const nameOf = (name: string): string =>
    filesFolder === '' ? name : relative(directory, resolve(workingDirectory, name));
  return { directory, nameOf };
}

async function requireMissing(path: string, name: string): Promise<void> {
  if (!(await exists(path))) return;
  throw new ConflictError(`${name} would come from the environment, but already exists and isn't in the settings.`, {
    hint: 'Name it in the settings file if it belongs to the connector, or move it away.',
  });
}

/** Raises `ConflictError` for a file with other content: it may be the user's own, or hold what was merged into it. */
async function requireNoOther(path: string, name: string, content: Uint8Array): Promise<void> {
  const there = await readBytesIfThere(path, name);
  if (!there || Buffer.compare(there, content) === 0) return;
  throw new ConflictError(`${name} already exists and isn't the environment's version. Nothing was pulled.`, {
    hint: 'Move or delete it, then run the same command again.',
  });
}

/** Nothing can be marked in what is taken or left as a whole: that of the environment comes beside ours. */
function versionsBeside(
  { conflicts }: MergedStates,
  theirs: Connector,
  names: FileNames,
): readonly (Pick<PulledFile, 'role' | 'name'> & { readonly content: Uint8Array })[] {
  return indivisibleParts(conflicts).flatMap((part) => {
    const { [part]: content } = theirs;
    return content ? [{ role: part, name: nameBeside(names[part]), content: content.bytes }] : [];
  });
}

/** `icon.environment.png`, next to `icon.png`. */
export function nameBeside(name: string): string {
  const extension = extname(name);
  return join(dirname(name), `${basename(name, extension)}.environment${extension}`);
}

interface SettingsChange {
  readonly added: readonly { readonly part: ConnectorPart; readonly name: string }[];
  readonly removed: readonly ConnectorPart[];
  readonly settingsFile: string | undefined;
  readonly root: Root;
}

async function changedSettings(
  { added, removed, settingsFile, root }: SettingsChange,
  { workingDirectory }: Pick<Context, 'workingDirectory'>,
): Promise<readonly PulledFile[]> {
  if (settingsFile === undefined || added.length + removed.length === 0) return [];
  const path = resolve(workingDirectory, settingsFile);
  const known = await readBytes(path, settingsFile);
  const before = JsonDocument.parse(decodeText(known, settingsFile), z.looseObject({}), settingsFile);
  // Where it names no file, all are found by their names.
  if (fileKeys.every((key) => !isText(before.value[key]))) return [];
  const named = Object.fromEntries(
    added.map(({ part, name }): [string, RawJson] => [part, toJson(portable(root.nameOf(name)))]),
  );
  const after = removed.reduce((document, part) => document.without([part]), before.withMembers([], named));
  // The change alone, written as the rest of the file is.
  const { text } = mergeDocuments({ base: before, ours: before, theirs: after });
  return [{ role: 'settings', name: settingsFile, content: text, path, known }];
}
