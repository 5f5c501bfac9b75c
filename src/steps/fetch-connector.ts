import { downloadBlob } from '../api/blob-storage.ts';
import type { ConnectorResource } from '../api/resources.ts';
import * as z from 'zod';
import { keptProperties } from '../connector/api-properties.ts';
import { decodeText } from '../io/files.ts';
import type { Http } from '../io/http.ts';
import { indented, JsonDocument, toJsonObject } from '../io/json-document.ts';
import { inOrder } from './publish.ts';

/** The parts of a connector as files hold them; undefined where the connector has none. */
export interface FetchedConnector {
  readonly apiProperties: string;
  readonly apiDefinition: string | undefined;
  readonly icon: Uint8Array | undefined;
  readonly script: Uint8Array | undefined;
}

/** The parts of a connector that it has; an empty URL stands for none. */
export function partsOf({ value }: JsonDocument<ConnectorResource>): {
  readonly [K in keyof FetchedConnector]: boolean;
} {
  const { apiDefinitions, iconUri, scriptDefinitionUrl } = value.properties;
  return {
    apiProperties: true,
    apiDefinition: Boolean(apiDefinitions?.originalSwaggerUrl),
    icon: Boolean(iconUri),
    script: Boolean(scriptDefinitionUrl),
  };
}

/** Downloads the parts of a connector side by side. Raises `ApiError`, `NetworkError`, and `FileError` for a broken part. */
export async function fetchConnector(
  http: Http,
  connector: JsonDocument<ConnectorResource>,
): Promise<FetchedConnector> {
  const { apiDefinitions, iconUri, scriptDefinitionUrl } = connector.value.properties;
  const fetched = async (url: string | null | undefined, what: string): Promise<Uint8Array | undefined> =>
    url ? await downloadBlob(http, url, what) : undefined;
  const [definition, icon, script] = await inOrder([
    fetched(apiDefinitions?.originalSwaggerUrl, 'the API definition'),
    fetched(iconUri, 'the icon'),
    fetched(scriptDefinitionUrl, 'the script'),
  ]);
  return {
    apiProperties: keptApiProperties(connector),
    apiDefinition: definition && indentedDefinition(definition),
    icon,
    script,
  };
}

function keptApiProperties(connector: JsonDocument<ConnectorResource>): string {
  const members = keptProperties.flatMap((name) => {
    const value = connector.at(['properties', name]);
    return value ? [[name, value] as const] : [];
  });
  return indented(toJsonObject([['properties', toJsonObject(members)]]));
}

function indentedDefinition(content: Uint8Array): string {
  const shown = 'The API definition that the service has';
  return indented(JsonDocument.parse(decodeText(content, shown), z.unknown(), shown));
}
