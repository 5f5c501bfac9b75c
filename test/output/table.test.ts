import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../../src/io/terminal/styled-text.ts';
import type { Table } from '../../src/output/result.ts';
import type { PlainJson } from '../../src/output/plain-json.ts';
import { tableOf, tableText } from '../../src/output/table.ts';
import { shortenedToColumns, widthOf } from '../../src/io/terminal/width.ts';

function lines(table: Table, width: number): string[] {
  return plainText(tableText(table, width)).split('\n');
}

test('widths', () => {
  expect(['abc', '表', '😀', 'e\u0301', '👩\u200d👧', '한'].map(widthOf)).toEqual([3, 2, 2, 1, 2, 2]);
});

test('what is too wide is shortened between signs', () => {
  expect(shortenedToColumns('abcd', 4)).toBe('abcd');
  expect(shortenedToColumns('abcde', 4)).toBe('abc…');
  expect(shortenedToColumns('表示器', 4)).toBe('表…');
  expect(shortenedToColumns('👩\u200d👧👩\u200d👧', 3)).toBe('👩\u200d👧…');
});

test('a table fits its lines to the width, the widest columns first, and keeps what is to be kept', () => {
  const id = 'shared_contoso-5f0123456789abcdef';
  const table = {
    columns: ['Name', 'ID', 'Creator'],
    rows: [
      ['A connector with a long name', id, 'Adele Vance'],
      ['表示器表示器', 'x', ''],
    ],
    kept: ['ID'],
  };
  expect(lines(table, 60)).toEqual([
    'Name          ID                                 Creator',
    '------------  ---------------------------------  -----------',
    `A connector…  ${id}  Adele Vance`,
    '表示器表示器  x',
  ]);
  expect(Math.max(...lines(table, 20).map(widthOf))).toBe(8 + 2 + id.length + 2 + 8);
});

test('what is to be shortened last is, when nothing else can be', () => {
  const table = { columns: ['Name', 'Creator'], rows: [['A connector', 'Adele Vance-Contoso']], last: ['Name'] };
  expect(lines(table, 22).at(-1)).toBe('A connector  Adele Va…');
  expect(lines(table, 21).at(-1)).toBe('A connector  Adele V…');
  expect(lines(table, 19).at(-1)).toBe('A connec…  Adele V…');
});

test.each<[what: string, value: PlainJson, columns: readonly string[], rows: readonly (readonly string[])[]]>([
  [
    'objects of different members',
    [
      { name: 'Rex', age: 3 },
      { name: 'Tom', home: { town: 'Basel' }, chip: null },
    ],
    ['Name', 'Age', 'Chip'],
    [
      ['Rex', '3', ''],
      ['Tom', '', ''],
    ],
  ],
  ['an object among texts', ['Rex', { name: 'Tom' }, null, true], ['Result'], [['Rex'], [''], [''], ['true']]],
  [
    'lists of different lengths, and a text among them',
    [['Rex', 3], 'Tom', ['Kim', { age: 1 }, 2]],
    ['Column1', 'Column2', 'Column3'],
    [
      ['Rex', '3', ''],
      ['Tom', '', ''],
      ['Kim', '', '2'],
    ],
  ],
  ['nothing', [], [], []],
  ['empty lists', [[], []], [], [[], []]],
])('a table of %s has a cell for each column in every row', (_what, value, columns, rows) => {
  expect(tableOf(value)).toEqual({ columns, rows });
});

test('lines never get wider than the window where columns can shrink', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 40 });
  const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 28, max: 100 }), (given, width) => {
      const table = { columns: ['One', 'Two', 'Three'], rows: given };
      const all = lines(table, width);
      expect(all).toHaveLength(given.length + 2);
      for (const line of all) expect(widthOf(line)).toBeLessThanOrEqual(width);
    }),
  );
});
