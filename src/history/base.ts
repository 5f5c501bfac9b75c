import { join } from 'node:path';
import * as z from 'zod';
import {
  type Connector,
  differentParts,
  hashOfAll,
  type LastChange,
  partContent,
  type PartContents,
  partHashes,
  type PartHashes,
  type RemoteState,
  titleOf,
} from '../connector/connector.ts';
import { type ConnectorPart, connectorParts } from '../connector/part.ts';
import { isFile, isNamed } from '../io/fs/files.ts';
import { readBytes } from '../io/fs/read-file.ts';
import type { NewFile } from '../io/fs/replace-files.ts';
import { parseJson } from '../json/parse.ts';
import { concealedIn, concealing, withStars } from '../values/concealed-values.ts';
import { valuesAt, withValues } from '../values/place-values.ts';
import { contentFiles, readContent, removeContentBut } from './base-content.ts';

/** The file next to settings.json with the last synced version of each environment. */
export const baseFileName = 'paconn.base.json';

/** A connector in an environment. */
export interface BaseTarget {
  readonly environment: string;
  readonly connectorId: string;
}

/** The state of a connector in an environment when the local files were last synced with it. */
export interface Base extends LastChange {
  readonly title: string | undefined;
  readonly hashes: PartHashes;
  /** The hash of all that was sent, where the service made something else of it, such as defaults it added. */
  readonly sent?: string | undefined;
  /** The hashes of the contents that were put into the base, where secrets were left out of them. */
  readonly starred?: PartHashes | undefined;
  /** The pointers to those secrets. */
  readonly concealed?: readonly string[] | undefined;
}

/** Whether files are as they were when the base was recorded. */
export function isSynced(files: PartHashes, { hashes, sent }: Pick<Base, 'hashes' | 'sent'>): boolean {
  // Where no icon was sent the connector keeps its own.
  return hashOfAll({ ...files, icon: files.icon ?? hashes.icon }) === (sent ?? hashOfAll(hashes));
}

/** Whether the files have changes that weren't uploaded, according to the base. */
export function hasUnsent(connector: Connector, base: Base | undefined): boolean {
  return base !== undefined && !isSynced(partHashes(connector), base);
}

export interface ReadBase {
  readonly base: Base | undefined;
  /** That the file cannot be understood, if so: a sentence. */
  readonly problem: string | undefined;
}

// One schema for many members: creating a schema takes longer than using it.
const optionalText = z.string().optional();
const optionalHash = z
  .string()
  .regex(/^[\da-f]{64}$/u)
  .optional();

const entrySchema = z.object({
  title: optionalText,
  changedTime: optionalText,
  changedBy: optionalText,
  apiDefinition: optionalHash,
  apiProperties: optionalHash,
  icon: optionalHash,
  script: optionalHash,
  sent: optionalHash,
  starred: z.object({ apiDefinition: optionalHash, apiProperties: optionalHash }).optional(),
  concealed: z.array(z.string()).readonly().optional(),
});

type Entry = z.infer<typeof entrySchema>;

/** By environment and connector, since one folder can serve several environments by several settings files. */
const baseFileSchema = z.object({
  about: optionalText,
  version: z.literal(1),
  environments: z.record(z.string(), z.record(z.string(), entrySchema)),
});

/** By environment, then by connector. */
type Environments = ReadonlyMap<string, ReadonlyMap<string, Entry>>;

const about =
  'The last synced version of each environment. Commit it, and paconn.base, with the files: paconn detects changes of others with it.';

/** The base of a connector, next to its files. Raises `FileError`. */
export async function readBase(directory: string, target: BaseTarget): Promise<ReadBase> {
  const { environments, problem } = await readEnvironments(directory);
  const entry = environments.get(target.environment)?.get(target.connectorId);
  if (!entry) return { base: undefined, problem };
  const { title, changedTime, changedBy, sent, starred, concealed, ...hashes } = entry;
  return { base: { title, changedTime, changedBy, hashes, sent, starred, concealed }, problem };
}

/** Whether a base of any connector is next to the files. */
export async function hasBase(directory: string): Promise<boolean> {
  return await isFile(join(directory, baseFileName));
}

/**
 * The content of a base, as the service had written it. Undefined when it is not all there, as where `paconn.base` was not
 * committed: then changes are seen, and can be merged only where what one of the known states has is what is missing. Secrets
 * are those of a known state, if they were. Raises `FileError`.
 *
 * @param mayHaveStars Whether stars are enough for other secrets. What is sent or backed up must have none.
 */
export async function readBaseState(
  directory: string,
  { title, hashes, starred = {}, concealed = [] }: Pick<Base, 'title' | 'hashes' | 'starred' | 'concealed'>,
  known: readonly Connector[] = [],
  { mayHaveStars = false } = {},
): Promise<Connector | undefined> {
  const others = known.map((state) => ({ state, hashes: partHashes(state) }));
  const read = async <Part extends ConnectorPart>(
    part: Part,
  ): Promise<PartContents[Part] | typeof missing | undefined> => {
    const hash = hashes[part];
    if (hash === undefined) return undefined;
    const found = await readContent(directory, part, hash);
    if (found) return found;
    const same = others.find((other) => other.hashes[part] === hash)?.state[part];
    if (same) return partContent(part, same.name, same.bytes);
    const incomplete = starred[part];
    return (incomplete !== undefined && (await readContent(directory, part, incomplete))) || missing;
  };
  const [apiDefinition, apiProperties, icon, script] = await Promise.all([
    read('apiDefinition'),
    read('apiProperties'),
    read('icon'),
    read('script'),
  ]);
  if (apiDefinition === missing || apiProperties === missing || icon === missing || script === missing)
    return undefined;
  const state = apiProperties && { displayName: title, apiDefinition, apiProperties, icon, script };
  const filled = state && withKnownSecrets(concealing(state, concealed), hashes, known);
  return filled && (mayHaveStars || differentParts(partHashes(filled), hashes).length === 0) ? filled : undefined;
}

/** A base with the secrets of one of these states in place of stars, where it had them: then its hash is right. */
function withKnownSecrets(state: Connector, hashes: PartHashes, known: readonly Connector[]): Connector {
  const pointers = concealedIn([state, ...known]);
  if (pointers.length === 0) return state;
  const candidates = known.map((one) => withValues(state, valuesAt(one, pointers)));
  const { apiDefinition, apiProperties } = state;
  return {
    ...concealing(state, pointers),
    apiDefinition:
      candidates.find((one) => one.apiDefinition?.hash === hashes.apiDefinition)?.apiDefinition ?? apiDefinition,
    apiProperties:
      candidates.find((one) => one.apiProperties.hash === hashes.apiProperties)?.apiProperties ?? apiProperties,
  };
}

const missing = Symbol('missing');

/**
 * The files that make a state the base of a connector: to be written with what is synced with it, all or nothing.
 *
 * The content lies in files named by its hash, compressed. Git needs no rule for them: it neither merges them nor changes
 * their line ends, two branches that hold the same content have the same file, and a search in the project does not find
 * everything twice. A commit to fetch the content from there may not be: files are downloaded before they are committed, and
 * pipelines have shallow clones. Raises `FileError`.
 *
 * @param sent What was sent for the environment to hold that, if anything was.
 */
export async function baseFiles(
  directory: string,
  target: BaseTarget,
  current: RemoteState,
  sent?: Connector,
): Promise<NewFile[]> {
  const { environments } = await readEnvironments(directory);
  const { state } = current;
  const others = environments.get(target.environment) ?? new Map<string, Entry>();
  const before = others.get(target.connectorId);
  const hashes = { ...partHashes(state), ...iconKnownBefore(state, before) };
  const { changedTime, changedBy } = lastSeenWhole(current, before);
  // A value of one run alone is in no file that another one could know it from.
  const pointers = concealedIn([state, ...(sent ? [sent] : [])], before?.concealed);
  const shown = withStars(state, pointers);
  const starred = differentHashes(shown, state);
  const entry = {
    title: titleOf(state),
    changedTime,
    changedBy,
    ...hashes,
    sent: sent && hashIfDifferent(sent, hashes),
    starred,
    concealed: starred && pointers,
  };
  const connectors = new Map([...others, [target.connectorId, entry]]);
  const contents = await contentFiles(directory, shown, { ...hashes, ...starred });
  const json = baseJson(new Map([...environments, [target.environment, connectors]]));
  return [...contents, { path: join(directory, baseFileName), content: json }];
}

/** Of an icon that could not be downloaded this time, what was known stays. */
function iconKnownBefore({ icon, missingIcon }: Connector, before: Entry | undefined): PartHashes {
  return icon === undefined && missingIcon !== undefined && before ? { icon: before.icon } : {};
}

/**
 * The last change up to which all parts are known. A later one can have been to the icon that could not be downloaded, so
 * the next run has to look at it.
 */
function lastSeenWhole(current: RemoteState, before: Entry | undefined): Partial<LastChange> {
  return current.state.missingIcon === undefined ? current : (before ?? {});
}

/** The hashes of the parts that aren't the same in another state; undefined without any. */
function differentHashes(one: Connector, other: Connector): PartHashes | undefined {
  const hashes = partHashes(one);
  const different = differentParts(hashes, partHashes(other));
  return different.length === 0 ? undefined : Object.fromEntries(different.map((part) => [part, hashes[part]]));
}

/** Where no icon was sent the connector keeps its own. */
function hashIfDifferent(sent: Connector, current: PartHashes): string | undefined {
  const hashes = partHashes(sent);
  const hash = hashOfAll({ ...hashes, icon: hashes.icon ?? current.icon });
  return hash === hashOfAll(current) ? undefined : hash;
}

/** Removes content that no base refers to. Raises `FileError`. */
export async function removeStaleContent(directory: string): Promise<void> {
  const { environments, problem } = await readEnvironments(directory);
  if (problem !== undefined) return;
  const entries = [...environments.values()].flatMap((connectors) => [...connectors.values()]);
  await removeContentBut(
    new Set(entries.flatMap((entry) => connectorParts.flatMap((part) => contentHash(entry, part) ?? []))),
    directory,
  );
}

/** Of what is in `paconn.base`. */
function contentHash(entry: Entry, part: ConnectorPart): string | undefined {
  const starred: PartHashes = entry.starred ?? {};
  return starred[part] ?? entry[part];
}

interface ReadEnvironments {
  readonly environments: Environments;
  readonly problem: string | undefined;
}

async function readEnvironments(directory: string): Promise<ReadEnvironments> {
  // What is there under this name and is no file is said, and not taken for none.
  const path = join(directory, baseFileName);
  if (!(await isNamed(path))) return { environments: new Map(), problem: undefined };
  const text = new TextDecoder().decode(await readBytes(path, baseFileName));
  const sides = (mergeSides(text) ?? [text]).map(environmentsIn);
  const understood = sides.flatMap((environments) => environments ?? []);
  if (understood.length < sides.length) {
    return { environments: new Map(), problem: `${baseFileName} can't be read.` };
  }
  return { environments: understood.reduce(newestOf), problem: undefined };
}

function environmentsIn(text: string): Environments | undefined {
  const parsed = baseFileSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const byConnector = Object.entries(parsed.data.environments).map(
    ([environment, connectors]) => [environment, new Map(Object.entries(connectors))] as const,
  );
  return new Map(byConnector);
}

/**
 * Where two branches that updated the same connector are merged, git marks both bases. What the environment held last counts:
 * the work of both is in the merged files.
 */
function newestOf(one: Environments, other: Environments): Environments {
  const merged = new Map([...one].map(([environment, connectors]) => [environment, new Map(connectors)]));
  for (const [environment, connectors] of other) {
    const known = merged.get(environment) ?? new Map<string, Entry>();
    for (const [connectorId, entry] of connectors) {
      const before = known.get(connectorId);
      if (!before || timeOf(entry) > timeOf(before)) known.set(connectorId, entry);
    }
    merged.set(environment, known);
  }
  return merged;
}

function timeOf({ changedTime = '' }: Entry): number {
  return Date.parse(changedTime) || 0;
}

function baseJson(environments: Environments): string {
  const sorted = [...environments]
    .toSorted(byName)
    .map(([environment, connectors]) => [environment, Object.fromEntries([...connectors].toSorted(byName))] as const);
  return `${JSON.stringify({ about, version: 1, environments: Object.fromEntries(sorted) }, undefined, 2)}\n`;
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** Where each mark of a merge leads, by where it stands. */
const placesBehind: Readonly<Record<string, string>> = {
  'outside <': 'ours',
  'ours |': 'base',
  'ours =': 'theirs',
  'base =': 'theirs',
  'theirs >': 'outside',
};

/**
 * The two texts that git has merged into one, with marks around what both have changed. Undefined for a text without marks, and
 * for one in which they are not where git puts them: that is damage like any other.
 */
function mergeSides(text: string): readonly [ours: string, theirs: string] | undefined {
  const [ours, theirs]: [string[], string[]] = [[], []];
  let place = 'outside';
  let isMarked = false;
  for (const line of text.split(/(?<=\n)/u)) {
    const mark = /^(?<character>[<|=>])\k<character>{6}/u.exec(line)?.groups?.['character'];
    if (mark !== undefined) {
      const behind = placesBehind[`${place} ${mark}`];
      if (behind === undefined) return undefined;
      place = behind;
      isMarked = true;
      continue;
    }
    if (place === 'outside' || place === 'ours') ours.push(line);
    if (place === 'outside' || place === 'theirs') theirs.push(line);
  }
  return isMarked && place === 'outside' ? [ours.join(''), theirs.join('')] : undefined;
}
