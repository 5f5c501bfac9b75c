import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import { FileError } from '../../src/errors.ts';
import { parseStrictly } from '../../src/json/syntax.ts';

function faultOf(text: string): string {
  try {
    parseStrictly(text, 'a.json');
    return 'none';
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
}

const notJson = 'invalid JSON: expected a value: JSON has strings in "double quotes", numbers, true, false, and null.';

describe('a syntax error has its line and column:', () => {
  test.each([
    ['an empty file', '', 'a.json is empty. Expected JSON.'],
    ['white space alone', '\r\n \t', 'a.json is empty. Expected JSON.'],
    ['a comma after the last member', '{\n  "a": 1,\n}', 'a.json:3:1: invalid JSON: unexpected comma before this.'],
    ['a comma after the last element', '[1, ]', 'a.json:1:5: invalid JSON: unexpected comma before this.'],
    ['two commas', '[1,,2]', 'a.json:1:4: invalid JSON: expected a value.'],
    ['no comma', '{"a": 1\n"b": 2}', 'a.json:2:1: invalid JSON: expected a comma.'],
    ['no colon', '{"a" 1}', 'a.json:1:6: invalid JSON: expected a colon.'],
    ['no value', '{"a": }', 'a.json:1:7: invalid JSON: expected a value.'],
    ['a name that is a number', '{"a": 1, 2: 3}', 'a.json:1:10: invalid JSON: expected a name in double quotes.'],
    ['a truncated object', '{"a": {"b": 1}', 'a.json:1:15: invalid JSON: a closing } is missing.'],
    ['a truncated list', '[[1, 2]', 'a.json:1:8: invalid JSON: a closing ] is missing.'],
    [
      'a truncated text',
      '{"a": "b',
      "a.json:1:7: invalid JSON: the closing quote of this string is missing, or a line break isn't written as \\n.",
    ],
    ['a truncated number', '[1.]', "a.json:1:2: invalid JSON: this number isn't complete."],
    ['more behind the end', '{}\n{}', 'a.json:2:1: invalid JSON: unexpected data after the end of the document.'],
    ['a comment', '{\n  // b\n}', "a.json:2:3: invalid JSON: JSON doesn't allow comments."],
    ['a block comment', '{"a": /* b */ 1}', "a.json:1:7: invalid JSON: JSON doesn't allow comments."],
    ['a name without quotes', '{a: 1}', `a.json:1:2: ${notJson}`],
    ['another language', 'key: value', `a.json:1:1: ${notJson}`],
    ['a byte order mark too many', '\ufeff{}', `a.json:1:1: ${notJson}`],
    [
      'an unknown escape',
      String.raw`["C:\Users"]`,
      "a.json:1:2: invalid JSON: this string has a \\ before a character that doesn't need it; write \\\\ for a \\.",
    ],
    [
      'an incomplete Unicode escape',
      String.raw`["\u00e"]`,
      'a.json:1:2: invalid JSON: this string has a \\u without four hexadecimal digits.',
    ],
    ['a raw tab', '["\t"]', 'a.json:1:2: invalid JSON: this string has an unescaped control character.'],
  ])('%s', (_what, text, message) => {
    expect(faultOf(text)).toBe(message);
  });

  test.each([
    ['\\n', '[\n1,\n2 3]'],
    ['\\r\\n', '[\r\n1,\r\n2 3]'],
    ['\\r', '[\r1,\r2 3]'],
    ['a mixture', '[\r1,\n2 3]'],
  ])('lines end in %s', (_what, text) => {
    expect(faultOf(text)).toMatch(/^a\.json:3:3: /);
  });

  test('the error does not repeat the text, which can be a secret', () => {
    for (const text of [
      '{"clientSecret": s3cret}',
      '{"clientSecret": "s3cret',
      "['s3cret']",
      '["\\s3cret"]',
      '[] s3cret',
    ]) {
      expect(faultOf(text)).not.toContain('s3cret');
    }
  });
});

function nested(levels: number): string {
  return `${'[{"a":'.repeat(levels / 2)}"[{"${'}]'.repeat(levels / 2)}`;
}

describe('extreme nesting is an error, not a crash:', () => {
  const many = 500_000;
  test.each([
    ['brackets that never close', '['.repeat(2 * many)],
    ['brackets that close', '['.repeat(many) + ']'.repeat(many)],
    ['objects that never close', '{"a":'.repeat(many)],
    ['objects that close', `${'{"a":'.repeat(many)}1${'}'.repeat(many)}`],
    ['what a later member of the same name hides', `{"a":${'['.repeat(many)}${']'.repeat(many)},"a":1}`],
    ['brackets and commas in disorder', '[},'.repeat(many)],
    ['brackets behind a comment', `/* " */${'['.repeat(many)}`],
  ])('%s', (_what, text) => {
    expect(faultOf(text)).toMatch(/^a\.json(:1:\d+: invalid JSON: .*| is nested too deeply: .*)\.$/);
  });

  test('five hundred levels are read, one more is not', () => {
    expect(faultOf(nested(500))).toBe('none');
    expect(faultOf(`[${nested(500)}]`)).toBe(
      'a.json is nested too deeply: more than 500 objects and arrays inside each other.',
    );
  });

  test('many values in one array do not count as nesting', () => {
    expect(faultOf(`[${'[],{},'.repeat(5000)}"\\"[[", []]`)).toBe('none');
  });
});

/** What is put together from these is rarely JSON. */
const pieces = fc.constantFrom(...Array.from('{}[],:1-.e"\\\n\r\t \u00a0'), 'true', '"a"', '//', '/*');

/** No names with a backslash, which V8 can confuse: https://github.com/nodejs/node/issues/63785 */
const anyJson = fc.json({ stringUnit: fc.constantFrom(...Array.from('ab1 é日😀"/\n\u0001')) });

const garbled = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));

const damaged = fc.tuple(anyJson, fc.nat(), pieces).map(([text, place, piece]) => {
  const offset = place % (text.length + 1);
  return text.slice(0, offset) + piece + text.slice(offset);
});

/** What a reading gives: a value, or the words of the fault. */
function reading(read: () => unknown): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: read() };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

test('text that JSON.parse refuses is refused with a position; other text has the same value', () => {
  const fault = expect.stringMatching(/^a\.json(:\d+:\d+: invalid JSON: .+| is empty\. Expected JSON)\.$/);
  fc.assert(
    fc.property(fc.oneof(anyJson, garbled, damaged), (text) => {
      const expected = reading(() => JSON.parse(text));
      expect(reading(() => parseStrictly(text, 'a.json'))).toEqual('fault' in expected ? { fault } : expected);
    }),
    { numRuns: 3000 },
  );
});
