import * as z from 'zod';
import type { ConnectorApi, Target } from '../api/connector-api.ts';
import { apiDefinitionSchema } from '../connector/api-definition.ts';
import { type ApiProperties, apiPropertiesSchema, downloadedApiProperties } from '../connector/api-properties.ts';
import { withoutClientSecrets } from '../connector/client-secret.ts';
import type { ConnectorState, RemoteState } from '../connector/connector-state.ts';
import { FileError } from '../errors.ts';
import type { Http } from '../io/net/http.ts';
import { JsonDocument } from '../json/document.ts';
import type { Settings } from '../settings/settings.ts';
import { type ConnectorFiles, readConnectorFiles } from './connector-files.ts';
import { fetchConnector } from '../api/fetch-connector.ts';

/** What an environment holds of a connector now. Raises `ApiError`, `NetworkError`, `NotSignedInError` and `FileError`. */
export async function fetchState(api: ConnectorApi, http: Http, target: Target): Promise<RemoteState> {
  return await fetchConnector(http, await api.getConnector(target));
}

/** What the files that the settings name say a connector is. Raises `UsageError` and `FileError`. */
export async function localState(settings: Settings, directory: string): Promise<ConnectorState> {
  return stateOfFiles(await readConnectorFiles(settings, directory));
}

/** The same of files that have been read: of the API properties what a download keeps, and never a client secret. */
export function stateOfFiles({ apiDefinition, apiProperties, icon, script }: ConnectorFiles): ConnectorState {
  return {
    title: apiDefinition.value.info?.title || undefined,
    apiDefinition,
    apiProperties: stateProperties(apiProperties),
    icon: icon?.content,
    script: script?.content,
  };
}

/** What a state knows of API properties. */
export function stateProperties(apiProperties: JsonDocument<ApiProperties>): JsonDocument {
  return JsonDocument.parse(
    downloadedApiProperties(withoutClientSecrets(apiProperties)).text,
    z.unknown(),
    'API properties',
  );
}

/** The files that a state is sent as. Raises `FileError` for a state that cannot be sent; `shown` is where it was. */
export function filesOfState(
  { apiDefinition, apiProperties, icon, script }: ConnectorState,
  shown: string,
): ConnectorFiles {
  if (!apiDefinition)
    throw new FileError(`The state in ${shown} has no API definition, without which none can be sent.`);
  return {
    apiDefinition: JsonDocument.parse(apiDefinition.text, apiDefinitionSchema, 'The API definition'),
    apiProperties: JsonDocument.parse(apiProperties.text, apiPropertiesSchema, 'The API properties'),
    icon: icon && { name: 'icon.png', content: icon },
    script: script && { name: 'script.csx', content: script },
  };
}
