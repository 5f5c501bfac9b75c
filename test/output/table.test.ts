import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../../src/io/terminal/styled-text.ts';
import type { Table } from '../../src/output/result.ts';
import type { PlainJson } from '../../src/output/plain-json.ts';
import { shortIds } from '../../src/output/short-ids.ts';
import { tableOf } from '../../src/output/table.ts';
import { tableText } from '../../src/output/table-text.ts';
import { shortenedToColumns, widthOf } from '../../src/io/terminal/width.ts';

function lines(table: Table, width: number): string[] {
  return plainText(tableText(table, width)).split('\n');
}

test('widths', () => {
  expect(['abc', '表', '😀', 'e\u0301', '👩\u200d👧', '한', 'a\u200bb\u202e', 'ن\u200cه'].map(widthOf)).toEqual([
    3, 2, 2, 1, 2, 2, 2, 2,
  ]);
});

test('wide text is shortened between characters', () => {
  expect(shortenedToColumns('abcd', 4)).toBe('abcd');
  expect(shortenedToColumns('abcde', 4)).toBe('abc…');
  expect(shortenedToColumns('表示器', 4)).toBe('表…');
  expect(shortenedToColumns('👩\u200d👧👩\u200d👧', 3)).toBe('👩\u200d👧…');
});

const ids = ['shared_contoso-5f0123456789abcdef', 'shared_pet-20store-5f1111111111222222'];
const connectors: Table = {
  columns: ['Name', 'Changed', 'ID', 'Created by'],
  kinds: ['name', 'time', 'id', 'text'],
  rows: [
    ['Contoso Billing', '2026-11-27 09:12', ids[0] ?? '', 'Ada Admin'],
    ['Weather for field teams abroad', '2024-01-02 03:04', ids[1] ?? '', 'Build agent'],
  ],
};

test('a table that fits is not shortened', () => {
  expect(lines(connectors, 120)).toEqual([
    'Name                            Changed           ID                                     Created by',
    `Contoso Billing                 2026-11-27 09:12  ${ids[0]}      Ada Admin`,
    `Weather for field teams abroad  2024-01-02 03:04  ${ids[1]}  Build agent`,
  ]);
});

test.each([
  [
    80,
    [
      'Name                            Changed     ID                   Created by',
      'Contoso Billing                 2026-11-27  shared_conto…abcdef  Ada Admin',
      'Weather for field teams abroad  2024-01-02  shared_pet-2…222222  Build agent',
    ],
  ],
  [
    62,
    [
      'Name              Changed     ID                   Created by',
      'Contoso Billing   2026-11-27  shared_conto…abcdef  Ada Admin',
      'Weather for fie…  2024-01-02  shared_pet-2…222222  Build agent',
    ],
  ],
])('columns give way: IDs in their middle, times by their clock, names at their end (%i)', (width, expected) => {
  expect(lines(connectors, width)).toEqual(expected);
});

test('the last columns are left out where not even their least fits', () => {
  const names = ['Contoso Production', 'Contoso Test'];
  const rows = names.map((name) => [
    name,
    'Production',
    '0f5c0a12-3d6a-4c55-9a4e-000000000001',
    'southafricanorth of two',
  ]);
  const table: Table = { columns: ['Name', 'Type', 'ID', 'Region'], kinds: ['name', 'word', 'id', 'word'], rows };
  expect(lines(table, 60)).toEqual([
    'Name                Type        ID',
    'Contoso Production  Production  0f5c0a12…',
    'Contoso Test        Production  0f5c0a12…',
  ]);
});

test('names that begin alike are shortened up to where they differ, and leave room for the other columns', () => {
  const name = (end: string): string => `Contoso Limited Business Applications Platform - ${end}`;
  const table: Table = {
    columns: ['Name', 'Type', 'ID'],
    kinds: ['name', 'word', 'id'],
    rows: [
      'Finance - Development',
      'Finance - Test',
      'Sales - Test',
      'Operations-of-the-west',
      'Operations-of-the-east',
    ]
      .map((end, at) => [name(end), 'Sandbox', `${at}f5c0a12-3d6a-4c55-9a4e-000000000001`])
      .concat([['Weather', 'Sandbox', 'a0000000-0000-4000-8000-000000000000']]),
  };
  expect(lines(table, 60)).toEqual([
    'Name                                      Type     ID',
    'Contoso Limited Bu…Finance - Development  Sandbox  0f5c0a12…',
    'Contoso Limited Business…Finance - Test   Sandbox  1f5c0a12…',
    'Contoso Limited Business Ap…Sales - Test  Sandbox  2f5c0a12…',
    'Contoso Limited B…Operations-of-the-west  Sandbox  3f5c0a12…',
    'Contoso Limited B…Operations-of-the-east  Sandbox  4f5c0a12…',
    'Weather                                   Sandbox  a0000000…',
  ]);
});

test('of connectors with the same name the ID stays, whatever is left out', () => {
  const table: Table = {
    columns: ['Environment', 'Name', 'Type', 'ID'],
    kinds: ['name', 'name', 'word', 'id'],
    rows: ids.map((id) => ['Contoso Production', 'Weather of the field teams', 'SubscriptionBasedTrial', id]),
  };
  expect(lines(table, 60)).toEqual([
    'Environment         Name                 ID',
    'Contoso Production  Weather of the fie…  shared_conto…abcdef',
    'Contoso Production  Weather of the fie…  shared_pet-2…222222',
  ]);
});

test('names that differ only at their end give way to the ID', () => {
  const name = 'Contoso Billing and Invoices, Western Europe, Production';
  const rows = [`${name} 1`, `${name} 2`].map((one, index) => [one, ids[index] ?? '']);
  const [, first = '', second = ''] = lines({ columns: ['Name', 'ID'], kinds: ['name', 'id'], rows }, 60);
  expect([first, second].map((line) => line.split(/\s+/u).at(-1))).toEqual(shortIds(ids));
  expect(widthOf(first)).toBeLessThanOrEqual(60);
});

test('below 60 columns IDs that differ at their end are whole in as many lines as they need', () => {
  const guid = '3f2504e0-4f89-41d3-9a0c-0305e82c33';
  const rows = ['01', '02'].map((end) => [`Env ${end}`, guid + end]);
  const found = lines({ columns: ['Name', 'ID'], kinds: ['name', 'id'], rows }, 30);
  expect(found.every((line) => widthOf(line) <= 30)).toBe(true);
  expect(found.join('').replaceAll(/\s/gu, '')).toBe(`Name:Env01ID:${guid}01Name:Env02ID:${guid}02`);
});

test('below 60 columns a row is a block of lines', () => {
  expect(lines(connectors, 40)).toEqual([
    'Name: Contoso Billing',
    'Changed: 2026-11-27 09:12',
    `ID: ${ids[0]}`,
    'Created by: Ada Admin',
    '',
    'Name: Weather for field teams abroad',
    'Changed: 2024-01-02 03:04',
    'ID: shared_pet-2…222222',
    'Created by: Build agent',
  ]);
});

test('below 60 columns properties are lines, whose values go on below', () => {
  const table: Table = {
    columns: ['Property', 'Value'],
    kinds: ['property', 'prose'],
    rows: [
      ['Name', 'Pet Store'],
      ['Description', 'Sells pets to whoever comes in'],
      ['Operations', '1'],
      ['', 'GetPet: GET /pets/{id} of all the shops there are'],
    ],
  };
  expect(lines(table, 40)).toEqual([
    'Name: Pet Store',
    'Description: Sells pets to whoever',
    '  comes in',
    'Operations: 1',
    '  GetPet: GET /pets/{id} of all the',
    '  shops there are',
  ]);
});

test('prose has as many lines as it needs, and numbers are at the right', () => {
  const table: Table = {
    columns: ['Rule', 'Line', 'Message'],
    kinds: ['word', 'number', 'prose'],
    rows: [
      ['icon', '7', `The icon must be a PNG file of at most ${'many '.repeat(6)}bytes.`],
      ['host', '1024', 'https://contoso.example/a-page-whose-address-is-never-broken-into-lines'],
    ],
  };
  expect(lines(table, 62)).toEqual([
    'Rule  Line  Message',
    'icon     7  The icon must be a PNG file of at most many many',
    '            many many many many bytes.',
    'host  1024  https://contoso.example/a-page-whose-address-is-never-broken-into-lines',
  ]);
});

test('an ID is whole where there is room for it, however long another one is', () => {
  const long = `shared_${'%e3%81%82'.repeat(30)}`;
  const table: Table = {
    columns: ['Name', 'ID'],
    kinds: ['name', 'id'],
    rows: [
      ['Weather', 'shared_weather-5f2b0c6c6891'],
      ['Japan', long],
    ],
  };
  const [, weather = '', japan = ''] = lines(table, 80);
  expect(weather).toBe('Weather  shared_weather-5f2b0c6c6891');
  expect(japan).toContain('…');
});

test('IDs are shortened no further than they stay different', () => {
  expect(shortIds(['shared_contoso-5f1', 'shared_contoso-5f1234567890abcdef'])).toEqual([
    'shared_contoso-5f1',
    'shared_conto…abcdef',
  ]);
  const guids = ['0f5c0a12-3d6a-4c55-9a4e-000000000001', '0f5c0a12-3d6a-4c55-9a4e-000000000002'];
  expect(shortIds(guids)).toEqual(guids);
  expect(shortIds([guids[0] ?? '', 'b5a3c1d2-0000-4000-8000-000000000000'])).toEqual(['0f5c0a12…', 'b5a3c1d2…']);
  const id = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.array(id), (all) => {
      expect(new Set(shortIds(all)).size).toBe(new Set(all).size);
    }),
  );
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
  expect(tableOf(value)).toMatchObject({ columns, rows });
});

test('no line is wider than the window, and names that differ stay different in a table', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 40 });
  const kind = fc.constantFrom('name', 'id', 'time', 'text', 'word' as const);
  const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rows, kind, fc.integer({ min: 46, max: 100 }), (given, second, width) => {
      const table: Table = { columns: ['One', 'Two', 'Three'], kinds: ['name', second, 'text'], rows: given };
      const all = lines(table, width);
      for (const line of all) expect(widthOf(line)).toBeLessThanOrEqual(width);
      if (width < 60) return;
      expect(all).toHaveLength(given.length + 1);
      const names = given.map(([name]) => name.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim());
      const shown = all.slice(1).map((line, at) => (names[at] === '' ? '' : line));
      expect(new Set(shown).size).toBeGreaterThanOrEqual(new Set(names).size);
    }),
  );
});
