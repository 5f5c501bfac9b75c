import type { Remote, Target } from './remote.ts';
import type { ConnectorResource } from './resources.ts';
import * as z from 'zod';
import { isApiDefinition } from '../connector/api-definition.ts';
import { apiPropertiesSchema, downloadedApiProperties } from '../connector/api-properties.ts';
import { withoutClientSecrets } from '../connector/client-secret.ts';
import type { Connector, LastChange, RemoteState } from '../connector/connector.ts';
import {
  DefaultIconContent,
  DefinitionContent,
  PartContent,
  PropertiesContent,
  ScriptContent,
} from '../connector/part-content.ts';
import { isDefaultIcon } from '../connector/default-icon.ts';
import { isPicture } from '../connector/picture.ts';
import { partFacts, type PerPart } from '../connector/part.ts';
import { FileError, InterruptedError, PaconnError } from '../errors.ts';
import { indented, JsonDocument } from '../json/document.ts';
import { decodeBytes } from '../json/decode.ts';
import { inOrder } from '../io/async.ts';
import { bytesInDataUrl } from './data-url.ts';
import type { DownloadOptions } from './blob-storage.ts';
import type { BlobPart } from './foreign-content.ts';

/** Milliseconds for a server of icons: where a firewall swallows the request, the rest of the connector does not wait for long. */
const iconTimeout = 10_000;

/** The parts that a connector has. An empty URL means that a part is missing. */
export function partsOf({ value }: JsonDocument<ConnectorResource>): PerPart<boolean> {
  const { apiDefinitions, iconUri, scriptDefinitionUrl } = value.properties;
  return {
    apiProperties: true,
    apiDefinition: Boolean(apiDefinitions?.originalSwaggerUrl),
    icon: Boolean(iconUri),
    script: Boolean(scriptDefinitionUrl),
  };
}

/** The default name of an icon file: by a type that the address states, else as usual. */
export function iconFileName({ value }: JsonDocument<ConnectorResource>): string {
  return /^\s*data:image\/svg\b/iu.test(value.properties.iconUri ?? '') ? 'icon.svg' : partFacts.icon.fileName;
}

/** Whether a connector has an uploaded icon, not the default picture. */
export function hasOwnIcon({ value }: JsonDocument<ConnectorResource>): boolean {
  const { iconUri } = value.properties;
  return Boolean(iconUri) && !isDefaultIcon(iconUri ?? '');
}

/** The user who changed a connector last. */
export function lastChangeOf({ value }: JsonDocument<ConnectorResource>): LastChange {
  const { changedTime, modifiedBy } = value.properties;
  return {
    changedTime: changedTime || undefined,
    changedBy: modifiedBy?.displayName || modifiedBy?.userPrincipalName || undefined,
  };
}

/** The connector as it is in the environment now. Raises as {@link fetchConnector}, and `NotSignedInError`. */
export async function fetchState(remote: Remote, target: Target): Promise<RemoteState> {
  return await fetchConnector(remote, await remote.getConnector(target));
}

/** A part that an environment has, and that could not be downloaded. */
export interface MissingPart {
  readonly part: BlobPart;
  readonly error: PaconnError;
  /** Whether it's the default picture of a connector without an icon. */
  readonly isDefaultIcon: boolean;
}

/** The parts of a connector that could be downloaded, and the ones that couldn't. */
export interface FetchedParts {
  readonly current: RemoteState;
  readonly missing: readonly MissingPart[];
}

/** How the parts of a connector are downloaded: see {@link DownloadOptions}. */
export type FetchOptions = Pick<DownloadOptions, 'acceptsUnproven'>;

/**
 * Downloads the parts of a connector side by side. JSON is indented as files have it. An icon can be on any server, and is no
 * reason to go without the rest: why it cannot be had is in the result. Raises `ApiError`, `NetworkError`, and `FileError` for
 * any other part.
 */
export async function fetchConnector(
  remote: Remote,
  connector: JsonDocument<ConnectorResource>,
  options: FetchOptions = {},
): Promise<RemoteState> {
  return neededState(await fetchParts(remote, connector, options));
}

/** The connector, if nothing but its icon is missing. Raises the error of any other part. */
export function neededState({ current, missing }: FetchedParts): RemoteState {
  const needed = missing.find(({ part }) => part !== 'icon');
  if (needed) throw needed.error;
  return current;
}

/** The same, and content with what there is. */
export async function fetchParts(
  remote: Remote,
  connector: JsonDocument<ConnectorResource>,
  { acceptsUnproven }: FetchOptions = {},
): Promise<FetchedParts> {
  const { displayName, apiDefinitions, iconUri, scriptDefinitionUrl } = connector.value.properties;
  const missing: MissingPart[] = [];
  const fetched = async <T>(
    part: BlobPart,
    url: string | null | undefined,
    read: (url: string) => Promise<T>,
  ): Promise<T | undefined> => {
    try {
      return url ? await read(url) : undefined;
    } catch (error) {
      if (!(error instanceof PaconnError) || error instanceof InterruptedError) throw error;
      missing.push({ part, error, isDefaultIcon: part === 'icon' && !hasOwnIcon(connector) });
      return undefined;
    }
  };
  const blob = async (part: BlobPart, url: string): Promise<Uint8Array> =>
    await remote.downloadBlob(url, `the ${partFacts[part].words}`, { part, acceptsUnproven });
  const [apiDefinition, icon, script] = await inOrder([
    fetched('apiDefinition', apiDefinitions?.originalSwaggerUrl, async (url) =>
      definitionOf(await blob('apiDefinition', url)),
    ),
    fetched('icon', iconUri, async (url) => await fetchIcon(remote, url)),
    fetched('script', scriptDefinitionUrl, async (url) => {
      return new ScriptContent('The script that the service has', await blob('script', url));
    }),
  ]);
  const state: Connector = {
    displayName: displayName || undefined,
    apiDefinition,
    apiProperties: propertiesOf(connector),
    icon,
    script,
    missingIcon: missing.find(({ part }) => part === 'icon')?.error.message,
  };
  return { current: { state, ...lastChangeOf(connector) }, missing };
}

async function fetchIcon(remote: Remote, iconUri: string): Promise<PartContent> {
  const shown = 'The icon that the service has';
  const options = { part: 'icon', timeout: iconTimeout } as const;
  const bytes = iconInUrl(iconUri) ?? (await remote.downloadBlob(iconUri, 'the icon', options));
  return isDefaultIcon(iconUri) ? new DefaultIconContent(shown, bytes) : new PartContent(shown, bytes);
}

/** The icon that a `data:` URL holds; undefined for any other URL. Raises `PaconnError` when that is none. */
function iconInUrl(iconUri: string): Uint8Array | undefined {
  const body = bytesInDataUrl(iconUri, 'the icon');
  if (!body || isPicture(body)) return body;
  throw new PaconnError("Can't download the icon: its data: URL isn't a complete picture.");
}

/** The API properties that a connector has, as a download writes them. */
export function propertiesOf(connector: JsonDocument<ConnectorResource>): PropertiesContent {
  const shown = 'The API properties that the service has';
  const downloaded = JsonDocument.parse(downloadedApiProperties(connector).text, apiPropertiesSchema, shown);
  const document = JsonDocument.written(indented(withoutClientSecrets(downloaded)), apiPropertiesSchema);
  return new PropertiesContent(shown, Buffer.from(document.text), { document });
}

/** The error has no hint to save the file as UTF-8: it is the service's. */
function textOf(content: Uint8Array, shown: string): string {
  const { text, fault } = decodeBytes(content);
  if (text !== undefined && fault === undefined) return text;
  throw new FileError(`${shown} isn't UTF-8 text.`);
}

/** Indented again, and read no second time. */
function definitionOf(content: Uint8Array): DefinitionContent {
  const shown = 'The API definition that the service has';
  const { text: written, value } = JsonDocument.parse(textOf(content, shown), z.unknown(), shown);
  if (!isApiDefinition(value)) {
    throw new PaconnError("Can't download the API definition: the response is JSON, but not an API definition.");
  }
  const text = indented({ text: written });
  const json = { text, json: text, value, faults: [], encodingFault: undefined };
  return new DefinitionContent(shown, Buffer.from(text), { json });
}
