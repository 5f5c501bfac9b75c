import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions, targetOptions } from './option-lists.ts';

export const deleteCommand: CommandDefinition = {
  name: 'delete',
  aliases: ['rm'],
  description: 'Delete a connector. A backup is saved first.',
  paths: ['[folder]', 'Folder of the connector. (default: current folder)'],
  options: targetOptions,
  addedOptions: [
    ...serviceOptions,
    'yes',
    { name: 'dryRun', description: 'Show what would be deleted without deleting it.' },
    'withoutBackup',
  ],
  examples: [
    [
      'paconn delete --environment "Contoso Test" --connector "Pet Store"',
      'Delete a connector, after a prompt for its name',
    ],
    ['paconn delete pets --dry-run', 'Show what would be deleted, and which connections use it'],
    ['paconn delete pets --yes', 'Delete a connector without a prompt, as in a script'],
  ],
  seeAlso: ['restore', 'create'],
  signsIn: true,
  load: async () => (await import('../services/delete/delete.ts')).deleteConnector,
};
