import type { CommandDefinition } from './command-definition.ts';
import { dryRunOfFiles, serviceOptions, settingOptions } from './option-lists.ts';

export const pullCommand: CommandDefinition = {
  name: 'pull',
  description: 'Merge changes from the environment into your local files.',
  paths: ['[folder...]', 'Connector folders, or folders that contain them. (default: current folder)'],
  options: settingOptions,
  addedOptions: [...serviceOptions, 'relativeTo', 'set', 'mark', 'ours', 'theirs', dryRunOfFiles, 'concurrency'],
  examples: [
    ['paconn pull', 'Merge into the connector in the current folder'],
    ['paconn pull connectors --dry-run', 'Show what would change in all connectors in the folders below'],
    ['paconn pull --mark', 'Write conflict markers into the files'],
    ['paconn pull --theirs', "Resolve conflicts with the environment's values"],
  ],
  seeAlso: ['diff', 'deploy'],
  guide: 'team-workflow.md',
  signsIn: true,
  load: async () => (await import('../services/pull/pull.ts')).pull,
};
