import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { printedJson } from '../../src/output/ascii-controls.ts';
import { resultPrinter } from '../../src/output/print-result.ts';
import { ScriptedTerminal } from '../support/scripted-terminal.ts';

/** Stdout as a pipe of PowerShell. */
class WindowsPipe extends ScriptedTerminal {
  override readonly pipesAscii = true;
}

test('JSON for a Windows pipe is ASCII with the same value', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), (json) => {
      const printed = printedJson(json, { pipesAscii: true });
      expect(/^[\0-\u007f]*$/u.test(printed)).toBe(true);
      expect(JSON.parse(printed)).toEqual(JSON.parse(json));
      expect(printedJson(json, { pipesAscii: false })).toBe(json);
    }),
  );
});

test.each(['json', 'jsonc'])('a result as %s survives such a pipe', async (format) => {
  const terminal = new WindowsPipe();
  const printing = { format, query: undefined, version: 2, command: 'list', workingDirectory: '.' } as const;
  await resultPrinter(printing, terminal)({ data: { name: 'Zoë 日本 😀' } });
  expect(terminal.stdout.join('')).toContain(String.raw`Zo\u00eb \u65e5\u672c \ud83d\ude00`);
});
