import type { CommandDefinition } from './command-definition.ts';
import { publishOptions, settingOptions } from './option-lists.ts';

export const updateCommand: CommandDefinition = {
  name: 'update',
  description: 'Update a connector. To create or update, use deploy.',
  paths: ['[folder...]', 'Folders of connectors, solutions, or folders that contain them. (default: current folder)'],
  options: [...settingOptions, 'clientSecret'],
  addedOptions: publishOptions,
  examples: [
    ['paconn update', 'Update the connector in the current folder'],
    ['paconn update pets --dry-run', 'Show what would change without changing anything'],
    ['paconn update connectors', 'Update all connectors in the folders below'],
    ['PACONN_CLIENT_SECRET=… paconn update -s settings.json', 'Update the connector and its OAuth 2.0 client secret'],
  ],
  seeAlso: ['deploy', 'diff', 'restore'],
  guide: 'team-workflow.md',
  signsIn: true,
  load: async () => (await import('../services/update/update.ts')).update,
};
