import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import {
  type Connector,
  partContent,
  type PartContents,
  type PartHashes,
  type RemoteState,
  titleOf,
} from '../connector/connector.ts';
import { type ConnectorPart, connectorParts, partFacts } from '../connector/part.ts';
import { DamagedFileError, FileError } from '../errors.ts';
import { isFile, isLink, makePrivateDirectory, readDirectory, readOwnJson } from '../io/fs/files.ts';
import { readBytes } from '../io/fs/read-file.ts';
import { orUnwritable } from '../io/fs/disk-errors.ts';
import { writeDurably } from '../io/fs/replace-files.ts';
import { makeWholeDirectory, removeDirectory } from '../io/fs/whole-directory.ts';
import type { BaseTarget } from './base.ts';

/** The number of backups per connector. Older ones are removed. */
const mostStates = 10;

/** And so many bytes; the newest state stays in any case. */
const mostBytes = 64 * 1024 * 1024;

/** What the state was replaced by. A download replaces local files, and not what an environment holds. */
const reasons = ['update', 'restore', 'delete', 'download'] as const;

export type BackupReason = (typeof reasons)[number];

const descriptionSchema = z.object({
  version: z.literal(1),
  environment: z.string(),
  connectorId: z.string(),
  keptTime: z.string(),
  before: z.enum(reasons),
  title: z.string().optional(),
  changedTime: z.string().optional(),
  changedBy: z.string().optional(),
  missing: z.array(z.enum(connectorParts)).optional(),
  /** Of the bytes of each part that is in it; earlier versions had none. */
  hashes: z.partialRecord(z.enum(connectorParts), z.string()).optional(),
});

/** A state of a connector from before something replaced it, without its content. */
export interface Backup {
  readonly target: BaseTarget;
  /** What tells it from others of the connector: the time at which it was kept, `20261122-232556-123`. */
  readonly name: string;
  readonly directory: string;
  readonly keptTime: string;
  readonly before: BackupReason;
  readonly title: string | undefined;
  readonly changedTime: string | undefined;
  readonly changedBy: string | undefined;
  /** The parts that the connector had and that could not be downloaded. */
  readonly missing: readonly ConnectorPart[];
  /** Which parts are in it, and the hashes of their bytes; undefined in one of an earlier version, which can't be checked. */
  readonly hashes: PartHashes | undefined;
}

export interface BackupRequest {
  readonly configDirectory: string;
  readonly target: BaseTarget;
  readonly current: RemoteState;
  /** The parts that it has and that could not be downloaded. */
  readonly missing?: readonly ConnectorPart[];
  readonly before: BackupReason;
}

const descriptionName = 'kept.json';

/**
 * Keeps what an environment holds of a connector before it is replaced: its parts, under their default names, in a directory
 * below the config directory that is whole or not there. Several processes can keep states at once. No client secret is in
 * it: services never give one back. Raises `FileError`.
 */
export async function saveBackup({
  configDirectory,
  target,
  current,
  missing = [],
  before,
}: BackupRequest): Promise<Backup> {
  const { state, changedTime, changedBy } = current;
  const now = new Date();
  const hashes: PartHashes = Object.fromEntries(
    connectorParts.flatMap((part) => (state[part] ? [[part, hashOf(state[part].bytes)]] : [])),
  );
  const title = titleOf(state);
  const described = { title, changedTime, changedBy, keptTime: now.toISOString(), before, missing, hashes };
  const description = { version: 1, ...target, ...described };
  const contents: readonly (readonly [string, string | Uint8Array | undefined])[] = [
    [descriptionName, `${JSON.stringify(description, undefined, 2)}\n`],
    ...connectorParts.map((part) => [partFacts[part].fileName, state[part]?.bytes] as const),
  ];
  const files = contents.flatMap(([file, content]) => (content === undefined ? [] : [[file, content] as const]));
  const parent = connectorDirectory(configDirectory, target);
  const newest = await newestIn(parent);
  // An update that failed, or was tried in vain, has kept it before.
  const isKept = changedTime !== undefined && newest?.changedTime === changedTime;
  const isComplete = newest?.missing.every((part) => missing.includes(part));
  if (isKept && isComplete && (await hasContent(newest, hashes))) return newest;
  await makePrivateDirectory(parent);
  const names = timeNames(now, (await versionsIn(parent)).at(-1));
  const { name } = await makeWholeDirectory({ parent, names, mode: 0o700 }, async (unfinished) => {
    const writing = files.map(async ([file, content]) => await writeDurably(join(unfinished, file), content, 0o600));
    await orUnwritable(parent, Promise.all(writing));
  });
  await removeOld(parent, name);
  return { target, name, directory: join(parent, name), ...described };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whether a backup has, undamaged, all that a connector has. */
async function hasContent(backup: Backup, hashes: PartHashes): Promise<boolean> {
  for (const part of connectorParts) {
    if (hashes[part] === undefined) continue;
    const bytes = await readPart(backup, part);
    if (bytes === undefined || hashOf(bytes) !== hashes[part]) return false;
  }
  return true;
}

/** The bytes of a part; undefined where no file has them. A link leads to what was never backed up. */
async function readPart({ directory }: Backup, part: ConnectorPart): Promise<Uint8Array | undefined> {
  const path = join(directory, partFacts[part].fileName);
  return (await isFile(path)) && !(await isLink(path)) ? await readBytes(path) : undefined;
}

/** All backups of all connectors, newest first. Raises `FileError`. */
export async function listBackups(configDirectory: string): Promise<readonly Backup[]> {
  const root = join(configDirectory, rootName);
  const states: Backup[] = [];
  for (const environment of await directoriesIn(root)) {
    for (const connector of await directoriesIn(join(root, environment))) {
      const parent = join(root, environment, connector);
      const found = await Promise.all((await versionsIn(parent)).map(async (name) => await describe(parent, name)));
      states.push(...found.flat());
    }
  }
  return states.toSorted((one, other) => (one.name < other.name ? 1 : -1));
}

/** A state that is described, unless it is damaged or goes just now. */
async function describe(parent: string, name: string): Promise<Backup[]> {
  const directory = join(parent, name);
  try {
    const described = await readOwnJson(join(directory, descriptionName), descriptionSchema);
    if (!described) return [];
    const { version: _version, environment, connectorId, ...rest } = described;
    const { title, changedTime, changedBy, missing = [], hashes } = rest;
    const target = { environment, connectorId };
    return [{ ...rest, title, changedTime, changedBy, missing, hashes, target, name, directory }];
  } catch (error) {
    if (error instanceof DamagedFileError) return [];
    throw error;
  }
}

/** The content of a backup. Raises `FileError`, also where it's no longer what was backed up. */
export async function readBackup(backup: Backup): Promise<Connector> {
  const { directory, title, missing, hashes } = backup;
  const needed = missing.filter((part) => part !== 'icon');
  if (needed.length > 0) {
    const words = needed.map((part) => partFacts[part].words).join(' and ');
    throw new FileError(`This backup doesn't include the ${words}, which couldn't be downloaded at the time.`, {
      hint: `The other files are in ${directory}.`,
    });
  }
  const read = async <Part extends ConnectorPart>(part: Part): Promise<PartContents[Part] | undefined> => {
    const path = join(directory, partFacts[part].fileName);
    if (await isLink(path)) throw damagedPart(part, `${path} is a link`);
    const bytes = await readPart(backup, part);
    if (hashes && (bytes && hashOf(bytes)) !== hashes[part])
      throw damagedPart(part, bytes ? `${path} isn't what was saved` : `${path} is missing`);
    return bytes && partContent(part, path, bytes);
  };
  const [apiDefinition, apiProperties, icon, script] = await Promise.all([
    read('apiDefinition'),
    read('apiProperties'),
    read('icon'),
    read('script'),
  ]);
  if (!apiProperties) throw new FileError(`${directory} no longer contains all parts of the connector.`);
  return { displayName: title, apiDefinition, apiProperties, icon, script };
}

function damagedPart(part: ConnectorPart, reason: string): FileError {
  return new FileError(`The ${partFacts[part].words} of this backup is damaged: ${reason}.`);
}

async function newestIn(parent: string): Promise<Backup | undefined> {
  const name = (await versionsIn(parent)).at(-1);
  return name === undefined ? undefined : (await describe(parent, name))[0];
}

/** Removes all but the newest backups, and never the one that was just made. */
async function removeOld(parent: string, made: string): Promise<void> {
  const newestFirst = (await versionsIn(parent)).toReversed();
  let bytes = 0;
  for (const [index, name] of newestFirst.entries()) {
    bytes += await sizeOf(join(parent, name));
    if (name !== made && index > 0 && (index >= mostStates || bytes > mostBytes))
      await removeDirectory(join(parent, name));
  }
}

async function sizeOf(directory: string): Promise<number> {
  const { files = [] } = (await readDirectory(directory)) ?? {};
  // A backup that was removed in the meantime needs no space.
  const sizes = files.map(async (name) => (await stat(join(directory, name)).catch(() => undefined))?.size ?? 0);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

const rootName = 'kept';

function connectorDirectory(configDirectory: string, { environment, connectorId }: BaseTarget): string {
  return join(configDirectory, rootName, directoryName(environment), directoryName(connectorId));
}

/** A safe file name, whatever the service or a settings file contains. */
function directoryName(id: string): string {
  if (/^[A-Za-z\d][\w.-]{0,99}$/u.test(id) && !id.endsWith('.')) return id;
  return `_${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;
}

/** In order of time. */
async function versionsIn(parent: string): Promise<readonly string[]> {
  return (await directoriesIn(parent)).filter((name) => /^\d{8}-\d{6}-\d{3}$/u.test(name));
}

async function directoriesIn(path: string): Promise<readonly string[]> {
  return (await readDirectory(path))?.directories ?? [];
}

/**
 * `20261122-232556-123`, and the milliseconds after it, one of which is not taken. They go on after the newest name: the clock can
 * have been ahead when that was made, and names tell which backup is newer.
 */
function* timeNames(now: Date, newest: string | undefined): Generator<string> {
  const first = Math.max(now.getTime(), newest === undefined ? 0 : timeOf(newest) + 1);
  for (let more = 0; more < 1000; more += 1) {
    const [, day = '', time = '', milliseconds = ''] =
      /^(.{10})T(.{8})\.(.{3})Z$/u.exec(new Date(first + more).toISOString()) ?? [];
    yield `${day.replaceAll('-', '')}-${time.replaceAll(':', '')}-${milliseconds}`;
  }
}

/** The time in the name of a backup, in milliseconds since 1970; 0 for a name that is no time. */
function timeOf(name: string): number {
  const time = name.replace(/^(....)(..)(..)-(..)(..)(..)-(...)$/u, '$1-$2-$3T$4:$5:$6.$7Z');
  return Date.parse(time) || 0;
}
