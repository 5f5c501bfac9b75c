import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions } from './options.ts';

export const listCommand: CommandDefinition = {
  name: 'list',
  aliases: ['ls'],
  description: 'List the custom connectors of an environment, or of all.',
  options: ['environment', 'settingsFile', 'powerAppsUrl', 'powerAppsApiVersion'],
  addedOptions: [...serviceOptions, 'allEnvironments', 'concurrency', 'web'],
  examples: [
    ['paconn list --environment "Contoso Test"', 'Show the connectors of an environment.'],
    ['paconn list --all-environments -o json', 'Show those of all environments, for a program.'],
    ['paconn list -e default --query "connectors[].name" -o tsv', 'Show nothing but names.'],
  ],
  defaultOutput: 'table',
  signsIn: true,
  load: async () => (await import('../services/list/list.ts')).list,
};
