import type { CommandDefinition } from './command-definition.ts';

export const logoutCommand: CommandDefinition = {
  name: 'logout',
  description: 'Sign out of an account, or of all accounts.',
  options: [],
  addedOptions: ['account', 'allAccounts'],
  examples: [
    ['paconn logout', 'Sign out. If there are several accounts, choose one'],
    ['paconn logout --account adele@contoso.com', 'Sign out of one account'],
    ['paconn logout --all', 'Sign out of all accounts'],
  ],
  seeAlso: ['login', 'whoami'],
  guide: 'authentication.md',
  load: async () => (await import('../services/logout/logout.ts')).logout,
};
