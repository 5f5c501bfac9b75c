import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions, settingOptions } from './options.ts';

export const diffCommand: CommandDefinition = {
  name: 'diff',
  description: 'Show how files, what they began with, and environments differ.',
  paths: [
    '[states...]',
    'What to compare: a folder, local, base, environment; or two of them. The environment and the files unless told.',
  ],
  options: settingOptions,
  addedOptions: [
    ...serviceOptions,
    'relativeTo',
    'toEnvironment',
    'toConnectorId',
    'text',
    'differenceFormat',
    'exitCode',
    'concurrency',
  ],
  examples: [
    ['paconn diff', 'What an update from the current folder would change in the environment.'],
    ['paconn diff base', 'What was changed here since the download.'],
    ['paconn diff base environment', 'What others have changed in the environment since then.'],
    ['paconn diff connectors/contoso --text', 'The same as the first for a folder, as a text diff.'],
    ['paconn diff connectors', 'The first again, for each connector in the folders below.'],
    ['paconn diff old new', 'Two folders, without an account.'],
    ['paconn diff environment --to-environment PRODUCTION', 'The connector in two environments.'],
  ],
  load: async () => (await import('../services/diff/diff.ts')).diff,
};
