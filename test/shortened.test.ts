import { expect, test } from 'vitest';
import { shortened } from '../src/shortened.ts';

test.each([
  ['abcd', 4, 'abcd'],
  ['abcde', 4, 'abc…'],
  ['', 4, ''],
  ['😀😀😀😀', 4, '😀😀😀😀'],
  ['😀😀😀😀😀', 4, '😀😀😀…'],
  ['a😀😀😀😀😀😀', 4, 'a😀😀…'],
])('%j in at most %i characters is %j', (text, most, expected) => {
  expect(shortened(text, most)).toBe(expected);
});
