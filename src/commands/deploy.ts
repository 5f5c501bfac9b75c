import type { CommandDefinition } from './command-definition.ts';
import { publishOptions, settingOptions } from './option-lists.ts';

const force = {
  name: 'force',
  description: 'Overwrite changes that others made in the environment, and upload an unchanged connector again.',
} as const;

export const deployCommand: CommandDefinition = {
  name: 'deploy',
  description: 'Create or update connectors from local files.',
  paths: ['[folder...]', 'Folders of connectors, solutions, or folders that contain them. (default: current folder)'],
  options: [...settingOptions, 'clientSecret'],
  addedOptions: [
    'set',
    'share',
    'fromEnvironment',
    { name: 'toEnvironment', description: 'Environment to deploy to, with --from-environment.' },
    {
      name: 'toConnectorId',
      description: 'Connector to update, with --from-environment. (default: the one with the same name)',
    },
    ...publishOptions.map((name) => (name === 'force' ? force : name)),
    'solution',
  ],
  examples: [
    ['paconn deploy', 'Deploy the connector in the current folder to the environment in its settings'],
    [
      'paconn deploy connectors --environment Test',
      'Deploy all connectors in the folders below to another environment',
    ],
    ['paconn deploy -s settings.production.json', 'Deploy with another settings file'],
    [
      'paconn deploy --from-environment Dev --to-environment Test -c Weather',
      'Deploy a connector from one environment to another',
    ],
  ],
  seeAlso: ['diff', 'pull', 'validate'],
  guide: 'team-workflow.md',
  signsIn: true,
  load: async () => (await import('../services/deploy/deploy.ts')).deploy,
};
