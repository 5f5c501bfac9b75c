import { expect, test } from 'vitest';
import { excerptOf } from '../../src/output/excerpt.ts';
import type { Finding } from '../../src/validation/engine/finding.ts';
import { SourceFile } from '../../src/validation/engine/source-file.ts';

/** What is shown of a text in which ⟦ and ⟧ stand around what a finding marks. */
function shown(text: string, columns = 120): string | undefined {
  const start = text.indexOf('⟦');
  const plain = text.replaceAll(/[⟦⟧]/gu, '');
  const end = text.includes('⟧') ? text.indexOf('⟧') - 1 : start;
  const file = new SourceFile('file', plain, plain.length);
  const { line: endLine, column: endColumn } = file.positionAt(end);
  const finding: Finding = {
    file: 'file',
    ...file.positionAt(start),
    endLine,
    endColumn,
    rule: 'rule',
    level: 'error',
    message: '',
    pointer: '',
    url: '',
  };
  const excerpt = excerptOf(finding, file, columns);
  return excerpt && `${excerpt.line}\n${excerpt.indent}${excerpt.marks}`;
}

test.each([
  ['a value', '{ "a": ⟦true⟧ }', '{ "a": true }\n       ^^^^'],
  ['an empty stretch', '{ "a"⟦⟧ 1 }', '{ "a" 1 }\n     ^'],
  ['the end of the file', '{ "a": 1⟦⟧', '{ "a": 1\n        ^'],
  ['several lines', 'x\n{ "a": ⟦{\n  "b": 1\n}⟧ }', '{ "a": {\n       ^'],
  ['a line behind tabs', 'x\n\t\t"a":\t⟦1⟧', '\t\t"a":\t1\n\t\t    \t^'],
  ['a line behind wide characters', 'x\n"表情": ⟦1⟧', '"表情": 1\n        ^'],
  ['a line behind an emoji and an accent of its own', 'x\n"😀e\u0301": ⟦1⟧', '"😀e\u0301": 1\n       ^'],
  ['wide characters', 'x\n⟦"表"⟧', '"表"\n^^^^'],
  ['a line with Windows ends', 'x\r\n{ ⟦"a"⟧: 1 }\r\n', '{ "a": 1 }\n  ^^^'],
  ['control characters', 'x\n"\u001b[31m⟦a⟧"', '"␛[31ma"\n      ^'],
  ['marks of direction', 'x\n"\u202e⟦a⟧"', '"a"\n ^'],
])('%s', (_what, text, expected) => {
  expect(shown(text)).toBe(expected);
});

test('a finding about a file as a whole has no line', () => {
  expect(shown('⟦⟧{ "a": 1 }')).toBeUndefined();
});

test('a long line is cut around the marked text, with the marks below it', () => {
  const text = `x\n${'[1,'.repeat(500)}⟦"here"⟧${',2]'.repeat(500)}`;
  const [line = '', marks = ''] = shown(text, 80)?.split('\n') ?? [];
  expect(line.length).toBeLessThanOrEqual(80);
  expect(line).toMatch(/^….*"here".*…$/u);
  expect(line.indexOf('"here"')).toBe(marks.indexOf('^'));
  expect(marks.trim()).toBe('^'.repeat(6));
});

test('no character is cut in two', () => {
  for (let length = 100; length < 110; length += 1) {
    const text = `x\n"${'😀'.repeat(length)}${'a'.repeat(length % 3)}": ⟦1⟧, "${'😀'.repeat(200)}"`;
    expect(shown(text, 60)).not.toMatch(/(?:^|[^\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?:$|[^\udc00-\udfff])/);
  }
});

test.each([
  '"clientSecret": "hush \\" hush"',
  '"ClientSecret":"hush \\" hush"',
  '"client_secret" : "hush \\" hush"',
  '"clientSecret": { "value": "hush \\" hush" }',
])('a client secret is starred out: %s', (member) => {
  for (const text of [`x\n{ ${member}, "a": ⟦1⟧ }`, `x\n{ ⟦${member}⟧ }`]) {
    expect(shown(text)).not.toContain('hush');
    expect(shown(text)).toContain('*'.repeat(12));
  }
});

test('a client secret on another line than its name is starred out', () => {
  expect(shown('{ "clientSecret":\n⟦"hush"⟧ }')).toBe('"****" }\n^^^^^^');
});
