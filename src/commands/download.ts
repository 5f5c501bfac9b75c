import type { CommandDefinition } from './command-definition.ts';
import { dryRunOfFiles, serviceOptions } from './option-lists.ts';

export const downloadCommand: CommandDefinition = {
  name: 'download',
  description: 'Download a connector as files.',
  paths: [
    '[folder]',
    'Folder to write to, the same as --output-dir. One that has a settings.json is downloaded again.',
  ],
  options: [
    'environment',
    'connectorId',
    'destination',
    'powerAppsUrl',
    'powerAppsApiVersion',
    { name: 'settingsFile', description: 'Settings file. (default: settings.json in [folder])' },
    'overwrite',
  ],
  addedOptions: [...serviceOptions, 'all', 'allEnvironments', dryRunOfFiles, 'concurrency'],
  examples: [
    ['paconn download', 'Choose environment and connector from lists'],
    ['paconn download pets -e "Contoso Test" -c "Pet Store"', 'Download into a folder'],
    ['paconn download . --dry-run', 'Show which local files would change'],
    ['paconn download . --overwrite', 'Replace the local files with the current version'],
    [
      'paconn download connectors --all -e "Contoso Test"',
      'Download all connectors. Run it again to get only the changes',
    ],
  ],
  seeAlso: ['pull', 'deploy', 'list'],
  signsIn: true,
  load: async () => (await import('../services/download/download.ts')).download,
};
