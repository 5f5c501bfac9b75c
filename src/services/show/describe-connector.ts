import * as z from 'zod';
import type { Remote } from '../../api/remote.ts';
import type { ConnectorResource } from '../../api/resources.ts';
import { authenticationOf, authenticationSchema } from '../../connector/authentication.ts';
import { backendServiceUrl } from '../../connector/api-definition.ts';
import { type Connector, titleOf } from '../../connector/connector.ts';
import { type Operation, operationsOf } from '../../connector/operations.ts';
import { JsonDocument } from '../../json/document.ts';
import { nodeAt, parseTree, stringOf } from '../../json/tree.ts';
import { isText } from '../../json/value.ts';
import { decodeText } from '../../json/decode.ts';
import { lastChangeOf, partsOf } from '../../api/fetch-connector.ts';
import { personData } from '../../output/person-data.ts';
import type { ShowData } from '../../results/connectors.ts';

const text = z.string().nullish().catch(null);
const policySchema = z.object({ templateId: text, title: text });

/** Read loosely: something odd in one place is no reason not to tell the rest. */
const propertiesSchema = authenticationSchema.extend({
  displayName: text,
  description: text,
  isCustomApi: z.boolean().nullish().catch(null),
  backendService: z.object({ serviceUrl: text }).nullish().catch(null),
  iconBrandColor: text,
  scriptOperations: z.array(z.string()).nullish().catch(null),
  policyTemplateInstances: z.array(policySchema).nullish().catch(null),
  publisher: text,
  stackOwner: text,
  createdBy: z.object({ id: text, displayName: text, userPrincipalName: text }).nullish().catch(null),
  createdTime: text,
});

const resourceSchema = z.object({ properties: propertiesSchema });

const definitionSchema = z.looseObject({ host: text });

/** Tells what a connector consists of, for which its API definition is downloaded. Raises as `downloadBlob`, `FileError`. */
export async function describeConnector(
  remote: Remote,
  { connectorId, environment, url }: Pick<ShowData, 'connectorId' | 'environment' | 'url'>,
  connector: JsonDocument<ConnectorResource>,
): Promise<ShowData> {
  const shown = 'The response of the service';
  const { properties } = JsonDocument.parse(connector.text, resourceSchema, shown).value;
  const definition = await fetchDefinition(remote, connector.value.properties.apiDefinitions?.originalSwaggerUrl);
  const { icon, script } = partsOf(connector);
  const { changedTime } = lastChangeOf(connector);
  return {
    connectorId,
    name: properties.displayName || null,
    environment,
    url,
    description: properties.description || null,
    isCustom: properties.isCustomApi ?? false,
    serviceUrl: properties.backendService?.serviceUrl || null,
    ...contentOf(properties, definition),
    hasIcon: icon,
    hasScript: script,
    createdBy: personData(properties.createdBy),
    createdTime: properties.createdTime || null,
    changedBy: personData(connector.value.properties.modifiedBy),
    changedTime: changedTime ?? null,
  };
}

/** The same of a connector that isn't in an environment. Raises `FileError`. */
export function describeFiles(connector: Connector): ShowData {
  const { apiDefinition, apiProperties, icon, script } = connector;
  const { document } = apiProperties;
  const { properties } = JsonDocument.parse(document.text, resourceSchema, apiProperties.name).value;
  const definition = apiDefinition?.document;
  return {
    connectorId: null,
    name: titleOf(connector) || null,
    environment: null,
    url: null,
    description: definition?.value.info?.description || null,
    isCustom: true,
    serviceUrl: definition ? backendServiceUrl(definition.value) : null,
    ...contentOf(properties, definition),
    hasIcon: icon !== undefined,
    hasScript: script !== undefined,
    createdBy: null,
    createdTime: null,
    changedBy: null,
    changedTime: null,
  };
}

type Content = Pick<
  ShowData,
  | 'host'
  | 'authentication'
  | 'operations'
  | 'iconBrandColor'
  | 'scriptOperations'
  | 'policies'
  | 'publisher'
  | 'stackOwner'
>;

/** What API properties and API definition say. */
function contentOf(
  properties: z.infer<typeof propertiesSchema>,
  definition: Pick<JsonDocument<{ readonly host?: unknown }>, 'text' | 'value'> | undefined,
): Content {
  const host = definition?.value.host;
  return {
    host: isText(host) ? host : null,
    authentication: authenticationOf(properties),
    operations: operationsOf(definition && parseTree(definition.text)).flatMap(operationDescription),
    iconBrandColor: properties.iconBrandColor || null,
    scriptOperations: properties.scriptOperations ?? [],
    policies: (properties.policyTemplateInstances ?? []).map(({ templateId, title }) => ({
      templateId: templateId ?? null,
      title: title ?? null,
    })),
    publisher: properties.publisher || null,
    stackOwner: properties.stackOwner || null,
  };
}

/** None of what stands where an operation should. */
function operationDescription({ id, node, path: [, path, method] }: Operation): ShowData['operations'] {
  if (node.type !== 'object') return [];
  const summary = stringOf(nodeAt(node, 'summary')) || null;
  const isTrigger = Boolean(stringOf(nodeAt(node, 'x-ms-trigger')));
  return [{ operationId: id ?? null, summary, method: method.toLowerCase(), path, isTrigger }];
}

async function fetchDefinition(
  remote: Remote,
  url: string | null | undefined,
): Promise<JsonDocument<z.infer<typeof definitionSchema>> | undefined> {
  if (!url) return undefined;
  const shown = 'The API definition that the service has';
  const content = decodeText(await remote.downloadBlob(url, 'the API definition', { part: 'apiDefinition' }), shown);
  return JsonDocument.parse(content, definitionSchema, shown);
}
