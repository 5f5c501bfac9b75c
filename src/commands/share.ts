import type { CommandDefinition } from './command-definition.ts';
import { serviceOptions, targetOptions } from './option-lists.ts';

export const shareCommand: CommandDefinition = {
  name: 'share',
  description: 'Show and change who can use a connector.',
  paths: ['[action]', 'list, add, or remove. (default: list)'],
  morePaths: ['[folder]', 'Folder of the connector. (default: current folder)'],
  wordsAfter: ([action]) => (action === undefined ? ['list', 'add', 'remove'] : undefined),
  options: targetOptions,
  addedOptions: [...serviceOptions, 'user', 'group', 'canEdit'],
  examples: [
    ['paconn share', 'Show who can use the connector in the current folder'],
    ['paconn share add --user ada@contoso.com --can-edit', 'Let a user use and edit it'],
    ['paconn share add --group 11111111-2222-4333-8444-555555555555', 'Let a group use it, by its object ID'],
    ['paconn share remove --user ada@contoso.com', 'Remove access'],
  ],
  seeAlso: ['show', 'deploy'],
  defaultOutput: 'table',
  signsIn: true,
  load: async () => (await import('../services/share/share.ts')).share,
};
