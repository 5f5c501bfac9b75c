import { describe, expect, test } from 'vitest';
import { PaconnError, UsageError } from '../../src/errors.ts';
import { resultPrinter } from '../../src/output/print-result.ts';
import type { Result } from '../../src/output/result.ts';
import { ScriptedTerminal } from '../support/scripted-terminal.ts';

const pets: Result = {
  data: {
    pets: [
      { name: 'Rex', age: 3, tags: ['good', 'old'], home: { town: 'Basel' }, chip: null, none: undefined },
      { name: '表 示', age: 2.5, tags: [], isCat: true },
    ],
  },
};

const printing = { version: 2, command: 'list', workingDirectory: '.' } as const;

/** What is printed of a result. */
async function printed(format: string, query?: string, result = pets): Promise<string> {
  const terminal = new ScriptedTerminal();
  await resultPrinter({ ...printing, format, query }, terminal)(result);
  return terminal.stdout.join('\n');
}

/** The first line and the last of what a mistaken query leads to. */
async function mistake(query: string): Promise<unknown> {
  try {
    return await printed('json', query);
  } catch (error) {
    return error;
  }
}

describe('JSON', () => {
  test.each(['json', 'jsonc'])('as %s is the data', async (format) => {
    expect(JSON.parse(await printed(format))).toEqual({ version: 2, ...pets.data });
    expect(await printed(format)).not.toContain('none');
  });

  test('keeps characters that a terminal must not get, as escapes', async () => {
    const text = await printed('json', undefined, { data: { name: 'a\u001b[31m\u009b\u202eb\u200b\u{e0041}' } });
    expect(text).toMatch(/^[\n\u0020-\u007e]*$/u);
    expect(JSON.parse(text)).toEqual({ version: 2, name: 'a\u001b[31m\u009b\u202eb\u200b\u{e0041}' });
  });

  test('answers a query, with null where there is nothing', async () => {
    expect(await printed('json', 'pets[].name')).toBe('[\n  "Rex",\n  "表 示"\n]');
    expect(await printed('json', 'pets[?age > `2.7`] | [0].home.town')).toBe('"Basel"');
    expect(await printed('json', 'length(pets)')).toBe('2');
    expect(await printed('json', 'cats')).toBe('null');
  });

  test('answers queries written for the Azure CLI, with texts in backquotes', async () => {
    expect(await printed('json', 'pets[?name==`Rex`].age | [0]')).toBe('3');
  });
});

describe('YAML', () => {
  test.each(['yaml', 'yamlc'])(
    'as %s has blocks, and quotes what could be taken for something else',
    async (format) => {
      const data = {
        empty: [],
        none: {},
        list: [
          [1, 2],
          { a: 'no', 'b c': 'x: y' },
          '- dash',
          'plain text',
          'tab\t"',
          '',
          '2016-11-01',
          null,
          true,
          -1.5,
        ],
      };
      expect(await printed(format, undefined, { data })).toBe(
        [
          'version: 2',
          'empty: []',
          'none: {}',
          'list:',
          '  - - 1',
          '    - 2',
          '  - a: "no"',
          '    b c: "x: y"',
          '  - "- dash"',
          '  - plain text',
          String.raw`  - "tab\t\""`,
          '  - ""',
          '  - "2016-11-01"',
          '  - null',
          '  - true',
          '  - -1.5',
        ].join('\n'),
      );
    },
  );

  test('can be a single value', async () => {
    expect(await printed('yaml', 'pets[0].name')).toBe('Rex');
    expect(await printed('yaml', 'pets[].age')).toBe('- 3\n- 2.5');
  });
});

describe('a table', () => {
  const table = {
    columns: ['Name', 'ID'],
    rows: [
      ['Rex', 'r-1'],
      ['A\nB\tC', 'r-2'],
    ],
  };

  test('is the one of the result', async () => {
    expect(await printed('table', undefined, { ...pets, table })).toBe(
      ['Name   ID', 'Rex    r-1', 'A B C  r-2'].join('\n'),
    );
  });

  test('of other data has the members of objects that are no lists or objects', async () => {
    expect(await printed('table', 'pets')).toBe(
      ['Name   Age  Chip  IsCat', 'Rex      3', '表 示  2.5        true'].join('\n'),
    );
    expect(await printed('table', 'pets[0]')).toBe(['Name  Age  Chip', 'Rex     3'].join('\n'));
  });

  test('of lists numbers the columns', async () => {
    expect(await printed('table', 'pets[].[name, age]')).toBe(
      ['Column1  Column2', 'Rex      3', '表 示    2.5'].join('\n'),
    );
  });

  test('of single values has one column', async () => {
    expect(await printed('table', 'pets[].name')).toBe(['Result', 'Rex', '表 示'].join('\n'));
    expect(await printed('table', 'length(pets)')).toBe(['Result', '2'].join('\n'));
  });

  test('of a result without one of its own has its properties, but for the version of the shape', async () => {
    const data = {
      connectorId: 'shared_a',
      environment: { id: 'e1', name: 'Test' },
      url: null,
      isDryRun: true,
      files: [{ path: 'icon.png', role: 'icon' }],
      changes: [{ kind: 'added' }],
      summary: { errors: 1, warnings: 2 },
    };
    expect(await printed('table', undefined, { data })).toBe(
      [
        'Property      Value',
        'Connector ID  shared_a',
        'Environment   Test (e1)',
        'Is dry run    yes',
        'Files         icon.png',
        'Changes       1',
        'Summary       errors 1, warnings 2',
      ].join('\n'),
    );
  });

  test('without rows prints nothing', async () => {
    expect(await printed('table', undefined, { ...pets, table: { columns: ['Name'], rows: [] } })).toBe('');
    expect(await printed('table', 'pets[?age > `9`]')).toBe('');
  });
});

describe('tab-separated values', () => {
  test('are the rows of the table, without headings, one line each', async () => {
    const table = {
      columns: ['Name', 'ID'],
      rows: [
        ['Rex', 'r-1'],
        ['A\nB\tC\\D\r', 'r-2'],
      ],
    };
    expect(await printed('tsv', undefined, { ...pets, table })).toBe(
      ['Rex\tr-1', String.raw`A\nB\tC\\D\r` + '\tr-2'].join('\n'),
    );
  });

  test('of a query are what the Azure CLI makes of it', async () => {
    expect(await printed('tsv', 'pets[].name')).toBe('Rex\n表 示');
    expect(await printed('tsv', 'pets[].[name, isCat]')).toBe('Rex\t\n表 示\ttrue');
    expect(await printed('tsv', 'pets')).toBe('Rex\t3\t2\t\t\n表 示\t2.5\t0\ttrue');
    expect(await printed('tsv', 'pets[0].name')).toBe('Rex');
    expect(await printed('tsv', 'nothing')).toBe('');
  });
});

describe('a query that is wrong', () => {
  test.each([
    ['pets[', 'it ends too early', 5],
    ['', 'it ends too early', 0],
    ['"pets', 'it ends too early', 5],
    ['foo bar', "character 5 isn't valid at this position", 4],
    ['pets..name', "character 6 isn't valid at this position", 5],
    ['pets # all', "character 6 isn't valid at this position", 5],
    ['pets]', "character 5 isn't valid at this position", 4],
  ])('%j is told with the place', async (query, reason, index) => {
    const error = await mistake(query);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({
      message: `Invalid query: ${reason}.`,
      detail: `  ${query}\n  ${' '.repeat(index)}^`,
    });
  });

  test('that calls an unknown function leads to the nearest function names', async () => {
    expect(await mistake('pets[?leng(name) > `1`]')).toMatchObject({
      exitCode: 2,
      message: "The query calls leng(), which isn't a JMESPath function.",
      written: 'leng',
    });
  });

  test("that doesn't fit the result is reported after the work", async () => {
    const error = await mistake('sum(pets)');
    expect(error).toBeInstanceOf(PaconnError);
    expect(error).toMatchObject({ exitCode: 1, message: expect.stringContaining("doesn't fit the result: ") });
  });
});
