import type { CommandDefinition } from './command-definition.ts';
import { dryRunOfFiles, serviceOptions } from './options.ts';

export const validateCommand: CommandDefinition = {
  name: 'validate',
  aliases: ['check'],
  description: 'Check the files of custom connectors.',
  paths: ['[paths...]', 'Folders of connectors, or files of them; the current folder if it holds a connector.'],
  options: ['apiDefinition', 'script', 'settingsFile', 'powerAppsUrl', 'powerAppsApiVersion'],
  addedOptions: [
    ...serviceOptions,
    'relativeTo',
    'apiProperties',
    'icon',
    'offline',
    'online',
    'certification',
    'skipCertification',
    'publisher',
    'info',
    'maxWarnings',
    'ignore',
    'format',
    'outputFile',
    'fix',
    dryRunOfFiles,
    'explain',
    'rules',
  ],
  examples: [
    ['paconn validate', 'Check the connector in the current folder.'],
    ['paconn validate connectors/* --certification', 'Check many, as for publishing.'],
    ['paconn validate --format sarif --output-file findings.sarif', 'Report to a code scanning service.'],
    ['paconn validate --fix --dry-run', 'Show what could be fixed.'],
    ['paconn validate --explain path-parameter-required', 'Explain a rule.'],
    ['paconn validate --explain 5000.2.3.6', 'Explain a policy of certification.'],
  ],
  load: async () => (await import('../services/validate/validate.ts')).validate,
};
