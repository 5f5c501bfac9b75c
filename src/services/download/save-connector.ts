import { resolve } from 'node:path';
import * as z from 'zod';
import type { Remote, Target } from '../../api/remote.ts';
import type { ConnectorResource } from '../../api/resources.ts';
import type { Connector } from '../../connector/connector.ts';
import { type ConnectorPart, partFacts, type PerPart, perPart } from '../../connector/part.ts';
import type { Context } from '../../context.ts';
import type { Backup } from '../../history/backups.ts';
import { baseFileName } from '../../history/base.ts';
import { exists, isWrittenSince } from '../../io/fs/files.ts';
import { type NewFile, savedMeanwhileError } from '../../io/fs/replace-files.ts';
import { indented, JsonDocument } from '../../json/document.ts';
import { parseJson } from '../../json/parse.ts';
import { has, isObject } from '../../json/value.ts';
import { dataFile } from '../../output/data-path.ts';
import type { ResultFile } from '../../results/members.ts';
import { type Settings, settingsFileSchema } from '../../settings/settings.ts';
import { settingsFile, settingsFileName } from '../../settings/settings-file.ts';
import { isOfOwnKind, kindWords } from '../../check/own-kind.ts';
import { pathInside, requireDistinct } from '../../publish/files-inside.ts';
import { requireOwnFile } from '../../publish/own-files.ts';
import { backUpEdited, editedParts, readLocalFiles } from '../../publish/local-files.ts';
import { iconFileName, neededState, partsOf } from '../../api/fetch-connector.ts';
import { readParts } from '../../publish/read-remote.ts';
import { valuesOfFiles } from './values-of-files.ts';
import { baseIfReadable, recordBase } from '../../publish/record-base.ts';
import { settingsBefore } from '../../publish/save-settings.ts';

export interface SavingOptions {
  readonly remote: Remote;
  /** Names of files and addresses of services; its target does not count. */
  readonly settings: Settings;
  readonly target: Target;
  /** As the service describes it. */
  readonly connector: JsonDocument<ConnectorResource>;
  readonly directory: string;
  /** When the run began, in milliseconds since 1970: what was saved since is nothing that it was asked to overwrite. */
  readonly startedAt: number;
  /** Is told the names of all files, and of those that were edited, before one is fetched; raises when they must not be written. */
  readonly requireWritable: (names: readonly string[], edited: readonly string[]) => Promise<void>;
  /** Whether nothing is written. */
  readonly dryRun: boolean;
}

export interface SavedConnector {
  /** The files that were written, in the folder; in a dry run those of the connector that would be. */
  readonly files: readonly ResultFile[];
  /** Those of its parts that could not be downloaded. */
  readonly missing: readonly ConnectorPart[];
  /** Of files with changes that exist only locally. */
  readonly backup: Backup | undefined;
}

/** A file as it would be written. */
export interface PlannedFile {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'same';
}

/**
 * Writes all files of a connector, its `settings.json` and its base into a directory, or none. Raises `UsageError` for a name that
 * leads out of the directory, `FileError`, `ConflictError`, and the errors of {@link neededState}. Without an icon that cannot
 * be had the rest is written, and it is said.
 */
export async function saveConnector(
  { remote, settings, target, connector, directory, startedAt, requireWritable, dryRun }: SavingOptions,
  context: Pick<Context, 'terminal' | 'configDirectory' | 'signal' | 'variables'>,
): Promise<SavedConnector & { readonly planned: readonly PlannedFile[] }> {
  const defaultName = (part: ConnectorPart): string =>
    part === 'icon' ? iconFileName(connector) : partFacts[part].fileName;
  const names = perPart((part) => settings[part] ?? defaultName(part));
  const parts = partsOf(connector);
  const present = partNames.filter((part) => parts[part]);
  const written = [...present.map((part) => names[part]), settingsFileName];
  requireDistinct([...written, baseFileName]);
  for (const name of written) await pathInside(directory, name);
  await requireNoneSaved(written, directory, startedAt);
  for (const part of present) await requireOwnFile(part, resolve(directory, names[part]), names[part]);
  const local = await readLocalFiles(names, directory);
  const before = await settingsBefore(directory);
  const base = await baseIfReadable(directory, target, context);
  const { environment } = target;
  const { localThere, withReferences, withRedirects, asInFiles } = await valuesOfFiles(
    local,
    { directory, environment },
    remote,
    context,
  );
  const edited = (await editedParts(localThere, base, directory)).filter((part) => parts[part]);
  await requireWritable(
    written,
    edited.map((part) => names[part]),
  );

  // What may be the words of a gateway replaces no good script.
  const acceptsUnproven = !local.script || !isOfOwnKind(local.script);
  const fetching = readParts(connector, { target, directory }, remote, context, { acceptsUnproven });
  const fetched = neededState(await context.terminal.during('Downloading its files', fetching));
  const current = { ...fetched, state: await withReferences(fetched.state, base) };
  const { missingIcon, script } = current.state;
  if (script && !isOfOwnKind(script))
    context.terminal.note(`Warning: ${script.name} isn't ${kindWords.script}. It's downloaded anyway.`);
  if (missingIcon !== undefined)
    context.terminal.note(`Warning: ${missingIcon} The connector is downloaded without its icon.`);
  const hasIcon = missingIcon === undefined ? parts.icon : await exists(resolve(directory, names.icon));
  const { powerAppsUrl, powerAppsApiVersion } = settings;
  const newSettings = settingsFile(directory, {
    ...target,
    ...names,
    icon: hasIcon ? names.icon : undefined,
    script: parts.script ? names.script : undefined,
    powerAppsUrl,
    powerAppsApiVersion,
  });
  const content = withOtherMembers(String(newSettings.content), before);
  const files = [
    ...partFiles(asInFiles(current.state), names, directory).map(({ part, ...file }) => ({
      ...file,
      role: part,
      known: local[part]?.bytes ?? null,
    })),
    { ...newSettings, role: 'settings' as const, content, known: before },
  ];
  const missing = missingIcon === undefined ? [] : (['icon'] as const);
  const own = files.map((file) => dataFile(file, directory));
  const planned = files.map((file) => ({ path: dataFile(file, directory).path, change: changeOf(file) }));
  if (dryRun) return { files: own, missing, backup: undefined, planned };
  const backup = await backUpEdited({ target, local: localThere, base, edited, current }, context);
  const ofBase = await recordBase({ directory, target, current, sent: withRedirects(current.state), files }, context);
  const bases = ofBase.map(({ path }) => dataFile({ path, role: 'base' }, directory));
  return { files: [...own, ...bases], missing, backup, planned };
}

function changeOf({ content, known }: NewFile & { readonly known: Uint8Array | null }): PlannedFile['change'] {
  if (known === null) return 'added';
  return Buffer.from(content).equals(known) ? 'same' : 'changed';
}

/** Raises `ConflictError` for files that were saved since the run began. */
async function requireNoneSaved(names: readonly string[], directory: string, startedAt: number): Promise<void> {
  const saved: string[] = [];
  for (const name of names) if (await isWrittenSince(resolve(directory, name), startedAt)) saved.push(name);
  if (saved.length > 0) throw savedMeanwhileError(saved);
}

/** In the order in which the Python tool writes them. */
const partNames = ['apiProperties', 'apiDefinition', 'icon', 'script'] as const satisfies ConnectorPart[];

type PartFile = NewFile & { readonly part: ConnectorPart };

function partFiles(state: Connector, names: PerPart<string>, directory: string): PartFile[] {
  return partNames.flatMap((part) => {
    const content = state[part];
    return content ? [{ part, path: resolve(directory, names[part]), folder: directory, content: content.bytes }] : [];
  });
}

/**
 * The settings with the members that the file before had and no download knows: that of this tool, such as the rules to ignore,
 * and those of the user.
 */
function withOtherMembers(content: string, before: Uint8Array | null): string {
  const text = before === null ? '' : new TextDecoder().decode(before);
  const value = parseJson(text);
  if (!isObject(value)) return content;
  const old = JsonDocument.parse(text, z.looseObject({}), settingsFileName);
  const others = Object.keys(value)
    .filter((name) => !has(settingsFileSchema.shape, name))
    .flatMap((name) => {
      const member = old.at([name]);
      return member === undefined ? [] : [[name, member] as const];
    });
  if (others.length === 0) return content;
  const document = JsonDocument.parse(content, z.looseObject({}), settingsFileName);
  return indented(document.withMembers([], Object.fromEntries(others)));
}
