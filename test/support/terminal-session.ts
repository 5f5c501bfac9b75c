import { stripVTControlCharacters } from 'node:util';
import headless from '@xterm/headless';
import type { RunningTool } from './running-tool.ts';
import type { RunOptions, Workspace } from './workspace.ts';

export interface TerminalSessionOptions extends Omit<RunOptions, 'stdin'> {
  readonly columns?: number;
  readonly rows?: number;
  /** Another command than the tool. */
  readonly command?: readonly string[];
}

export interface TerminalResult {
  readonly exitCode: number;
  /** All that appeared on the terminal, as plain text. */
  readonly output: string;
}

/** Keys as a terminal sends them. */
export const keys = {
  enter: '\r',
  escape: '\u001B',
  up: '\u001B[A',
  down: '\u001B[B',
  pageUp: '\u001B[5~',
  pageDown: '\u001B[6~',
  home: '\u001B[H',
  end: '\u001B[F',
  backspace: '\u007F',
  interrupt: '\u0003',
  endOfInput: '\u0004',
} as const;

/**
 * The tool at a terminal of its own, which `script` of util-linux gives it. Both of its outputs and the echo of what is
 * typed appear there, as on a screen.
 */
export class TerminalSession implements AsyncDisposable {
  readonly #tool: RunningTool;
  readonly #size: { readonly cols: number; readonly rows: number };
  #read = 0;

  private constructor(tool: RunningTool, size: { readonly cols: number; readonly rows: number }) {
    this.#tool = tool;
    this.#size = size;
  }

  /** Other systems have another `script`, or none. */
  static get isSupported(): boolean {
    return process.platform === 'linux';
  }

  static start(workspace: Workspace, args: readonly string[], options: TerminalSessionOptions = {}): TerminalSession {
    const { columns = 100, rows = 30, command = workspace.command(...args), variables, ...rest } = options;
    const line = `stty cols ${columns} rows ${rows}; exec ${command.map(quoted).join(' ')}`;
    const terminal = { TERM: 'xterm-256color', SHELL: '/bin/sh', ...variables };
    return new TerminalSession(
      workspace.launch(['script', '-qfec', line, '/dev/null'], { ...rest, variables: terminal }),
      { cols: columns, rows },
    );
  }

  /** What has appeared so far, as plain text. */
  get output(): string {
    return plainText(this.#tool.stdout);
  }

  /** What has appeared so far, colours and cursor movements included. */
  get rawOutput(): string {
    return this.#tool.stdout;
  }

  /** The lines that a terminal of this size shows of what has appeared so far, without the empty ones at the end. */
  async screen(): Promise<string[]> {
    const terminal = new headless.Terminal({ ...this.#size, allowProposedApi: true });
    await new Promise<void>((resolve) => terminal.write(this.#tool.stdout, resolve));
    const { active } = terminal.buffer;
    const lines = Array.from({ length: active.length }, (_, at) => active.getLine(at)?.translateToString(true) ?? '');
    terminal.dispose();
    return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
  }

  /** Waits until the screen has a line like this, and returns all of its lines. */
  async waitForScreen(pattern: RegExp, timeout = 30_000): Promise<string[]> {
    const deadline = Date.now() + timeout;
    for (;;) {
      const screen = await this.screen();
      if (pattern.test(screen.join('\n'))) return screen;
      if (Date.now() > deadline) throw new Error(`Waited for ${String(pattern)}, but saw:\n${screen.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  type(text: string): void {
    this.#tool.type(text);
  }

  /** Waits until something appears after what the wait before this one found. */
  async waitFor(pattern: RegExp, timeout?: number): Promise<RegExpExecArray> {
    const read = (): string => this.output.slice(this.#read);
    const match = await this.#tool.waitFor(pattern, { read, ...(timeout !== undefined && { timeout }) });
    this.#read += match.index + match[0].length;
    return match;
  }

  /** Waits for the end of the command. */
  async end(timeout = 30_000): Promise<TerminalResult> {
    const overdue = setTimeout(() => void this.#tool.kill(), timeout);
    const { exitCode } = await this.#tool.finished;
    clearTimeout(overdue);
    if (exitCode === 137) throw new Error(`The command did not end within ${timeout} ms. Output:\n${this.output}`);
    return { exitCode, output: this.output };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tool.kill();
  }
}

/** Text without what only a terminal understands; a return to the start of the line begins a new one. */
export function plainText(output: string): string {
  return stripVTControlCharacters(output)
    .replaceAll(/\r+\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '');
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
