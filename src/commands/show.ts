import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions, targetOptions } from './options.ts';

export const showCommand: CommandDefinition = {
  name: 'show',
  description: 'Show what a connector consists of.',
  paths: ['[folder]', 'Folder of the connector. (default: current folder)'],
  options: targetOptions,
  addedOptions: [...serviceOptions, 'web'],
  examples: [
    ['paconn show', 'Show the connector in the current folder; elsewhere, choose one.'],
    ['paconn show --environment "Contoso Test" --connector "Pet Store" -o json', 'Everything about it, for a program.'],
    ['paconn show pets --query "operations[].id" -o tsv', 'The IDs of its operations, one a line.'],
  ],
  defaultOutput: 'table',
  signsIn: true,
  load: async () => (await import('../services/show/show.ts')).show,
};
