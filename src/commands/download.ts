import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { serviceCommand } from './service-command.ts';

export function downloadCommand(context: Context): Command {
  return serviceCommand(
    {
      name: 'download',
      description: 'Download a custom connector into files.',
      options: [
        'environment',
        'connectorId',
        'destination',
        'powerAppsUrl',
        'powerAppsApiVersion',
        'settingsFile',
        'overwrite',
      ],
      examples: [
        ['paconn download', 'Choose environment and connector from lists.'],
        ['paconn download -e ENVIRONMENT -c CONNECTOR -d connectors/contoso', 'Download into a directory.'],
        ['paconn download -s settings.json -d . --overwrite', 'Get the newest state over the files here.'],
      ],
      load: async () => (await import('../services/download.ts')).download,
    },
    context,
  );
}
