import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readsLogCommands } from '../../../src/io/terminal/log-commands.ts';
import { createTerminal, type Terminal } from '../../../src/io/terminal/terminal.ts';
import { MemoryOutput } from '../../support/memory-output.ts';

/** What comes to stdout and stderr where a runner reads along. */
function written(
  say: (terminal: Terminal) => void,
  hasLogCommands = true,
  colours: 'always' | 'never' = 'never',
): string {
  const [stdout, stderr] = [new MemoryOutput(), new MemoryOutput()];
  const stdin = Object.assign(Readable.from([]), { isTTY: false });
  say(createTerminal({ stdin, stdout, stderr }, () => new AbortController().signal, { hasLogCommands, colours }));
  return stdout.text + stderr.text;
}

test.each([
  ['::stop-commands::x', ': :stop-commands::x\n'],
  ['a\n  ::set-output name=x::y', 'a\n  : :set-output name=x::y\n'],
  ['a ::error::x', 'a ::error::x\n'],
  ['Name ##vso[task.setvariable variable=x]y', 'Name # #vso[task.setvariable variable=x]y\n'],
  ['##VSO[x]', '# #VSO[x]\n'],
  ['###[error]x', '## #[error]x\n'],
  ['## Heading', '## Heading\n'],
])('what others have called %j steers no runner', (text, expected) => {
  for (const kind of ['print', 'say', 'report', 'note'] as const) {
    expect(written((terminal) => terminal[kind](text))).toBe(expected);
    expect(written((terminal) => terminal[kind](text), false)).toBe(`${text}\n`);
  }
  expect(written((terminal) => terminal.fail(`x\n${text}`))).toBe(`Error: x\n${expected}`);
});

test('commands that are split into pieces are also broken up', () => {
  expect(written((terminal) => terminal.print([{ text: '##' }, { text: 'vso[x]' }]))).toBe('# #vso[x]\n');
  expect(written((terminal) => terminal.print([{ text: 'a\n', style: 'strong' }, { text: '::b::' }]))).toBe(
    'a\n: :b::\n',
  );
  expect(written((terminal) => terminal.print([{ text: 'a' }, { text: '::b::' }]))).toBe('a::b::\n');
});

test('intended commands stay, without others inside', () => {
  expect(written((terminal) => terminal.command('::error file=a::b ##vso[x]'))).toBe('::error file=a::b # #vso[x]\n');
});

describe('a runner', () => {
  test.each([[{ TF_BUILD: 'True' }], [{ GITHUB_ACTIONS: 'true' }]])('is there with %o', (variables) => {
    expect(readsLogCommands(variables)).toBe(true);
  });

  test('is not detected without', () => {
    expect(readsLogCommands({ CI: 'true' })).toBe(false);
  });
});
