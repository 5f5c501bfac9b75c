import { basename, extname } from 'node:path';
import type { UploadedFile } from '../api/blob-storage.ts';
import type { Remote } from '../api/remote.ts';
import type { Connector } from '../connector/connector.ts';
import type { PartContent } from '../connector/part-content.ts';
import { type ConnectorPart, type DocumentPart, partFacts } from '../connector/part.ts';
import { serviceFindingsText } from '../connector/service-findings.ts';
import type { PayloadSource } from '../connector/payload.ts';
import { FileError } from '../errors.ts';
import { inOrder } from '../io/async.ts';
import type { Terminal } from '../io/terminal/terminal.ts';

export interface Upload {
  readonly iconUri: string | undefined;
  readonly scriptUri: string | undefined;
}

/**
 * What must be known before anything is changed, asked side by side: whether the service takes the definition, and where
 * to upload to. What the service says about a definition that it takes is shown.
 */
export async function prepareUpload(
  remote: Remote,
  { note }: Pick<Terminal, 'note'>,
  environment: string,
  connector: Connector,
): Promise<URL | undefined> {
  const [findings, storage] = await inOrder([
    remote.validateApiDefinition(documentsOf(connector).apiDefinition, { certification: false }),
    connector.icon || connector.script ? remote.generateResourceStorage(environment) : Promise.resolve(undefined),
  ]);
  for (const line of serviceFindingsText(findings).split('\n')) if (line.trim() !== '') note(line);
  return storage;
}

/** Uploads icon and script side by side. */
export async function uploadFiles(
  remote: Remote,
  storage: URL | undefined,
  { icon, script }: Connector,
): Promise<Upload> {
  const [iconUri, scriptUri] = await inOrder([
    storage && icon ? remote.uploadBlob(storage, uploadOf('icon', icon)) : Promise.resolve(undefined),
    storage && script ? remote.uploadBlob(storage, uploadOf('script', script)) : Promise.resolve(undefined),
  ]);
  return { iconUri, scriptUri };
}

/** The documents that are sent. Raises `FileError` for a connector without an API definition. */
export function documentsOf({ apiDefinition, apiProperties }: Connector): Pick<PayloadSource, DocumentPart> {
  if (apiDefinition) return { apiDefinition: apiDefinition.document, apiProperties: apiProperties.document };
  throw new FileError(`${apiProperties.name} has no API definition. Every connector requires one.`);
}

/** What a file is called in the storage. A pipe has no name that says what is in it. */
export function uploadOf(part: ConnectorPart, { name, bytes }: PartContent): UploadedFile {
  return { name: extname(name) === '' ? partFacts[part].fileName : basename(name), content: bytes };
}
