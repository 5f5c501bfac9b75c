import type { CommandDefinition } from './command-definition.ts';

export const packageCommand: CommandDefinition = {
  name: 'package',
  description: 'Create or check the package for certification of a connector.',
  paths: ['[source]', 'Folder of a connector; with --check, a package. (default: current folder)'],
  options: [],
  addedOptions: [
    'flowSolution',
    'connectorSolution',
    'pluginSolution',
    'introFile',
    'customProperties',
    {
      name: 'out',
      description: 'File to write, or - for stdout; with --independent, a folder. (default: ConnectorPackage.zip)',
    },
    { name: 'overwrite', description: 'Overwrite an existing package.' },
    { name: 'dryRun', description: 'Check everything without writing files.' },
    { name: 'force', description: 'Create the package even if the connector in a solution differs from the files.' },
    'checkPackage',
    'independent',
    'solutionName',
    'solutionVersion',
    'publisherPrefix',
    'publisherName',
    'dataverseId',
  ],
  examples: [
    [
      'paconn package --flow Flow.zip --prefix contoso --publisher-name Contoso',
      'Create ConnectorPackage.zip from the connector in the current folder',
    ],
    ['paconn package pets --flow Flow.zip --connector-solution Pets.zip', 'Use exported solutions'],
    ['paconn package --check ConnectorPackage.zip', 'Check a package, including the ZIP files in it'],
    ['paconn package pets --independent --out submission', 'Copy what an independent publisher submits'],
  ],
  seeAlso: ['validate', 'convert'],
  guide: 'certification.md',
  load: async () => (await import('../services/package/package.ts')).packageConnector,
};
