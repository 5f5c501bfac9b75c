import { expect, test } from 'vitest';
import { matchesWildcard } from '../src/wildcard.ts';

test.each([
  ['', ''],
  ['*', ''],
  ['*', 'a\nb'],
  ['a*', 'a'],
  ['a*c', 'abc'],
  ['a*b*c', 'abbcbc'],
  ['**a**', 'a'],
  ['/pets/*/x', '/pets/1/2/x'],
  ['a.b', 'a.b'],
])('%j is %j', (pattern, text) => {
  expect(matchesWildcard(pattern, text)).toBe(true);
});

test.each([
  ['', 'a'],
  ['a', ''],
  ['a*a', 'a'],
  ['a*c', 'abcd'],
  ['a.b', 'axb'],
  ['a?b', 'axb'],
])("%j isn't %j", (pattern, text) => {
  expect(matchesWildcard(pattern, text)).toBe(false);
});

test('a sign can be any one character', () => {
  expect(matchesWildcard('a?b*', 'a😀b', '?')).toBe(true);
  expect(matchesWildcard('a?b', 'ab', '?')).toBe(false);
});
