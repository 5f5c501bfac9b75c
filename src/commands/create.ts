import type { CommandDefinition } from './command-definition.ts';
import { onlyOne, serviceOptions, settingOptions } from './option-lists.ts';

export const createCommand: CommandDefinition = {
  name: 'create',
  description: 'Create a connector. To create or update, use deploy.',
  paths: ['[folder]', 'Folder of the connector, or a solution. (default: current folder)'],
  options: [...settingOptions.filter((name) => name !== 'connectorId'), 'clientSecret', 'overwriteSettings'],
  addedOptions: [
    ...serviceOptions,
    'relativeTo',
    onlyOne,
    'solution',
    'dryRun',
    'skipValidation',
    'fromBackup',
    'share',
    'web',
  ],
  examples: [
    [
      'paconn create -p apiProperties.json -d apiDefinition.swagger.json',
      'Create a connector. Its ID is written to settings.json',
    ],
    [
      'paconn create -s settings.json -w --client-secret - < secret.txt',
      'Create a connector with an OAuth 2.0 client secret',
    ],
  ],
  seeAlso: ['deploy', 'update', 'init'],
  signsIn: true,
  load: async () => (await import('../services/create/create.ts')).create,
};
