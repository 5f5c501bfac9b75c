import { basename, resolve } from 'node:path';
import { type ApiDefinition, apiDefinitionSchema } from '../connector/api-definition.ts';
import { type ApiProperties, apiPropertiesSchema } from '../connector/api-properties.ts';
import { FileError, UsageError } from '../errors.ts';
import { readBytes, readText } from '../io/fs/files.ts';
import { JsonDocument } from '../json/document.ts';
import type { Settings } from '../settings/settings.ts';

/** A file that is uploaded beside the definition. */
export interface UploadFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** The files of a connector, as they are on the disk. */
export interface ConnectorFiles {
  readonly apiDefinition: JsonDocument<ApiDefinition>;
  readonly apiProperties: JsonDocument<ApiProperties>;
  readonly icon: UploadFile | undefined;
  readonly script: UploadFile | undefined;
}

/** Raises `UsageError` for a file that a connector needs and the settings do not name. */
export function requireConnectorFiles(settings: Settings): void {
  required(settings.apiProperties, 'API Properties', '--api-prop', 'apiProperties');
  required(settings.apiDefinition, 'API Definition', '--api-def', 'apiDefinition');
}

/**
 * Reads the files that the settings name. One that is named and does not exist is an error: paconn skips a missing icon or
 * script, and so removes the script from the connector. Raises `UsageError` and `FileError`.
 */
export async function readConnectorFiles(settings: Settings, directory: string): Promise<ConnectorFiles> {
  const propertiesPath = required(settings.apiProperties, 'API Properties', '--api-prop', 'apiProperties');
  const definitionPath = required(settings.apiDefinition, 'API Definition', '--api-def', 'apiDefinition');
  return {
    apiProperties: JsonDocument.parse(await read(directory, propertiesPath), apiPropertiesSchema, propertiesPath),
    apiDefinition: JsonDocument.parse(await read(directory, definitionPath), apiDefinitionSchema, definitionPath),
    icon: await readUpload(directory, settings.icon),
    script: await readUpload(directory, settings.script),
  };
}

/** The title in the API definition, by which a connector is named. Raises {@link FileError} when there is none. */
export function requireTitle({ apiDefinition }: ConnectorFiles, { apiDefinition: path }: Settings): string {
  const title = apiDefinition.value.info?.title;
  if (title) return title;
  throw new FileError(`${path} has no title: a connector is named by "title" in "info".`);
}

function required(path: string | undefined, what: string, flag: string, key: string): string {
  if (path !== undefined) return path;
  throw new UsageError(`${what} must be specified.`, { hint: `Pass ${flag} FILE, or "${key}" in the settings file.` });
}

async function read(directory: string, path: string): Promise<string> {
  return await readText(resolve(directory, path), path);
}

async function readUpload(directory: string, path: string | undefined): Promise<UploadFile | undefined> {
  if (path === undefined) return undefined;
  return { name: basename(path), content: await readBytes(resolve(directory, path), path) };
}
