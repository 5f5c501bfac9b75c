import { describe, expect, test } from 'vitest';
import { plainText, TerminalSession, keys } from './terminal-session.ts';
import { Workspace } from './workspace.ts';

function shell(workspace: Workspace, script: string): TerminalSession {
  return TerminalSession.start(workspace, [], { command: ['/bin/sh', '-c', script], columns: 77 });
}

describe.runIf(TerminalSession.isSupported)('a command at a terminal', () => {
  test('sees a terminal of the requested size, reads typed text, and returns its exit code', async () => {
    await using workspace = await Workspace.create();
    const session = shell(
      workspace,
      `test -t 0 && test -t 2 && stty size; read answer; echo "it's $answer" >&2; exit 3`,
    );
    await session.waitFor(/30 77/);
    session.type('yes\n');
    await session.waitFor(/it's yes/);
    expect(await session.end()).toEqual({ exitCode: 3, output: "30 77\nyes\nit's yes\n" });
  });

  test('is interrupted by Ctrl+C', async () => {
    await using workspace = await Workspace.create();
    const session = shell(workspace, 'trap "echo stopped; exit 130" INT; echo ready; while :; do sleep 0.05; done');
    await session.waitFor(/ready/);
    session.type(keys.interrupt);
    expect(await session.end()).toMatchObject({ exitCode: 130, output: expect.stringContaining('stopped\n') });
  });

  test('that ends early or hangs fails with its output', async () => {
    await using workspace = await Workspace.create();
    await expect(shell(workspace, 'echo no').waitFor(/yes/)).rejects.toThrow(/the program has ended\. Output:\s+no/);
    await expect(shell(workspace, 'echo here; sleep 60').end(300)).rejects.toThrow(/did not end within 300 ms/);
  });
});

test('plain text has no colours, cursor movements or other control characters', () => {
  expect(plainText('\u001B[2K\r\u001B[32mdöne\u001B[0m\r\n\u0007\ttab')).toBe('\ndöne\n\ttab');
});
