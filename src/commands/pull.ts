import type { CommandDefinition } from './command-definition.ts';
import { dryRunOfFiles, serviceOptions, settingOptions } from './options.ts';

export const pullCommand: CommandDefinition = {
  name: 'pull',
  description: 'Merge what others have changed in the environment into files.',
  paths: ['[folder...]', 'Connector folders, or folders that contain them. (default: current folder)'],
  options: settingOptions,
  addedOptions: [...serviceOptions, 'relativeTo', 'mark', 'ours', 'theirs', dryRunOfFiles, 'concurrency'],
  examples: [
    ['paconn pull', 'Merge into the files of the connector in the current folder.'],
    ['paconn pull connectors --dry-run', 'Show for all connectors in the folders below what would come.'],
    ['paconn pull --mark', 'Write conflicts into the files, both values with marks around them.'],
    ['paconn pull --theirs', 'Decide conflicts for the environment.'],
  ],
  signsIn: true,
  load: async () => (await import('../services/pull/pull.ts')).pull,
};
