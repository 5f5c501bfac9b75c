import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elapsedTime } from '../../../src/io/terminal/elapsed-time.ts';
import { statusWords } from '../../../src/io/terminal/status-line.ts';
import { widthOf } from '../../../src/io/terminal/width.ts';

describe('the words of a status line', () => {
  test.each([
    ['Updating', 0, 20, 'Updating'],
    ['Updating', 3, 20, 'Updating 3 s'],
    ['Updating the connector', 3, 20, 'Updating the co… 3 s'],
    ['Updating', 3, 12, 'Updating 3 s'],
    ['Updating', 3, 11, 'Updati… 3 s'],
    ['漢字漢字漢字', 0, 6, '漢字…'],
    ['two\nlines\tand more', 0, 40, 'two lines and more'],
    ['Updating', 75, 40, 'Updating 1 min 15 s'],
  ])('%j after %i s in %i columns are %j', (what, seconds, columns, expected) => {
    expect(statusWords(what, seconds, columns)).toBe(expected);
  });

  test('never take more columns than there are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 120 }),
        (what, seconds, columns) => {
          expect(widthOf(statusWords(what, seconds, columns))).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });

  test.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [61, '1 min 1 s'],
    [3600, '60 min'],
  ])('tell %i seconds as %s', (seconds, expected) => {
    expect(elapsedTime(seconds)).toBe(expected);
  });
});
