import { expect, test } from 'vitest';
import { requireDistinct } from '../../src/publish/files-inside.ts';

test.each([
  ['icon.png', 'Icon.PNG'],
  ['caf\u00e9.png', 'cafe\u0301.png'],
  ['./icon.png', 'icon.png'],
])('two names that are one file to some system are refused: %s, %s', (one, other) => {
  expect(() => requireDistinct([one, other])).toThrow(`Two files of the connector would have the name ${other}`);
});

test('names of different files are fine', () => {
  expect(() => requireDistinct(['icon.png', 'icon.json', 'files/icon.png'])).not.toThrow();
});
