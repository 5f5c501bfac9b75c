import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { NamesInUse } from '../../src/conversion/names-in-use.ts';

test('a name that is wanted again gets the first free number', () => {
  const names = new NamesInUse({ separator: '_' });
  names.add('Pet_3');
  expect(['Pet', 'Pet', 'Pet', 'Pet', 'pet'].map((name) => names.take(name))).toEqual([
    'Pet',
    'Pet_2',
    'Pet_4',
    'Pet_5',
    'pet',
  ]);
});

test('names that differ in case only are one, if so wanted', () => {
  const names = new NamesInUse({ ignoresCase: true });
  expect(['Get', 'GET', 'get'].map((name) => names.take(name))).toEqual(['Get', 'GET2', 'get3']);
});

test('a number can stand behind another text', () => {
  const names = new NamesInUse();
  expect([names.take('id9', 'id'), names.take('id9', 'id'), names.take('id', 'id')]).toEqual(['id9', 'id2', 'id']);
});

test('no name is given twice', () => {
  const name = fc.stringMatching(/^[ab][1-3]?_?[1-3]?$/u);
  fc.assert(
    fc.property(fc.array(name), fc.boolean(), fc.constantFrom('', '_'), (wanted, ignoresCase, separator) => {
      const names = new NamesInUse({ ignoresCase, separator });
      const given = wanted.map((one) => names.take(one));
      expect(new Set(given).size).toBe(wanted.length);
    }),
  );
});
