import type { CommandDefinition } from './command-definition.ts';

/** The Python tool has it with a short form, and nothing is overwritten by it. */
const force = {
  name: 'force',
  flags: '-f, --force [boolean]',
  description: 'Sign in again even if a valid sign-in exists.',
} as const;

export const loginCommand: CommandDefinition = {
  name: 'login',
  description: 'Sign in to Power Platform.',
  options: [
    'clientId',
    'tenant',
    'authorityUrl',
    'resource',
    { name: 'settingsFile', description: 'Settings file.' },
    force,
  ],
  addedOptions: [
    'account',
    { name: 'cloud', description: 'Cloud: public, gcc, gcch, dod, or china. (default: public)' },
    'browser',
    'servicePrincipal',
    'applicationSecret',
    'certificateFile',
    'federatedTokenFile',
    'managedIdentity',
    'azureCli',
  ],
  examples: [
    ['paconn login', 'Sign in once'],
    ['paconn login --tenant contoso.onmicrosoft.com --force', 'Sign in again, to this tenant'],
    ['paconn login --cloud gcc', 'Sign in to the cloud for US government customers'],
    ['paconn login --browser', 'Sign in with the browser of this computer'],
    ['PACONN_SP_SECRET=… paconn login --service-principal -i <id> -t <tenant>', 'Sign in as a service principal'],
    ['PACONN_PROMPT=line paconn login', 'Choose from numbered lists, which screen readers can read'],
  ],
  seeAlso: ['whoami', 'logout'],
  guide: 'authentication.md',
  load: async () => (await import('../services/login/login.ts')).login,
};
