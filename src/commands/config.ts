import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions } from './option-lists.ts';
import { optionRows } from './options.ts';

const values = new Map<string, readonly string[] | 'environments'>([
  ['environment', 'environments'],
  ['output', optionRows.output[2].words],
  ['cloud', optionRows.cloud[2].words],
  ['account', []],
]);

export const configCommand: CommandDefinition = {
  name: 'config',
  description: 'Set defaults such as the environment and the output format.',
  paths: ['<action>', 'set, get, list, or unset.'],
  morePaths: ['[setting...]', 'Setting (environment, output, cloud, or account), and for set its value.'],
  wordsAfter,
  options: [],
  addedOptions: [...serviceOptions, 'local'],
  examples: [
    ['paconn config set environment "Contoso Test"', 'Use this environment where no option or settings file has one'],
    ['paconn config set output json', 'Print results as JSON by default'],
    ['paconn config list', 'Show all defaults'],
    ['paconn config unset environment', 'Remove a default'],
    ['paconn config set cloud gcc --local', 'Set the cloud in the settings.json of the current folder'],
  ],
  seeAlso: ['login', 'environments'],
  guide: 'settings.md',
  defaultOutput: 'table',
  load: async () => (await import('../services/config/config.ts')).config,
};

function wordsAfter([action, setting, value]: readonly string[]): readonly string[] | 'environments' {
  if (action === undefined) return ['set', 'get', 'list', 'unset'];
  if (setting === undefined) return action === 'list' ? [] : [...values.keys()];
  return (action === 'set' && value === undefined && values.get(setting)) || [];
}
