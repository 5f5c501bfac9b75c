import type { CommandDefinition } from './command-definition.ts';

export const logoutCommand: CommandDefinition = {
  name: 'logout',
  description: 'End the session: forget all tokens.',
  options: [],
  examples: [['paconn logout', 'Forget the sign-in on this machine.']],
  load: async () => (await import('../services/logout.ts')).logout,
};
