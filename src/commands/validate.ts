import type { CommandDefinition } from './command-definition.ts';

export const validateCommand: CommandDefinition = {
  name: 'validate',
  description: 'Validate the files of a custom connector.',
  options: ['apiDefinition', 'powerAppsUrl', 'powerAppsApiVersion', 'settingsFile', 'script'],
  examples: [
    ['paconn validate --api-def apiDefinition.swagger.json', 'Have the service check an API definition.'],
    ['paconn validate -s settings.json', 'Check what the settings file names.'],
  ],
  load: async () => (await import('../services/validate.ts')).validate,
};
