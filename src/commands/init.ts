import type { CommandDefinition } from './command-definition.ts';

export const initCommand: CommandDefinition = {
  name: 'init',
  description: 'Begin a connector, from nothing or from an API definition.',
  paths: ['[folder]', 'Folder to write to, made if missing; the current one unless told.'],
  options: [],
  addedOptions: [
    'from',
    'mcp',
    'title',
    'summary',
    'host',
    'authKind',
    'apiKeyHeader',
    'oAuthClientId',
    'authorizationUrl',
    'tokenUrl',
    'scopes',
    'resourceUri',
    'withScript',
    'script',
    'icon',
  ],
  examples: [
    ['paconn init contoso', 'Be asked for what there is to know.'],
    ['paconn init contoso --host api.contoso.com --auth api-key', 'Say it.'],
    ['paconn init contoso --mcp https://mcp.contoso.com/mcp --auth none', 'Connect agents to an MCP server.'],
    ['paconn init contoso --from https://api.contoso.com/swagger.json', 'Begin with the definition of the API.'],
  ],
  load: async () => (await import('../services/init/init.ts')).init,
};
