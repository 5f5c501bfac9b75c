import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { openKeychain } from '../../src/auth/keychain.ts';
import { keychainQuestion } from '../../src/auth/keychain-question.ts';
import { TemporaryDirectory } from '../support/temporary-directory.ts';
import { writeFile } from 'node:fs/promises';

test('a keychain that prompts the user is waited for, with a note', async () => {
  await using directory = await TemporaryDirectory.create();
  const program = directory.join('slow.mjs');
  await writeFile(program, "setTimeout(() => process.stdout.write('key'), 4000);");
  const notes: string[] = [];
  const options = {
    account: 'somebody',
    program: pathToFileURL(program).href,
    executable: process.execPath,
    variables: {},
    signal: new AbortController().signal,
  };
  const asking = openKeychain({ ...options, noteQuestion: () => void notes.push('asked') });
  expect(await asking.get()).toBe('key');
  expect(notes).toEqual(['asked']);
  await expect(openKeychain(options).get()).rejects.toThrow("didn't respond within 3 seconds");
});

test.each([
  ['darwin', true, ['macOS asks whether Node may use your keychain. Waiting for your answer in its dialog…']],
  ['darwin', false, []],
  ['linux', true, []],
  ['win32', true, []],
] as const)('on %s, at a terminal: %j, the question of the system is noted: %j', (platform, interactive, expected) => {
  const notes: string[] = [];
  keychainQuestion(platform, { interactive, note: (text) => void notes.push(text) })?.();
  expect(notes).toEqual(expected);
});
