import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchName } from '../src/match-name.ts';

const sales = { id: 'a-1', name: 'Sales' };
const other = { id: 'a-2', name: 'SALES' };
const odd = { id: 'a-3', name: 'Süd  \n Ost' };
const all = [sales, other, odd, { id: 'a-4', name: 'a-1' }];

test.each([
  ['its ID, before anybody’s name', 'a-1', sales],
  ['its ID in another case', 'A-2', other],
  ['its name to the letter, where another differs in case alone', 'SALES', other],
  ['its name in another case', 'süd ost', odd],
  ['its name as lists show it', ' Süd Ost ', odd],
  ['its name with signs that lists do not show', 'Süd\u200b O\u00adst\u202e', odd],
  ['its name in other characters that mean the same', 'Su\u0308d Ost', odd],
])('what is named by %s is found', (_by, written, found) => {
  expect(matchName(written, all)).toEqual({ kind: 'one', found });
});

test('a name that several have in another case is ambiguous', () => {
  expect(matchName('sales', all)).toEqual({ kind: 'several', found: [sales, other] });
});

test('two entries with one name are an error, never a guess', () => {
  const twin = { id: 'a-9', name: 'Sales' };
  expect(matchName('Sales', [...all, twin])).toEqual({ kind: 'several', found: [sales, twin] });
});

test('two entries whose names look the same are an error, never a guess', () => {
  const twin = { id: 'a-9', name: 'SA\u200bLES' };
  expect(matchName('SALES', [...all, twin])).toEqual({ kind: 'several', found: [other, twin] });
});

test('an unknown name leads to the nearest name, if there is one', () => {
  expect(matchName('Süd Ots', all)).toEqual({ kind: 'none', similar: [odd] });
  expect(matchName('nothing like it', all)).toEqual({ kind: 'none', similar: [] });
  expect(matchName('Sales', [])).toEqual({ kind: 'none', similar: [] });
});

test.each([
  ['whose blanks are left out', 'Contosotset', 'c-1'],
  ['whose ID is meant', 'env-onee', 'env-one'],
  ['whose name has more words', 'Contsoo', 'c-2'],
])('of a name that nobody has the nearest is told, %s', (_whose, written, id) => {
  const environments = [
    { id: 'env-one', name: 'Fabrikam' },
    { id: 'c-1', name: 'Contoso Test' },
    { id: 'c-2', name: 'Contoso (default)' },
  ];
  const expected = environments.filter((one) => one.id === id);
  expect(matchName(written, id === 'c-2' ? expected : environments)).toEqual({ kind: 'none', similar: expected });
});

test('an unknown name leads to a short list of the names that contain it', () => {
  const parts = [
    { id: 'b-1', name: 'Contoso (default)' },
    { id: 'b-2', name: 'The contoso test' },
  ];
  expect(matchName('Contoso', [...all, ...parts])).toEqual({ kind: 'none', similar: parts });
  expect(
    matchName(
      'cont',
      Array.from({ length: 500 }, () => parts[0] ?? odd),
    ),
  ).toMatchObject({
    similar: { length: 3 },
  });
  expect(matchName('c', parts)).toEqual({ kind: 'none', similar: [] });
});

test('a match has the given ID or name', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((name) => name.trim() !== '');
  const named = fc.record({ id: fc.uuid(), name: text });
  fc.assert(
    fc.property(
      fc.uniqueArray(named, { selector: ({ name }) => name.normalize().toLowerCase().replaceAll(/\s+/gu, ' ').trim() }),
      (candidates) => {
        for (const candidate of candidates) {
          expect(matchName(candidate.id, candidates)).toEqual({ kind: 'one', found: candidate });
          expect(matchName(candidate.name, candidates)).toEqual({ kind: 'one', found: candidate });
        }
      },
    ),
  );
});
