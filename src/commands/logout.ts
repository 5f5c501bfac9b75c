import type { CommandDefinition } from './command-definition.ts';

export const logoutCommand: CommandDefinition = {
  name: 'logout',
  description: 'End the session: forget the tokens of an account, or of all.',
  options: [],
  addedOptions: ['account', 'allAccounts'],
  examples: [
    ['paconn logout', 'Forget the sign-in on this machine; of several, ask for one.'],
    ['paconn logout --account adele@contoso.com', 'Forget one of several.'],
    ['paconn logout --all', 'Forget all of them.'],
  ],
  load: async () => (await import('../services/logout/logout.ts')).logout,
};
