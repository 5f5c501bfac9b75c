import { type JsonDocument, type RawJson, toJson } from '../json/document.ts';
import { type ApiDefinition, backendServiceUrl } from './api-definition.ts';
import type { ApiProperties } from './api-properties.ts';

export interface PayloadSource {
  readonly apiDefinition: JsonDocument<ApiDefinition>;
  /** The API properties, client secrets included. */
  readonly apiProperties: JsonDocument<ApiProperties>;
  readonly environment: string;
  /** The name of a new connector. Service and Python tool leave that of an existing one as it is. */
  readonly displayName?: string | undefined;
  /** The URL of the uploaded icon; without one an `iconUri` of the file stays. */
  readonly iconUri?: string | undefined;
  /** The URL of the uploaded script; without one the connector has none. */
  readonly scriptUri?: string | undefined;
}

/** The body of a request that creates or updates a connector. Members come in the order of the Python tool. */
export function connectorPayload(source: PayloadSource): JsonDocument<ApiProperties> {
  const { apiDefinition, apiProperties, environment, displayName, iconUri, scriptUri } = source;
  const members: Record<string, RawJson> = {
    openApiDefinition: apiDefinition,
    backendService: toJson({ serviceUrl: backendServiceUrl(apiDefinition.value) }),
    environment: toJson({ name: environment }),
    ...(displayName !== undefined && { displayName: toJson(displayName) }),
    description: toJson(apiDefinition.value.info?.description ?? ''),
    ...(iconUri !== undefined && { iconUri: toJson(iconUri) }),
    scriptDefinitionUrl: toJson(scriptUri ?? ''),
  };
  return apiProperties.withMembers(['properties'], members);
}
