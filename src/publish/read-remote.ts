import {
  type FetchedParts,
  type FetchOptions,
  fetchParts,
  lastChangeOf,
  neededState,
  partsOf,
  propertiesOf,
} from '../api/fetch-connector.ts';
import type { BlobPart } from '../api/foreign-content.ts';
import type { Remote, Target } from '../api/remote.ts';
import type { ConnectorResource } from '../api/resources.ts';
import { downloadedProperties } from '../connector/api-properties.ts';
import { changeOrder } from '../connector/change-order.ts';
import type { RemoteState } from '../connector/connector.ts';
import { partFacts } from '../connector/part.ts';
import { isEmptyValue, valueAt } from '../connector/service-writing.ts';
import type { Context } from '../context.ts';
import { FileError, PaconnError } from '../errors.ts';
import { type Base, readBase } from '../history/base.ts';
import { readContent } from '../history/base-content.ts';
import { inOrder } from '../io/async.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import type { JsonDocument } from '../json/document.ts';
import { readUntil } from './read-until.ts';

/*
 * A cache, a gateway, or a replica that lags behind can answer for the service. What is known of a connector tells that such an answer
 * can't be true: an older change than that of the last synced version is outdated, and the same change has the same content.
 */

/** A connector, and where its base is; no directory where it has none, or isn't to be compared with it. */
export interface KnownPlace {
  readonly target: Target;
  readonly directory: string | undefined;
}

/**
 * Reads a connector, and again where the answer contradicts the base. Raises `PaconnError` where it still does, besides the errors of the
 * request.
 */
export async function readResource(
  place: KnownPlace,
  remote: Remote,
  context: Pick<Context, 'signal'>,
): Promise<JsonDocument<ConnectorResource>> {
  const { target } = place;
  const { connector, doubt } = await readUntil(
    (read) => read.doubt === undefined,
    context,
    async () => {
      const [resource, base] = await inOrder([remote.getConnector(target), baseOf(place)]);
      return { connector: resource, doubt: base && (await doubtOf(resource, base, place)) };
    },
  );
  if (doubt === undefined) return connector;
  const { environment, connectorId } = target;
  throw new PaconnError(`The service returned an ${doubt}.`, {
    hint: [
      'A cache, proxy, or gateway may have returned a saved response. Try again later.',
      'If the connector really has this content, download it to another folder:',
      `  paconn download <folder> --environment ${commandWord(environment)} --connector ${commandWord(connectorId)}`,
    ].join('\n'),
  });
}

/** Downloads the parts of a connector, and again where one contradicts the base: one that still does is missing. */
export async function readParts(
  connector: JsonDocument<ConnectorResource>,
  place: KnownPlace,
  remote: Remote,
  context: Pick<Context, 'signal'>,
  options?: FetchOptions,
): Promise<FetchedParts> {
  const base = await baseOf(place);
  const isSame = base !== undefined && changeOrder(lastChangeOf(connector).changedTime, base.changedTime) === 0;
  const { fetched, foreign } = await readUntil(
    (read) => read.foreign.length === 0,
    context,
    async () => {
      const parts = await fetchParts(remote, connector, options);
      return { fetched: parts, foreign: isSame ? foreignParts(parts, base) : [] };
    },
  );
  return foreign.reduce(withoutPart, fetched);
}

/** The connector as it is in the environment now: {@link readResource} and {@link readParts}, of which only the icon may be missing. */
export async function readState(
  place: KnownPlace,
  remote: Remote,
  context: Pick<Context, 'signal'>,
): Promise<RemoteState> {
  const connector = await readResource(place, remote, context);
  return neededState(await readParts(connector, place, remote, context));
}

async function baseOf({ target, directory }: KnownPlace): Promise<Base | undefined> {
  if (directory === undefined) return undefined;
  try {
    return (await readBase(directory, target)).base;
  } catch (error) {
    // Whoever can't do without it says so.
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

/** Why an answer can't be true: the end of a sentence. */
async function doubtOf(
  connector: JsonDocument<ConnectorResource>,
  base: Base,
  { target: { connectorId }, directory }: KnownPlace,
): Promise<string | undefined> {
  const { changedTime } = lastChangeOf(connector);
  const order = changeOrder(changedTime, base.changedTime);
  if (order !== undefined && order < 0)
    return `outdated version of ${connectorId}: it's older than your last synced version`;
  // A service that has once said when will say so.
  const isSame = order === 0 || (changedTime === undefined && base.changedTime !== undefined);
  if (!isSame) return undefined;
  const has = partsOf(connector);
  const parts = blobParts.filter((part) => base.hashes[part] !== undefined && !has[part]);
  const missing = [
    ...parts.map((part) => `the ${partFacts[part].words}`),
    ...(await lostProperties(connector, base, directory)),
  ];
  return missing.length === 0 ? undefined : `incomplete version of ${connectorId}, without ${missing.join(', ')}`;
}

const blobParts = ['apiDefinition', 'icon', 'script'] as const satisfies readonly BlobPart[];

/** The API properties that the base has, and that an answer doesn't have. */
async function lostProperties(
  connector: JsonDocument<ConnectorResource>,
  { hashes: { apiProperties: hash } }: Base,
  directory: string | undefined,
): Promise<readonly string[]> {
  const current = propertiesOf(connector);
  if (directory === undefined || hash === undefined || current.hash === hash) return [];
  const known = await readContent(directory, 'apiProperties', hash);
  if (!known) return [];
  const isLost = (name: string): boolean =>
    isEmptyValue(valueAt(current.document, ['properties', name])) &&
    !isEmptyValue(valueAt(known.document, ['properties', name]));
  return downloadedProperties.filter(isLost);
}

/** The parts that aren't those of the base, though nothing has changed since. */
function foreignParts({ current: { state } }: FetchedParts, { hashes }: Base): readonly BlobPart[] {
  return blobParts.filter(
    (part) => state[part] !== undefined && hashes[part] !== undefined && state[part].hash !== hashes[part],
  );
}

function withoutPart({ current, missing }: FetchedParts, part: BlobPart): FetchedParts {
  const { words } = partFacts[part];
  const error = new PaconnError(
    `Can't download the ${words}: the response differs from your last synced version, but the connector hasn't changed since.`,
    { hint: 'A cache, proxy, or gateway may have returned another file. Try again later.' },
  );
  const missingIcon = part === 'icon' ? error.message : current.state.missingIcon;
  return {
    current: { ...current, state: { ...current.state, [part]: undefined, missingIcon } },
    missing: [...missing, { part, error, isDefaultIcon: false }],
  };
}
