import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions } from './options.ts';

export const environmentsCommand: CommandDefinition = {
  name: 'environments',
  aliases: ['envs'],
  description: 'List the environments you can work in.',
  options: ['settingsFile'],
  addedOptions: [...serviceOptions, 'powerAppsUrl', 'web'],
  examples: [
    ['paconn environments', 'Show name, ID, type and region of each.'],
    ['paconn environments -o tsv --query "environments[?type==\'Production\'].id"', 'IDs for a script, one a line.'],
  ],
  defaultOutput: 'table',
  signsIn: true,
  load: async () => (await import('../services/environments/environments.ts')).environments,
};
