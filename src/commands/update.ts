import type { CommandDefinition } from './command-definition.ts';
import { publishOptions, settingOptions } from './options.ts';

export const updateCommand: CommandDefinition = {
  name: 'update',
  description: 'Update a custom connector from files.',
  paths: ['[folder...]', 'Connector folders, or folders that contain them. (default: current folder)'],
  options: [...settingOptions, 'clientSecret'],
  addedOptions: publishOptions,
  examples: [
    ['paconn update', 'Update the connector in the current folder.'],
    ['paconn update pets --dry-run', 'Show what would be sent, and what it would change.'],
    ['paconn update connectors', 'Update all connectors in the folders below.'],
    ['PACONN_CLIENT_SECRET=… paconn update -s settings.json', 'The same, with a new OAuth2 client secret.'],
  ],
  signsIn: true,
  load: async () => (await import('../services/update/update.ts')).update,
};
