import type { CommandDefinition } from './command-definition.ts';
import { onlyOne, serviceOptions, targetOptions } from './option-lists.ts';

export const showCommand: CommandDefinition = {
  name: 'show',
  description: 'Show the details of a connector.',
  paths: ['[folder]', 'Folder of the connector, or a solution. (default: current folder)'],
  options: targetOptions,
  addedOptions: [...serviceOptions, onlyOne, 'web'],
  examples: [
    ['paconn show', 'Show the connector in the current folder, or choose one'],
    ['paconn show --environment "Contoso Test" --connector "Pet Store" -o json', 'Print all details as JSON'],
    ['paconn show pets --query "operations[].operationId" -o tsv', 'Print the IDs of its operations, one per line'],
  ],
  seeAlso: ['list', 'diff', 'download'],
  defaultOutput: 'table',
  signsIn: true,
  load: async () => (await import('../services/show/show.ts')).show,
};
