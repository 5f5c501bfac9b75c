import type { CommandDefinition } from './command-definition.ts';

export const loginCommand: CommandDefinition = {
  name: 'login',
  description: 'Sign in to Power Platform with a device code.',
  options: ['clientId', 'tenant', 'authorityUrl', 'resource', 'settingsFile', 'force'],
  examples: [
    ['paconn login', 'Sign in; the sign-in is renewed by itself from then on.'],
    ['paconn login --tenant contoso.onmicrosoft.com --force', 'Sign in anew, in this tenant.'],
  ],
  load: async () => (await import('../services/login.ts')).login,
};
