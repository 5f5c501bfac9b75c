import { expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';
import type { Finding } from '../../src/validation/engine/finding.ts';
import { locate } from '../../src/json/positions.ts';
import { SourceFile } from '../../src/validation/engine/source-file.ts';

function check(text: string | Uint8Array): readonly Finding[] {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return checkConnector({ definition: { name: 'api.json', bytes } });
}

function positionOf(rule: string, text: string): string | undefined {
  const finding = check(text).find((one) => one.rule === rule);
  return finding && `${finding.line}:${finding.column}-${finding.endLine}:${finding.endColumn} ${finding.pointer}`;
}

test.each([
  ['LF', '{\n  "swagger": "3"\n}', '2:14-2:17'],
  ['CRLF', '{\r\n  "swagger": "3"\r\n}', '2:14-2:17'],
  ['a lone CR', '{\r  "swagger": "3"\r}', '2:14-2:17'],
  ['tabs', '{\n\t"swagger":\t"3"\n}', '2:13-2:16'],
  ['a byte order mark', '\ufeff{ "swagger": "3" }', '1:14-1:17'],
  ['characters outside ASCII', '{ "x-ü": "ß", "swagger": "3" }', '1:26-1:29'],
  ['astral characters', '{ "x-a": "😀", "swagger": "3" }', '1:27-1:30'],
  ['a minified text', '{"x-a":[1,{"b":"}"}],"swagger":"3"}', '1:32-1:35'],
  ['quotes and backslashes in strings', '{"x-a":"\\\\","x-b":"\\"{","swagger":"3"}', '1:35-1:38'],
  ['duplicate names: the last counts', '{"swagger":"2.0","swagger":"3"}', '1:28-1:31'],
  ['an escaped name', '{"swag\\u0067er":"3"}', '1:17-1:20'],
])('positions are right with %s', (_what, text, expected) => {
  expect(positionOf('swagger-version', text)).toBe(`${expected} /swagger`);
});

test('a missing member is shown at the bracket of its object', () => {
  expect(positionOf('required-property', '{"swagger":"2.0","paths":{},\n"info":{"version":"1"}}')).toBe(
    '2:8-2:9 /info',
  );
});

test("what is wrong with a value that can't have the members it should is shown at the whole value", () => {
  const text =
    '{"properties":{"connectionParameters":{"a":{"oAuthSettings":{"identityProvider":"aad","customParameters":"😀x"}}}}}';
  const properties = { name: 'properties.json', bytes: new TextEncoder().encode(text) };
  const found = checkConnector({ properties }).find(({ pointer }) => pointer.endsWith('/customParameters'));
  expect(found && text.slice(found.column - 1, found.endColumn - 1)).toBe('"😀x"');
});

test('an unknown name is shown at the name, escaped in the pointer', () => {
  expect(positionOf('unknown-property', '{"a/b~c": 1, "swagger": "2.0"}')).toBe('1:2-1:9 /a~1b~0c');
});

test('the value of an earlier duplicate key is not found', () => {
  const [located] = locate('{"a":{"b":1},"a":{"c":2}}', [['a', 'b']]);
  expect(located).toEqual({ found: { nameStart: 13, nameEnd: 16, start: 17, end: 24 }, path: ['a'] });
});

test('offsets outside the text are taken to its ends', () => {
  expect(new SourceFile('a', 'x\ny', 3).positionAt(99)).toEqual({ line: 2, column: 2 });
});

test('there is no position between CR and LF', () => {
  expect(new SourceFile('a', '\r\nx\r\ny', 6).positionAt(4)).toEqual({ line: 2, column: 2 });
  expect(positionOf('json-control-char', '{"x":"a\r\n","swagger":"2.0"}')).toBe('1:8-1:8 /x');
});
