import { indented, type JsonDocument, type RawJson, toJson } from '../json/document.ts';
import { isArray } from '../json/value.ts';
import type { ApiDefinition } from './api-definition.ts';
import { type NewAuthentication, connectionParameters, securityDefinition } from './new-authentication.ts';

/** The values that the files of a new connector require. */
export interface NewConnector {
  readonly title: string;
  readonly description: string;
  /** Where the API is; undefined where its definition, or an MCP server, says so. */
  readonly address: URL | undefined;
  readonly authentication: NewAuthentication;
}

/** The text of an API definition with one operation, to be replaced by those that the API has. */
export function newApiDefinition({ title, description, address, authentication }: NewConnector): string {
  const definition = {
    swagger: '2.0',
    info: { title, description, version: '1.0' },
    ...(address && addressMembers(address)),
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: { '/items/{id}': { get: exampleOperation } },
    definitions: { Item: exampleItem },
    ...securityMembers(authentication),
  };
  return text(definition);
}

/**
 * The text of an API definition for an MCP server, which agents talk to over Streamable HTTP. What it answers depends on what
 * it is asked, so there is no schema: https://learn.microsoft.com/microsoft-copilot-studio/mcp-add-existing-server-to-agent
 */
export function newMcpDefinition(server: URL, { title, description, authentication }: NewConnector): string {
  const operation = {
    operationId: 'InvokeServer',
    summary: title,
    description,
    'x-ms-agentic-protocol': 'mcp-streamable-1.0',
    responses: { 200: { description: 'Success' } },
  };
  return text({
    swagger: '2.0',
    info: { title, description, version: '1.0' },
    host: server.host,
    basePath: '/',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: { [server.pathname]: { post: operation } },
    ...securityMembers(authentication),
  });
}

const exampleOperation = {
  operationId: 'GetItem',
  summary: 'Get an item',
  description: 'Gets an item by its ID.',
  parameters: [
    {
      name: 'id',
      in: 'path',
      required: true,
      type: 'string',
      description: 'ID of the item.',
      'x-ms-summary': 'ID',
      'x-ms-url-encoding': 'single',
    },
  ],
  responses: { 200: { description: 'The item', schema: { $ref: '#/definitions/Item' } } },
};

const exampleItem = {
  type: 'object',
  properties: {
    id: { type: 'string', description: 'ID of the item.', 'x-ms-summary': 'ID' },
    name: { type: 'string', description: 'Name of the item.', 'x-ms-summary': 'Name' },
  },
};

/** The text of an API definition, completed with what a connector needs. All other text stays unchanged. */
export function completedApiDefinition(
  document: JsonDocument<ApiDefinition>,
  { title, description, address, authentication }: NewConnector,
): string {
  const { info, schemes, ['securityDefinitions']: security } = document.value;
  const members = {
    ...(!info && { info: { title, description, version: '1.0' } }),
    ...(!schemes && { schemes: ['https'] }),
    ...(address && addressMembers(address)),
    ...(security === undefined && securityMembers(authentication)),
  };
  const whole = document.withMembers([], rawMembers(members)).withMembers(['info'], rawMembers({ title, description }));
  return `${indented(whole)}\n`;
}

function rawMembers(members: Readonly<Record<string, unknown>>): Record<string, RawJson> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, toJson(value)]));
}

/** The text of the API properties. Those that belong to a definition that was converted come with it. */
export function newApiProperties(
  { authentication }: NewConnector,
  iconBrandColor: string,
  converted: Readonly<Record<string, unknown>> = { connectionParameters: connectionParameters(authentication) },
): string {
  const { policyTemplateInstances, ...signIn } = converted;
  const policies = isArray(policyTemplateInstances) && policyTemplateInstances.length > 0;
  return text({
    properties: {
      ...signIn,
      iconBrandColor,
      capabilities: [],
      ...(policies && { policyTemplateInstances }),
    },
  });
}

function addressMembers({ host, pathname, protocol }: URL): Readonly<Record<string, unknown>> {
  return { host, basePath: pathname.replace(/(?<=.)\/$/u, ''), schemes: [protocol.slice(0, -1)] };
}

function securityMembers(authentication: NewAuthentication): Readonly<Record<string, unknown>> {
  const [name, definition] = securityDefinition(authentication) ?? [];
  if (name === undefined) return {};
  return { securityDefinitions: { [name]: definition }, security: [{ [name]: [] }] };
}

function text(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** A script that forwards each request unchanged. */
export const newScript = `public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        // this.Context.OperationId is the ID of the operation.
        return await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
    }
}
`;
