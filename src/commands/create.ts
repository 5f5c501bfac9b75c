import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions } from './options.ts';

export const createCommand: CommandDefinition = {
  name: 'create',
  description: 'Create a custom connector from files.',
  options: [
    'environment',
    'apiProperties',
    'apiDefinition',
    'icon',
    'script',
    'powerAppsUrl',
    'powerAppsApiVersion',
    'clientSecret',
    'settingsFile',
    'overwriteSettings',
  ],
  addedOptions: [...serviceOptions, 'sendNothing', 'skipValidation'],
  examples: [
    [
      'paconn create --api-prop apiProperties.json --api-def apiDefinition.swagger.json --icon icon.png',
      'Create a connector; its ID is written to settings.json.',
    ],
    [
      'paconn create -s settings.json --overwrite-settings --secret - < secret.txt',
      'Create one with an OAuth2 secret.',
    ],
  ],
  load: async () => (await import('../services/create.ts')).create,
};
