import { PassThrough, type Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Keyboard } from '../../../src/io/terminal/keyboard.ts';

function typing(system?: NodeJS.Platform): {
  readonly input: PassThrough & { isTTY: boolean };
  readonly keyboard: Keyboard;
} {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  return { input, keyboard: new Keyboard(input, system) };
}

/** What one question reads: all up to the Enter that it takes for the end, or all there is. */
async function answer(keys: Readable, isEnd = (text: string): boolean => text.endsWith('\r')): Promise<string> {
  let text = '';
  for await (const chunk of keys) {
    text += String(chunk);
    if (isEnd(text)) break;
  }
  return text;
}

describe('what is typed', () => {
  test.each([
    ['a return', 'one\rtwo\r'],
    ['a line feed', 'one\ntwo\n'],
    ['both', 'one\r\ntwo\r\n'],
  ])('ends at Enter, which is %s, and what was typed ahead answers the next question', async (_what, typed) => {
    const { input, keyboard } = typing();
    input.write(typed);
    expect(await answer(keyboard.open())).toBe('one\r');
    expect(await answer(keyboard.open())).toBe('two\r');
  });

  test('goes to the same prompt if it did not end with Enter', async () => {
    const { input, keyboard } = typing();
    input.write('wrong\rright\rnext\r');
    expect(await answer(keyboard.open(), (text) => text.endsWith('right\r'))).toBe('wrong\rright\r');
    expect(await answer(keyboard.open())).toBe('next\r');
  });

  test('ends with the input, at a question that is asked after it, too', async () => {
    const { input, keyboard } = typing();
    input.end('one\rtw');
    expect(await answer(keyboard.open())).toBe('one\r');
    expect(await answer(keyboard.open())).toBe('tw');
    expect(await answer(keyboard.open())).toBe('');
  });

  test('has Ctrl+Z for the end of the input on Windows, and nowhere else', async () => {
    for (const [system, expected] of [
      ['win32', '\u0004\r'],
      ['linux', '\u001a\r'],
    ] as const) {
      const { input, keyboard } = typing(system);
      input.write('\u001a\r');
      expect(await answer(keyboard.open())).toBe(expected);
    }
  });

  test('is not read between questions', async () => {
    const { input, keyboard } = typing();
    input.write('one\r');
    await answer(keyboard.open());
    expect(input.isPaused()).toBe(true);
  });

  test('is read the same in whatever pieces it comes', async () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '日', '😀', ' ') }), {
      minLength: 1,
      maxLength: 5,
    });
    const enter = fc.constantFrom('\r', '\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(lines, enter, fc.integer({ min: 1, max: 7 }), async (texts, end, size) => {
        const { input, keyboard } = typing();
        const bytes = Buffer.from(texts.map((text) => text + end).join(''));
        for (let at = 0; at < bytes.length; at += size) input.write(bytes.subarray(at, at + size));
        const answers: string[] = [];
        for (const _text of texts) answers.push(await answer(keyboard.open()));
        expect(answers).toEqual(texts.map((text) => `${text}\r`));
      }),
      { numRuns: 200 },
    );
  });
});
