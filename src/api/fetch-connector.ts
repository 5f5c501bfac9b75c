import { downloadBlob } from './blob-storage.ts';
import type { ConnectorResource } from './resources.ts';
import * as z from 'zod';
import { apiPropertiesSchema, downloadedApiProperties } from '../connector/api-properties.ts';
import { withoutClientSecrets } from '../connector/client-secret.ts';
import type { ConnectorPart, RemoteState, LastChange } from '../connector/connector-state.ts';
import { decodeText } from '../io/fs/files.ts';
import type { Http } from '../io/net/http.ts';
import { indented, JsonDocument } from '../json/document.ts';
import { inOrder } from '../io/async.ts';

/** The parts of a connector that it has; an empty URL stands for none. */
export function partsOf({ value }: JsonDocument<ConnectorResource>): { readonly [K in ConnectorPart]: boolean } {
  const { apiDefinitions, iconUri, scriptDefinitionUrl } = value.properties;
  return {
    apiProperties: true,
    apiDefinition: Boolean(apiDefinitions?.originalSwaggerUrl),
    icon: Boolean(iconUri),
    script: Boolean(scriptDefinitionUrl),
  };
}

/** Who changed a connector last. */
export function lastChangeOf({ value }: JsonDocument<ConnectorResource>): LastChange {
  const { changedTime, modifiedBy } = value.properties;
  return {
    changedTime: changedTime || undefined,
    changedBy: modifiedBy?.displayName || modifiedBy?.userPrincipalName || undefined,
  };
}

/**
 * Downloads the parts of a connector side by side. JSON is indented as files have it. Raises `ApiError`, `NetworkError`,
 * and `FileError` for a broken part.
 */
export async function fetchConnector(http: Http, connector: JsonDocument<ConnectorResource>): Promise<RemoteState> {
  const { displayName, apiDefinitions, iconUri, scriptDefinitionUrl } = connector.value.properties;
  const fetched = async (url: string | null | undefined, what: string): Promise<Uint8Array | undefined> =>
    url ? await downloadBlob(http, url, what) : undefined;
  const [definition, icon, script] = await inOrder([
    fetched(apiDefinitions?.originalSwaggerUrl, 'the API definition'),
    fetched(iconUri, 'the icon'),
    fetched(scriptDefinitionUrl, 'the script'),
  ]);
  const apiDefinition = definition && indentedDefinition(definition);
  const state = {
    title: displayName || undefined,
    apiDefinition,
    apiProperties: propertiesOf(connector),
    icon,
    script,
  };
  return { state, ...lastChangeOf(connector) };
}

function propertiesOf(connector: JsonDocument<ConnectorResource>): JsonDocument {
  const shown = 'The API properties that the service has';
  const kept = JsonDocument.parse(downloadedApiProperties(connector).text, apiPropertiesSchema, shown);
  return JsonDocument.parse(indented(withoutClientSecrets(kept)), z.unknown(), shown);
}

function indentedDefinition(content: Uint8Array): JsonDocument {
  const shown = 'The API definition that the service has';
  const text = indented(JsonDocument.parse(decodeText(content, shown), z.unknown(), shown));
  return JsonDocument.parse(text, z.unknown(), shown);
}
