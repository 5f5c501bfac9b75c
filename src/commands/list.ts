import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions } from './option-lists.ts';

export const listCommand: CommandDefinition = {
  name: 'list',
  aliases: ['ls'],
  description: 'List the custom connectors in an environment.',
  options: ['environment', 'settingsFile', 'powerAppsUrl', 'powerAppsApiVersion'],
  addedOptions: [...serviceOptions, 'allEnvironments', 'admin', 'concurrency', 'web'],
  examples: [
    ['paconn list --environment "Contoso Test"', 'Show the connectors of an environment'],
    ['paconn list --all-environments -o json', 'List the connectors of all environments as JSON'],
    ['paconn list --admin --all-environments -o json', 'List the connectors of all makers'],
    ['paconn list -e default --query "connectors[].name" -o tsv', 'Print only the names'],
  ],
  seeAlso: ['show', 'download', 'environments'],
  defaultOutput: 'table',
  signsIn: true,
  load: async () => (await import('../services/list/list.ts')).list,
};
