import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandWord, pathWord } from '../../../src/io/terminal/command-word.ts';

test.each([
  ['Default-5f1', 'Default-5f1'],
  ['../pets/settings.json', '../pets/settings.json'],
  [String.raw`C:\pets`, String.raw`'C:'\\'pets'`],
  ['Contoso (default)/Pets', '"Contoso (default)/Pets"'],
  ["it's", `"it's"`],
  ['=ls', '"=ls"'],
  ['$(id)', "'$(id)'"],
  ["'; id; `id`", String.raw`''\''; id; ${'`id`'}'`],
  ['', '""'],
  ['a b\t$c', String.raw`"a b""$(printf '\t')"'$c'`],
])('on Unix, %s is written as %s', (text, expected) => {
  expect(commandWord(text, 'linux')).toBe(expected);
});

test('a path is read as no option', () => {
  expect(pathWord('-x')).toBe('./-x');
  expect(pathWord('pets/-x')).toBe('pets/-x');
});

test.each([
  ['Default-5f1', 'Default-5f1'],
  [String.raw`C:\connectors\pets`, String.raw`C:\connectors\pets`],
  ['Contoso (default) & Sons', '"Contoso (default) & Sons"'],
  [String.raw`C:\my pets` + '\\', String.raw`"C:\my pets\\"`],
  ["it's", `"it's"`],
  ['@id', '"@id"'],
  ['a,b', '"a,b"'],
  ['$(calc)', '"`$(calc)"'],
  ['%PATH%', '"`%PATH`%"'],
  ['" & calc & "', '"? & calc & ?"'],
  ['\u201d; calc; \u201c', '"`\u201d; calc; `\u201c"'],
])('on Windows, %s is written as %s', (text, expected) => {
  expect(commandWord(text, 'win32')).toBe(expected);
});

const hostile = [
  '$(touch x)',
  "a'; id; '",
  '"; id; "',
  '`id`',
  '!!',
  '~root',
  '=ls',
  'a\\',
  '\t',
  '=a\t\t!!b\t',
  "\\'",
  '\\\\',
  "a\\' ; id '",
  'a\nid',
  'a\u2028id',
  'a\u0085\fid',
];

describe.each([['bash'], ['zsh'], ['fish'], ['dash']])('to %s', (shell) => {
  test.runIf(existsSync(`/usr/bin/${shell}`))('any text is one word', async () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
    const texts = [...fc.sample(text, 300), ...hostile];
    const script = `printf '%s\\0' ${texts.map((value) => commandWord(value, 'linux')).join(' ')}`;
    const { stdout } = await promisify(execFile)(shell, ['-c', script]);
    // A shell would run what is behind a line end by itself.
    expect(stdout.split('\0').slice(0, -1)).toEqual(
      texts.map((value) => value.replaceAll(/[\n\v\f\r\u0085\u2028\u2029]/gu, '?')),
    );
  });
});

test('on Windows, nothing in a text ends the word that it is, neither for cmd nor for PowerShell', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab"\'$`%!&|<>^() \\;,=\u201c\u201d\n')) }), (text) => {
      const word = commandWord(text, 'win32');
      // PowerShell: each of them behind a backtick that is not itself behind one.
      expect(word).toMatch(/^(?:[\w.\\/:+-]+|"(?:[^"$`%!\u201c\u201d\n]|`.)*")$/u);
    }),
  );
});
