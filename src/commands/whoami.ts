import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions } from './option-lists.ts';

export const whoamiCommand: CommandDefinition = {
  name: 'whoami',
  description: 'Show the signed-in account.',
  options: [{ name: 'settingsFile', description: 'Settings file.' }],
  addedOptions: [...serviceOptions, 'powerAppsUrl'],
  examples: [
    ['paconn whoami', 'Show all accounts, and which one commands use'],
    ['paconn whoami -s settings.json', 'Show the account that these settings use'],
    ['paconn whoami --query account.name -o tsv', 'Print only the name'],
  ],
  seeAlso: ['login', 'logout'],
  guide: 'authentication.md',
  defaultOutput: 'table',
  load: async () => (await import('../services/whoami/whoami.ts')).whoami,
};
