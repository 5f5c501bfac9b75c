import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { serviceCommand } from './service-command.ts';

export function logoutCommand(context: Context): Command {
  return serviceCommand(
    {
      name: 'logout',
      description: 'End the session: forget all tokens.',
      options: [],
      examples: [['paconn logout', 'Forget the sign-in on this machine.']],
      load: async () => (await import('../services/logout.ts')).logout,
    },
    context,
  );
}
