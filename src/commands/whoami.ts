import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions } from './options.ts';

export const whoamiCommand: CommandDefinition = {
  name: 'whoami',
  description: 'Show who is signed in, where, how, and until when.',
  options: ['settingsFile'],
  addedOptions: [...serviceOptions, 'powerAppsUrl'],
  examples: [
    ['paconn whoami', 'Show all accounts, and which one commands use.'],
    ['paconn whoami -s settings.json', 'Show the one for these settings.'],
    ['paconn whoami --query account.name -o tsv', 'The name alone, for a script.'],
  ],
  defaultOutput: 'table',
  load: async () => (await import('../services/whoami/whoami.ts')).whoami,
};
