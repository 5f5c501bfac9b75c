import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/json/canonical.ts';
import { indented } from '../../src/json/document.ts';

const same = (one: string, other: string): boolean => canonicalJson({ text: one }) === canonicalJson({ text: other });

describe('two texts are the same JSON', () => {
  test.each([
    ['{"a":1,"b":[2,{"d":1,"c":2}]}', '{ "b": [2, {"c": 2, "d": 1}],\n\t"a": 1 }'],
    ['{"10":1,"9":2}', '{"9":2,"10":1}'],
    ['[1, 1.0, 10e-1, 0.1E+1, 100e-2]', '[1e0,1,1,1,1]'],
    ['[-0, 0.000, 0e9]', '[0,0,0]'],
    ['9007199254740993', '9007199254740993.0'],
    ['"\\u00e9\\/\\n"', '"é/\\u000a"'],
    ['{"a":1,"a":2}', '{"a":2}'],
    ['{"__proto__":1,"b":2}', '{"b":2,"__proto__":1}'],
  ])('%s and %s', (one, other) => {
    expect(same(one, other)).toBe(true);
  });
});

describe('two texts are not the same JSON', () => {
  test.each([
    ['9007199254740993', '9007199254740992'],
    ['1.0000000000000000001', '1'],
    ['1', '-1'],
    ['1e2', '1e-2'],
    ['[1,2]', '[2,1]'],
    ['"1"', '1'],
    ['"#1e0"', '1'],
    ['{"a":null}', '{}'],
    ['{"__proto__":1}', '{}'],
    ['[]', '{}'],
  ])('%s and %s', (one, other) => {
    expect(same(one, other)).toBe(false);
  });
});

test('formatting never makes a difference, and the value always does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      const [text, second] = [JSON.stringify(one), JSON.stringify(other)];
      expect(same(text, indented({ text }))).toBe(true);
      expect(same(text, JSON.stringify(one, undefined, '\t'))).toBe(true);
      const isEqual = isDeepStrictEqual(JSON.parse(text), JSON.parse(second));
      expect(same(text, second)).toBe(isEqual);
    }),
  );
});
