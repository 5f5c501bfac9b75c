import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions } from './options.ts';

export const pullCommand: CommandDefinition = {
  name: 'pull',
  description: 'Merge what others have changed in the environment into the files.',
  paths: ['[folder]', 'Folder of the connector; the current one unless told.'],
  options: [
    'environment',
    'connectorId',
    'apiProperties',
    'apiDefinition',
    'icon',
    'script',
    'powerAppsUrl',
    'powerAppsApiVersion',
    'settingsFile',
  ],
  addedOptions: [...serviceOptions, 'mark', 'ours', 'theirs', 'dryRun'],
  examples: [
    ['paconn pull', 'Merge into the files of the connector in the current folder.'],
    ['paconn pull connectors/contoso --dry-run', 'Show what would come, and which conflicts there are.'],
    ['paconn pull --mark', 'Write conflicts into the files, both values with marks around them.'],
    ['paconn pull --theirs', 'Decide conflicts for the environment.'],
  ],
  load: async () => (await import('../services/pull.ts')).pull,
};
