import { describe, expect, test } from 'vitest';
import { narrowActions, numbered } from '../../../src/io/terminal/numbered-choices.ts';

const actions = numbered(
  ['Cancel', 'Show all differences', 'Merge their changes into your files', 'Overwrite their changes'].map((label) => ({
    label,
    value: label,
  })),
);

describe('an action', () => {
  test.each([
    ['3', 'Merge their changes into your files'],
    ['mer', 'Merge their changes into your files'],
    ['cancel', 'Cancel'],
    ['overwrite', 'Overwrite their changes'],
  ])('is chosen by its number or its beginning: %s', (text, label) => {
    const { shown, first, exactBy } = narrowActions(actions, text);
    expect(first?.choice.label).toBe(label);
    expect(exactBy !== undefined || shown.length === 1).toBe(true);
  });

  test.each(['y', 'n', 'yes', 'no', 'd', 'their', 'files', 'c', '9'])(
    'is not chosen by an answer to another question, or by letters in it: %s',
    (text) => {
      expect(narrowActions(actions, text).first).toBeUndefined();
    },
  );
});
