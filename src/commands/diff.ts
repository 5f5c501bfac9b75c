import type { CommandDefinition } from './command-definition.ts';
import { onlyOne, serviceOptions, settingOptions } from './option-lists.ts';

export const diffCommand: CommandDefinition = {
  name: 'diff',
  description: 'Compare local files, the last synced version, and environments.',
  paths: [
    '[sides...]',
    'One or two sides to compare: a folder, local, base, or environment. (default: environment and local files)',
  ],
  options: settingOptions,
  addedOptions: [
    ...serviceOptions,
    'relativeTo',
    'set',
    { name: 'all', description: 'Compare all folders with all of their environments, in one line each.' },
    'toEnvironment',
    'toConnectorId',
    'text',
    'differenceFormat',
    'exitCode',
    { name: 'failOnBreaking', description: 'End with exit code 4 if there are breaking changes.' },
    onlyOne,
    'concurrency',
  ],
  examples: [
    ['paconn diff', 'See what an update would change in the environment'],
    ['paconn diff base', 'See what you changed since your last download'],
    ['paconn diff base environment', 'See what others changed in the environment since then'],
    ['paconn diff connectors/contoso --text', 'Show the changes of a folder as a text diff'],
    ['paconn diff connectors', 'Compare all connectors in the folders below'],
    ['paconn diff --all --exit-code', 'Find changes in all environments of all connectors'],
    ['paconn diff old new', 'Compare two folders. No account is needed'],
    ['paconn diff environment --to-environment "Contoso Production"', 'Compare the connector in two environments'],
  ],
  seeAlso: ['pull', 'deploy'],
  guide: 'team-workflow.md',
  load: async () => (await import('../services/diff/diff.ts')).diff,
};
