import { expect, test } from 'vitest';
import { asciiControls } from '../../src/output/ascii-controls.ts';
import { jsonInPieces } from '../../src/output/json-pieces.ts';

const item = { text: 'ä\n[]\u2028', list: [], members: { '##[x]': [1, { two: null }] } };

test.each([0, 1, 2, 3000])('a text in pieces with %i items is that of the whole value', (count) => {
  const around = (results: readonly object[]): object => ({ rules: [], runs: [{ name: 'a', results }] });
  const items = Array.from({ length: count }, (_none, index) => ({ ...item, index }));
  const pieces = [...jsonInPieces(around([]), () => items)];
  expect(pieces.map(({ text }) => text).join('')).toBe(asciiControls(JSON.stringify(around(items), undefined, 2)));
  expect(pieces.length > 1).toBe(count === 3000);
});
