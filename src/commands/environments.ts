import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions } from './option-lists.ts';

export const environmentsCommand: CommandDefinition = {
  name: 'environments',
  aliases: ['envs'],
  description: 'List your environments.',
  options: [{ name: 'settingsFile', description: 'Settings file.' }],
  addedOptions: [...serviceOptions, 'powerAppsUrl', 'web'],
  examples: [
    ['paconn environments', 'Show the name, ID, type, and region of each environment'],
    [
      'paconn environments -o tsv --query "environments[?type==\'Production\'].id"',
      'Print the IDs for a script, one per line',
    ],
  ],
  seeAlso: ['list', 'config'],
  defaultOutput: 'table',
  signsIn: true,
  load: async () => (await import('../services/environments/environments.ts')).environments,
};
