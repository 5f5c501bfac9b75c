import { expect, test } from 'vitest';
import { MenuList } from '../../../src/io/terminal/menu-list.ts';
import { narrow, numbered } from '../../../src/io/terminal/numbered-choices.ts';
import { plainText } from '../../../src/io/terminal/styled-text.ts';

const names = [
  'Northwind Traders International Holding Production Europe',
  'Northwind Traders International Holding Production Asia',
  'Contoso Test',
];

test.each([41, 60, 80, 200])('names that begin alike are told apart in %i columns', (columns) => {
  const choices = names.map((name) => ({ value: name, name, detail: 'Production', label: name }));
  const list = new MenuList({ message: 'Select an environment:', insteadPass: '--environment' }, choices);
  const rows = list.lines({ typed: '', cursor: 0, columns, rows: 24 }).map(plainText);
  const shown = rows.filter((row) => /Northw|Contoso/u.test(row)).map((row) => row.replace(/^.. ?\d+/u, ''));
  expect(shown).toHaveLength(names.length);
  expect(new Set(shown).size).toBe(names.length);
  expect(rows.filter((row) => row.length >= columns)).toEqual([]);
});

test.each([
  ['Pet Store', 'one'],
  ['pet  store', 'three'],
  ['PET STORE 2', 'two'],
  ['PET STORE', 'one'],
])('of names that differ in capitals %j selects that with the same ones, or the first', (typed, value) => {
  const choices = [
    { value: 'one', name: 'Pet Store', label: 'Pet Store' },
    { value: 'two', name: 'Pet Store 2', label: 'Pet Store 2' },
    { value: 'three', name: 'pet store', label: 'pet store' },
  ];
  const { first, exactBy } = narrow(numbered(choices), typed);
  expect(first?.choice.value).toBe(value);
  // Two have the last one: in line mode it's asked again.
  expect(exactBy).toBe(typed === 'PET STORE' ? undefined : 'name');
});
