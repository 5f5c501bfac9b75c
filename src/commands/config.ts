import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions } from './option-lists.ts';

export const configCommand: CommandDefinition = {
  name: 'config',
  description: 'Set defaults such as the environment and the output format.',
  paths: ['<action>', 'set, get, list, or unset.'],
  morePaths: ['[setting...]', 'Setting (environment, output, cloud, or account), and for set its value.'],
  options: [],
  addedOptions: [...serviceOptions, 'local'],
  examples: [
    ['paconn config set environment "Contoso Test"', 'Use this environment where no option or settings file has one'],
    ['paconn config set output json', 'Print results as JSON by default'],
    ['paconn config list', 'Show all defaults'],
    ['paconn config unset environment', 'Remove a default'],
    ['paconn config set cloud gcc --local', 'Set the cloud in the settings.json of the current folder'],
  ],
  defaultOutput: 'table',
  load: async () => (await import('../services/config/config.ts')).config,
};
