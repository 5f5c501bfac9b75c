import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { readQuery } from '../../src/output/query.ts';

const inherited = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf', '__defineGetter__'];

describe.each(inherited)('a query for %s', (name) => {
  test.each([
    name,
    `"${name}"`,
    `a.${name}`,
    `list[*].${name} | [0]`,
    `{x: a}.${name}`,
    `list[?${name}] | [0]`,
    `n.${name}`,
  ])('finds nothing where no result has it: %s', (query) => {
    expect(readQuery(query)({ a: { b: 1 }, list: [{ b: 2 }], n: 1 })).toBeNull();
  });

  test('finds it where a result has it', () => {
    const own: unknown = JSON.parse(`{ "${name}": { "${name}": false } }`);
    expect(readQuery(`a."${name}"."${name}"`)(JSON.parse(JSON.stringify({ a: own })))).toBe(false);
  });
});

test.each(['{"__proto__": a}', 'list[*].{b: b, "__proto__": c}', '{a: {"__proto__": a}}'])(
  'a query that calls a member __proto__ is wrong usage: %s',
  (query) => {
    expect(() => readQuery(query)).toThrow(UsageError);
  },
);

const endless: readonly (readonly [what: string, query: string])[] = [
  ['members', `a${'.a'.repeat(100_000)}`],
  ['open brackets', '['.repeat(100_000)],
  ['brackets', '['.repeat(4_000)],
  ['negations', `${'!'.repeat(4_095)}a`],
  ['parentheses', '('.repeat(2_000)],
  ['members and a slip', `a${'.a'.repeat(2_000)}.)`],
];

test.each(endless)('a query of many %s ends at once, with a sentence', (_what, query) => {
  const start = performance.now();
  expect(() => readQuery(query)({ a: 1 })).toThrow(UsageError);
  expect(performance.now() - start).toBeLessThan(10_000);
});

/** Lists of ten of the list before, which take no room until they are printed. */
const lists = Array.from({ length: 12 }, (_, level) => {
  const before = level === 0 ? '@' : `$a${level - 1}`;
  return `let $a${level} = [${Array.from({ length: 10 }, () => before).join(', ')}] in `;
}).join('');

test.each([`${lists}$a11`, `${lists}to_string($a11)`])(
  'a query that gives more than can be printed ends, with a sentence',
  { timeout: 60_000 },
  (query) => {
    expect(() => readQuery(query)('x')).toThrow("The query doesn't fit the result: it takes longer than 5 seconds");
  },
);

test.each(["pad_left('x', `1e308`)", "reverse(pad_left('x', `30000000`))"])(
  'a query for too long a text ends, with a sentence: %s',
  (query) => {
    expect(() => readQuery(query)('x')).toThrow(
      "The query doesn't fit the result: it asks for a longer text or list than paconn can make",
    );
  },
);

test('a query of many members is answered', () => {
  expect(readQuery(`a${'.a'.repeat(300)}`)({ a: 1 })).toBeNull();
});

test('a query that is too long or too deep is an error', () => {
  expect(() => readQuery('a'.repeat(5_000))).toThrow('The query is longer than 4096 characters.');
  expect(() => readQuery(`a${'.a'.repeat(2_000)}`)).toThrow('The query is nested deeper than 400 levels.');
});
