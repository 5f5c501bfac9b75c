import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { serviceCommand } from './service-command.ts';

export function validateCommand(context: Context): Command {
  return serviceCommand(
    {
      name: 'validate',
      description: 'Validate the files of a custom connector.',
      options: ['apiDefinition', 'powerAppsUrl', 'powerAppsApiVersion', 'settingsFile', 'script'],
      examples: [
        ['paconn validate --api-def apiDefinition.swagger.json', 'Have the service check an API definition.'],
        ['paconn validate -s settings.json', 'Check what the settings file names.'],
      ],
      load: async () => (await import('../services/validate.ts')).validate,
    },
    context,
  );
}
