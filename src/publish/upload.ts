import { uploadBlob } from '../api/blob-storage.ts';
import type { ConnectorApi } from '../api/connector-api.ts';
import { type ApiProperties, refusableMembers } from '../connector/api-properties.ts';
import { findingsText } from '../connector/service-findings.ts';
import { connectorPayload, type PayloadSource } from '../connector/payload.ts';
import { ApiError } from '../errors.ts';
import { inOrder } from '../io/async.ts';
import type { Http } from '../io/net/http.ts';
import type { JsonDocument } from '../json/document.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import type { ConnectorFiles } from '../check/connector-files.ts';

export interface Upload {
  readonly iconUri: string | undefined;
  readonly scriptUri: string | undefined;
}

export interface PublishOptions {
  readonly api: ConnectorApi;
  readonly http: Http;
  readonly terminal: Terminal;
}

/**
 * What must be known before anything is changed, asked side by side: whether the service takes the definition, and where
 * to upload to. What the service says about a definition that it takes is shown.
 */
export async function prepareUpload(
  { api, terminal }: Pick<PublishOptions, 'api' | 'terminal'>,
  environment: string,
  { apiDefinition, icon, script }: ConnectorFiles,
): Promise<URL | undefined> {
  const [findings, storage] = await inOrder([
    api.validateApiDefinition(apiDefinition, { certification: false }),
    icon || script ? api.generateResourceStorage(environment) : Promise.resolve(undefined),
  ]);
  const text = findingsText(findings);
  if (text !== '') terminal.note(text);
  return storage;
}

/** Uploads icon and script side by side. */
export async function uploadFiles(
  { http }: Pick<PublishOptions, 'http'>,
  storage: URL | undefined,
  { icon, script }: ConnectorFiles,
): Promise<Upload> {
  const [iconUri, scriptUri] = await inOrder([
    storage && icon ? uploadBlob(http, storage, icon) : Promise.resolve(undefined),
    storage && script ? uploadBlob(http, storage, script) : Promise.resolve(undefined),
  ]);
  return { iconUri, scriptUri };
}

export interface Sent<T> {
  readonly answer: T;
  /** Those that were sent in the end. */
  readonly apiProperties: JsonDocument<ApiProperties>;
}

/**
 * Sends a connector. Some environments refuse a member that others want; such a one is left out, which is said, and the
 * rest is sent again: what was refused has changed nothing.
 */
export async function sendPayload<T>(
  source: PayloadSource,
  send: (payload: JsonDocument<ApiProperties>) => Promise<T>,
  { terminal }: Pick<PublishOptions, 'terminal'>,
): Promise<Sent<T>> {
  let { apiProperties } = source;
  for (;;) {
    try {
      return { answer: await send(connectorPayload({ ...source, apiProperties })), apiProperties };
    } catch (error) {
      const member = refusedMember(error);
      const without = member && withoutMember(apiProperties, member);
      if (!without || without === apiProperties) throw error;
      terminal.note(`This environment does not know '${member}': it is left out of the request; your file keeps it.`);
      apiProperties = without;
    }
  }
}

function refusedMember(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || error.status !== 400 || error.code !== 'InvalidRequestContent') return undefined;
  return /Could not find member '([^']+)'/u.exec(error.serviceMessage ?? '')?.[1];
}

function withoutMember(document: JsonDocument<ApiProperties>, member: string): JsonDocument<ApiProperties> {
  return (refusableMembers.get(member) ?? []).reduce((changed, path) => changed.without(path), document);
}
