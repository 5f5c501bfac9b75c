import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions, targetOptions } from './option-lists.ts';

const yes = { name: 'yes', description: 'Restore without a prompt.' } as const;

export const restoreCommand: CommandDefinition = {
  name: 'restore',
  description: 'Restore a connector from a backup.',
  paths: ['[backup]', 'Backup to restore: an ID from --list, or latest. Prompts if omitted.'],
  morePaths: ['[folder]', 'Folder of the connector. (default: current folder)'],
  options: targetOptions,
  addedOptions: [...serviceOptions, 'list', 'force', 'withoutBackup', 'dryRun', yes],
  examples: [
    ['paconn restore --list', 'List the backups of all connectors'],
    ['paconn restore latest', 'Undo the last update of the connector in the current folder'],
    ['paconn restore 20261122-232556-123 pets', 'Restore this backup'],
  ],
  seeAlso: ['deploy', 'delete'],
  guide: 'team-workflow.md',
  defaultOutput: 'table',
  load: async () => (await import('../services/restore/restore.ts')).restore,
};
