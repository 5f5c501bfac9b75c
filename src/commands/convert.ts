import type { CommandDefinition } from './command-definition.ts';

export const convertCommand: CommandDefinition = {
  name: 'convert',
  description: 'Convert a connector to a Dataverse solution, or the connectors of a solution to files.',
  paths: ['[source]', 'Folder of a connector, or a solution: an unpacked one or a ZIP file. (default: current folder)'],
  options: [],
  addedOptions: [
    'layout',
    'out',
    'overwrite',
    'solutionName',
    'solutionVersion',
    'publisherPrefix',
    'publisherName',
    'dataverseId',
  ],
  examples: [
    ['paconn convert --to solution --prefix contoso --publisher-name Contoso', 'Make a solution to import.'],
    ['paconn convert pets --to solution --out solutions/pets', 'Make an unpacked solution, for source control.'],
    ['paconn convert Pets.zip --to files --out pets', 'Make the files of the connector in a solution.'],
  ],
  load: async () => (await import('../services/convert/convert.ts')).convert,
};
