import { expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';

function faults(text: string | Uint8Array): readonly string[] {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return checkConnector({ definition: { name: 'api.json', bytes } }).map(
    ({ rule, line, column, message }) => `${line}:${column} ${rule}: ${message}`,
  );
}

function jsonFaults(text: string | Uint8Array): readonly string[] {
  return faults(text).filter((fault) => fault.includes(' json-'));
}

test('all clear errors are reported in one run, and the rest is checked', () => {
  const text =
    '{ // note\n "host": "a\tb\\q",\n "host": "c", "schemes": ["https", "ftp",], /* x */\n "swagger": "3",\n} ]';
  expect(faults(text)).toEqual([
    "1:1 required-property: The 'info' property is required.",
    "1:1 required-property: The 'paths' property is required.",
    "1:3 json-comment: JSON doesn't allow comments.",
    '2:12 json-control-char: Control character U+0009 must be escaped in a JSON string.',
    "2:14 json-syntax: Invalid JSON: expected one of the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX but found '\\q'.",
    "3:2 json-duplicate-key: Duplicate key 'host'. The first value at 2:2 is ignored.",
    "3:36 scheme-invalid: 'ftp' isn't a supported scheme.",
    "3:41 json-trailing-comma: JSON doesn't allow a trailing comma before ']'.",
    "3:45 json-comment: JSON doesn't allow comments.",
    '4:13 swagger-version: \'swagger\' must be the string "2.0".',
    "4:16 json-trailing-comma: JSON doesn't allow a trailing comma before '}'.",
    '5:3 json-trailing-data: Unexpected data after the end of the JSON document.',
  ]);
});

test.each([
  ['', '1:1', 'a value', 'the end of the file'],
  ['{', '1:2', "a name in double quotes or '}'", 'the end of the file'],
  ['{"a" 1}', '1:6', "':'", "'1'"],
  ['{"a": 1 "b": 2}', '1:9', "',' or '}'", 'a string'],
  ['{a: 1}', '1:2', "a name in double quotes or '}'", "'a'"],
  ["{'a': 1}", '1:2', "a name in double quotes or '}'", "'''"],
  ['{"a": True}', '1:7', 'a value', "'True'"],
  ['{"a": 01}', '1:7', 'a value', "'01'"],
  ['[1,,2]', '1:4', 'a value', "','"],
  ['{"a": "b,\n "c": 1}', '1:7', 'a closing quotation mark', 'the end of the line'],
  ['["abc', '1:2', 'a closing quotation mark', 'the end of the file'],
  ['[1 /* ', '1:4', "'*/'", 'the end of the file'],
])('%j cannot be read on', (text, position, expected, found) => {
  expect(faults(text)).toEqual([`${position} json-syntax: Invalid JSON: expected ${expected} but found ${found}.`]);
});

test.each([
  '{"clientSecret": Hunter2x }',
  '{"clientSecret":\n  Hunter2x\n}',
  '{"clientSecret": "abc"Hunter2x"}',
  '{"clientSecret": {Hunter2x}}',
  '{"clientSecret":: Hunter2x}',
  '{"clientSecret" Hunter2x}',
  String.raw`{"swagger": "2.0", "clientSecret": "abcdefghijklmnopqrstuvwxyz${'0'.repeat(100)}\Hunter2x"}`,
])('what may be a client secret is not repeated: %s', (text) => {
  const found = jsonFaults(text);
  expect(found.length).toBeGreaterThan(0);
  for (const fault of found) expect(fault).not.toMatch(/Hunter|\\H/u);
});

test('a string that spans two lines is reported as a control character', () => {
  expect(jsonFaults('{"x-a": "b\nc"}')).toEqual([
    '1:11 json-control-char: Control character U+000A must be escaped in a JSON string.',
  ]);
});

test.each([
  ['a broken byte', [0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d], '1:3', 2],
  ['a character that is cut off', [0x7b, 0x7d, 0xe2, 0x82], '1:3', 2],
  ['UTF-16 with byte order mark', [0xff, 0xfe, 0x7b, 0, 0x7d, 0], '1:1', 0],
  ['UTF-16 without byte order mark', [0, 0x7b, 0, 0x7d], '1:1', 0],
  ['UTF-32', [0x7b, 0, 0, 0, 0x7d, 0, 0, 0], '1:1', 0],
])('%s is no UTF-8', (_what, bytes, position, byte) => {
  expect(jsonFaults(Uint8Array.from(bytes))).toContain(
    `${position} json-encoding: The file isn't valid UTF-8 at byte ${byte}.`,
  );
});

test.each([['['], ['{"a":'], ['[{"a":']])('a megabyte of %s ends in one finding', (part) => {
  expect(faults(part.repeat(1_000_000 / part.length))).toEqual([
    expect.stringContaining('at most 500 levels of nesting'),
  ]);
});

test('valid JSON that is nested too deeply is refused', () => {
  const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(faults(text)).toEqual([expect.stringContaining('at most 500 levels of nesting')]);
});

test('a hundred thousand findings are listed up to the limit, and the rest is counted', () => {
  const names = Array.from({ length: 100_000 }, (_, index) => `"u${index}": 1`);
  const found = faults(`{ "swagger": "2.0", "host": "a.b", ${names.join(',')} }`);
  // The thousand, what is left out, and that the file is too large.
  expect(found).toHaveLength(1002);
  expect(found.filter((line) => line.includes('too-many-findings'))).toEqual([
    "1:1 too-many-findings: 99002 more problems (error) in this file aren't listed.",
  ]);
});
