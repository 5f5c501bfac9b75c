import { resolve } from 'node:path';
import type { Remote, Target } from '../../api/remote.ts';
import type { ConnectorResource } from '../../api/resources.ts';
import type { Connector } from '../../connector/connector.ts';
import { type ConnectorPart, partFacts, type PerPart, perPart } from '../../connector/part.ts';
import type { Context } from '../../context.ts';
import type { Backup } from '../../history/backups.ts';
import { baseFileName, readBase } from '../../history/base.ts';
import { exists } from '../../io/fs/files.ts';
import type { NewFile } from '../../io/fs/replace-files.ts';
import type { JsonDocument } from '../../json/document.ts';
import type { Settings } from '../../settings/settings.ts';
import { settingsFile, settingsFileName } from '../../settings/settings-file.ts';
import { pathInside, requireDistinct } from '../../publish/files-inside.ts';
import { requireOwnFile } from '../../publish/own-files.ts';
import { backUpEdited, editedParts, readLocalFiles } from './local-files.ts';
import { fetchConnector, iconFileName, partsOf } from '../../api/fetch-connector.ts';
import { recordBase } from '../../publish/record-base.ts';

export interface SavingOptions {
  readonly remote: Remote;
  /** Names of files and addresses of services; its target does not count. */
  readonly settings: Settings;
  readonly target: Target;
  /** As the service describes it. */
  readonly connector: JsonDocument<ConnectorResource>;
  readonly directory: string;
  /** Is told the names of all files, and of those that were edited, before one is fetched; raises when they must not be written. */
  readonly requireWritable: (names: readonly string[], edited: readonly string[]) => Promise<void>;
}

export interface SavedConnector {
  /** The names of the files that were written. */
  readonly files: readonly string[];
  /** Those of its parts that could not be downloaded. */
  readonly missing: readonly ConnectorPart[];
  /** Of files with changes that nobody else has. */
  readonly backup: Backup | undefined;
}

/**
 * Writes all files of a connector, its `settings.json` and its base into a directory, or none. Raises `UsageError` for a name that
 * leads out of the directory, `FileError`, and the errors of {@link fetchConnector}. Without an icon that cannot be had the rest
 * is written, and it is said.
 */
export async function saveConnector(
  { remote, settings, target, connector, directory, requireWritable }: SavingOptions,
  context: Pick<Context, 'terminal' | 'configDirectory' | 'signal'>,
): Promise<SavedConnector> {
  const defaultName = (part: ConnectorPart): string =>
    part === 'icon' ? iconFileName(connector) : partFacts[part].fileName;
  const names = perPart((part) => settings[part] ?? defaultName(part));
  const parts = partsOf(connector);
  const present = partNames.filter((part) => parts[part]);
  const written = [...present.map((part) => names[part]), settingsFileName];
  requireDistinct([...written, baseFileName]);
  for (const name of written) await pathInside(directory, name);
  for (const part of present) await requireOwnFile(part, resolve(directory, names[part]), names[part]);
  const local = await readLocalFiles(names, directory);
  const { base } = await readBase(directory, target);
  const edited = (await editedParts(local, base, directory)).filter((part) => parts[part]);
  await requireWritable(
    written,
    edited.map((part) => names[part]),
  );

  const current = await context.terminal.during('Downloading its files', fetchConnector(remote, connector));
  const { missingIcon } = current.state;
  if (missingIcon !== undefined) context.terminal.note(`${missingIcon} The connector is downloaded without its icon.`);
  const hasIcon = missingIcon === undefined ? parts.icon : await exists(resolve(directory, names.icon));
  const { powerAppsUrl, powerAppsApiVersion } = settings;
  const saved = settingsFile(directory, {
    ...target,
    ...names,
    icon: hasIcon ? names.icon : undefined,
    script: parts.script ? names.script : undefined,
    powerAppsUrl,
    powerAppsApiVersion,
  });
  const backup = await backUpEdited({ target, local, base, edited, current }, context);
  await recordBase(
    { directory, target, current, files: [...partFiles(current.state, names, directory), saved] },
    context,
  );
  if (missingIcon === undefined) return { files: written, missing: [], backup };
  return { files: written.filter((name) => name !== names.icon), missing: ['icon'], backup };
}

/** In the order in which the Python tool writes them. */
const partNames = ['apiProperties', 'apiDefinition', 'icon', 'script'] as const satisfies ConnectorPart[];

function partFiles(state: Connector, names: PerPart<string>, directory: string): NewFile[] {
  return partNames.flatMap((part) => {
    const content = state[part];
    return content ? [{ path: resolve(directory, names[part]), content: content.bytes }] : [];
  });
}
