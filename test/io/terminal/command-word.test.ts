import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { commandWord } from '../../../src/io/terminal/command-word.ts';

test.each([
  ['Default-5f1', 'Default-5f1'],
  [String.raw`C:\connectors\pets`, String.raw`C:\connectors\pets`],
  ['Contoso (default)/Pets', '"Contoso (default)/Pets"'],
  ["it's", `"it's"`],
  ['$(id)', "'$(id)'"],
  ["'; id; `id`", String.raw`''\''; id; ${'`id`'}'`],
  ['', '""'],
])('%s is written as %s', (text, expected) => {
  expect(commandWord(text)).toBe(expected);
});

test('whatever a text says, it is one word to a shell', async () => {
  const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
  const texts = [...fc.sample(text, 300), '$(touch x)', "a'; id; '", '"; id; "', '`id`', '!!', '~', 'a\\'];
  // A double backslash is one within double quotes; paths do not mind.
  const plain = texts.map((value) => value.replaceAll(/\\+/gu, '\\'));
  const script = `printf '%s\\0' ${plain.map((value) => commandWord(value)).join(' ')}`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script]);
  const words = stdout.split('\0').slice(0, -1);
  expect(words).toHaveLength(plain.length);
  expect(words.map(withoutBackslashes)).toEqual(plain.map(withoutBackslashes));
});

/** Those of a bare word are for the shell of Windows. */
function withoutBackslashes(text: string): string {
  return text.replaceAll('\\', '');
}
