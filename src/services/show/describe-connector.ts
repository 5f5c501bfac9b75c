import * as z from 'zod';
import type { Remote, Target } from '../../api/remote.ts';
import type { ConnectorResource } from '../../api/resources.ts';
import { authenticationOf, authenticationSchema } from '../../connector/authentication.ts';
import type { ConnectorDescription, OperationDescription } from '../../connector/connector-description.ts';
import { type Operation, operationsOf } from '../../connector/operations.ts';
import { JsonDocument } from '../../json/document.ts';
import { nodeAt, parseTree, stringOf } from '../../json/tree.ts';
import { decodeText } from '../../json/decode.ts';
import { lastChangeOf, partsOf } from '../../api/fetch-connector.ts';

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
  createdBy: z.object({ displayName: text, userPrincipalName: text }).nullish().catch(null),
  createdTime: text,
});

const definitionSchema = z.looseObject({ host: text });

/** Tells what a connector consists of, for which its API definition is downloaded. Raises as `downloadBlob`, `FileError`. */
export async function describeConnector(
  remote: Remote,
  { environment, connectorId }: Target,
  connector: JsonDocument<ConnectorResource>,
): Promise<ConnectorDescription> {
  const shown = 'The answer of the service';
  const { properties } = JsonDocument.parse(connector.text, z.object({ properties: propertiesSchema }), shown).value;
  const definition = await fetchDefinition(remote, connector.value.properties.apiDefinitions?.originalSwaggerUrl);
  const { icon, script } = partsOf(connector);
  const { changedBy, changedTime } = lastChangeOf(connector);
  return {
    id: connectorId,
    name: properties.displayName || null,
    environment,
    description: properties.description || null,
    isCustom: properties.isCustomApi ?? false,
    host: definition?.value.host || null,
    serviceUrl: properties.backendService?.serviceUrl || null,
    authentication: authenticationOf(properties),
    operations: operationsOf(definition && parseTree(definition.text)).flatMap(operationDescription),
    hasIcon: icon,
    iconBrandColor: properties.iconBrandColor || null,
    hasScript: script,
    scriptOperations: properties.scriptOperations ?? [],
    policies: (properties.policyTemplateInstances ?? []).map(({ templateId, title }) => ({
      templateId: templateId ?? null,
      title: title ?? null,
    })),
    publisher: properties.publisher || null,
    stackOwner: properties.stackOwner || null,
    createdBy: properties.createdBy?.displayName || properties.createdBy?.userPrincipalName || null,
    createdTime: properties.createdTime || null,
    changedBy: changedBy ?? null,
    changedTime: changedTime ?? null,
  };
}

/** None of what stands where an operation should. */
function operationDescription({ id, node, path: [, path, method] }: Operation): readonly OperationDescription[] {
  if (node.type !== 'object') return [];
  const summary = stringOf(nodeAt(node, 'summary')) || null;
  const isTrigger = Boolean(stringOf(nodeAt(node, 'x-ms-trigger')));
  return [{ id: id ?? null, summary, method: method.toLowerCase(), path, isTrigger }];
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
