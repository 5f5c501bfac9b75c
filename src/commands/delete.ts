import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions, targetOptions } from './options.ts';

export const deleteCommand: CommandDefinition = {
  name: 'delete',
  aliases: ['rm'],
  description: 'Delete a custom connector; a copy of it is kept here.',
  paths: ['[folder]', 'Folder of the connector. (default: current folder)'],
  options: targetOptions,
  addedOptions: [...serviceOptions, 'yes', 'withoutBackup'],
  examples: [
    [
      'paconn delete --environment "Contoso Test" --connector "Pet Store"',
      'Delete a connector; its name is asked for first.',
    ],
    ['paconn delete pets --yes', 'Delete one without being asked, as in a script.'],
  ],
  signsIn: true,
  load: async () => (await import('../services/delete/delete.ts')).deleteConnector,
};
