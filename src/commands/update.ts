import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions } from './options.ts';

export const updateCommand: CommandDefinition = {
  name: 'update',
  description: 'Update a custom connector from files.',
  paths: ['[folders...]', 'Folders of connectors, or folders of such folders, each with its settings.json.'],
  options: [
    'environment',
    'connectorId',
    'apiProperties',
    'apiDefinition',
    'icon',
    'script',
    'powerAppsUrl',
    'powerAppsApiVersion',
    'clientSecret',
    'settingsFile',
  ],
  addedOptions: [
    ...serviceOptions,
    'sendNothing',
    'overwriteChanges',
    'rename',
    'removeScript',
    'skipValidation',
    'concurrency',
  ],
  examples: [
    ['paconn update -s settings.json', 'Update the connector that the settings file names.'],
    ['paconn update -s settings.json --dry-run', 'Show what would be sent, and what it would change.'],
    ['paconn update connectors', 'Update all connectors in the folders below.'],
    ['PACONN_CLIENT_SECRET=… paconn update -s settings.json', 'The same, with a new OAuth2 client secret.'],
  ],
  load: async () => (await import('../services/update/update.ts')).update,
};
