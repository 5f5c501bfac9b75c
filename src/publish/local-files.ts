import { resolve } from 'node:path';
import type { Target } from '../api/remote.ts';
import { stateAsSent } from '../connector/as-sent.ts';
import { withoutClientSecretTexts } from '../connector/client-secret-text.ts';
import { withoutClientSecrets } from '../connector/client-secret.ts';
import {
  type Connector,
  type PartContents,
  partContent,
  type PartHashes,
  partHashes,
  type RemoteState,
} from '../connector/connector.ts';
import type { PartContent, PropertiesContent } from '../connector/part-content.ts';
import { type ConnectorPart, connectorParts, type PerPart } from '../connector/part.ts';
import type { Context } from '../context.ts';
import { FileError } from '../errors.ts';
import { type Backup, saveBackup } from '../history/backups.ts';
import { type Base, isSynced, readBaseState } from '../history/base.ts';
import { isFile } from '../io/fs/files.ts';
import { readBytes } from '../io/fs/read-file.ts';

/** The files of a connector that are in a folder already. */
export type LocalFiles = { readonly [Part in ConnectorPart]?: PartContents[Part] | undefined };

/** Reads the files that are there. Raises `FileError`. */
export async function readLocalFiles(names: PerPart<string>, directory: string): Promise<LocalFiles> {
  const read = async <Part extends ConnectorPart>(part: Part): Promise<PartContents[Part] | undefined> => {
    const path = resolve(directory, names[part]);
    return (await isFile(path)) ? partContent(part, names[part], await readBytes(path)) : undefined;
  };
  const [apiDefinition, apiProperties, icon, script] = await Promise.all([
    read('apiDefinition'),
    read('apiProperties'),
    read('icon'),
    read('script'),
  ]);
  return { apiDefinition, apiProperties, icon, script };
}

/**
 * The parts whose files were edited since the base; none where no base tells. What the service has written itself is no edit,
 * as far as the content of the base is there. Raises `FileError`.
 */
export async function editedParts(
  local: LocalFiles,
  base: Base | undefined,
  directory: string,
): Promise<readonly ConnectorPart[]> {
  const hashes = localHashes(local);
  if (!base || isSynced(hashes, base)) return [];
  const synced = (await hashesAsSent(local, base, directory)) ?? base.hashes;
  return connectorParts.filter((part) => local[part] && hashes[part] !== synced[part]);
}

/** The hashes of the base, as if the service had written nothing of it; undefined where that can't be known. */
async function hashesAsSent(local: LocalFiles, base: Base, directory: string): Promise<PartHashes | undefined> {
  const state = await readBaseState(directory, base);
  try {
    return state && partHashes(stateAsSent(state, localState(local, state)));
  } catch (error) {
    // Files that are no JSON were edited, whatever the service has written.
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

function localHashes(local: LocalFiles): PartHashes {
  return Object.fromEntries(connectorParts.map((part) => [part, hashOf(local[part])]));
}

function hashOf(content: PartContent | undefined): string | undefined {
  try {
    return content?.hash;
  } catch (error) {
    // What is no JSON was edited, and is no content that anybody else has.
    if (error instanceof FileError) return 'unreadable';
    throw error;
  }
}

/** Files that a download is about to replace. */
export interface Replaced {
  readonly target: Target;
  readonly local: LocalFiles;
  readonly base: Base | undefined;
  /** Their parts that were edited since. */
  readonly edited: readonly ConnectorPart[];
  /** The replacements. */
  readonly current: RemoteState;
}

/**
 * Saves a backup of files without another copy: neither the base nor the environment. That it can't be saved is said, and no
 * reason to stop: a pipeline may have no place for it.
 */
export async function backUpEdited(
  { target, local, base, edited, current }: Replaced,
  { configDirectory, terminal }: Pick<Context, 'configDirectory' | 'terminal'>,
): Promise<Backup | undefined> {
  const { state } = current;
  const own = base ? edited : connectorParts.filter((part) => local[part]);
  const lost = own.filter((part) => state[part] && hashOf(local[part]) !== hashOf(state[part]));
  if (lost.length === 0) return undefined;
  const saved: RemoteState = { state: localState(local, state), changedTime: undefined, changedBy: undefined };
  try {
    const backup = await saveBackup({ configDirectory, target, current: saved, before: 'download' });
    terminal.note(`Backup of your local files saved: ${backup.name} (${backup.directory})`);
    return backup;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    terminal.note(`Warning: Your local files weren't backed up. ${error.message}`);
    return undefined;
  }
}

/** The connector in the files; documents that aren't there are those of the environment. */
function localState({ apiDefinition, apiProperties, icon, script }: LocalFiles, current: Connector): Connector {
  return {
    displayName: undefined,
    apiDefinition: apiDefinition ?? current.apiDefinition,
    apiProperties: apiProperties ? withoutSecrets(apiProperties) : current.apiProperties,
    icon,
    script,
  };
}

/** No client secret is in a backup. */
function withoutSecrets(properties: PropertiesContent): PropertiesContent {
  try {
    return properties.with(withoutClientSecrets(properties.document));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const text = withoutClientSecretTexts(new TextDecoder().decode(properties.bytes));
    return partContent('apiProperties', properties.name, Buffer.from(text));
  }
}
