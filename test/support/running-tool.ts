import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

export interface ToolResult {
  /** Of a process that a signal ended: what a shell would say, such as 130 for SIGINT. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningToolOptions {
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
}

const signalNumbers: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGKILL: 9,
  SIGTERM: 15,
};

/** A spawned program and what it has written so far. */
export class RunningTool {
  readonly finished: Promise<ToolResult>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #stdout: Buffer[] = [];
  readonly #stderr: Buffer[] = [];
  readonly #watchers = new Set<() => void>();
  #isRunning = true;

  constructor(program: string, args: readonly string[], { directory, variables }: RunningToolOptions) {
    this.#child = spawn(program, args, { cwd: directory, env: { ...variables } });
    this.#child.stdin.on('error', () => {
      // The tool may end without having read what it was given.
    });
    this.#child.stdout.on('data', (chunk: Buffer) => this.#received(this.#stdout, chunk));
    this.#child.stderr.on('data', (chunk: Buffer) => this.#received(this.#stderr, chunk));
    this.finished = new Promise((resolve, reject) => {
      this.#child.once('error', (error) => {
        this.#isRunning = false;
        reject(error);
      });
      this.#child.once('close', (code, signal) => {
        this.#isRunning = false;
        for (const watcher of this.#watchers) watcher();
        const exitCode = code ?? 128 + ((signal && signalNumbers[signal]) ?? 0);
        resolve({ exitCode, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  get stdout(): string {
    return Buffer.concat(this.#stdout).toString();
  }

  get stderr(): string {
    return Buffer.concat(this.#stderr).toString();
  }

  type(text: string): void {
    this.#child.stdin.write(text);
  }

  endInput(text = ''): void {
    this.#child.stdin.end(text);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    if (!this.#isRunning) return;
    this.#child.kill('SIGKILL');
    await this.finished;
  }

  /** Waits until what `read` gives (all that came on stdout, unless told) matches, and gives the match. */
  async waitFor(
    pattern: RegExp,
    { read = () => this.stdout, timeout = 30_000 }: { readonly read?: () => string; readonly timeout?: number } = {},
  ): Promise<RegExpExecArray> {
    const deadline = Date.now() + timeout;
    for (;;) {
      const match = pattern.exec(read());
      if (match) return match;
      const left = deadline - Date.now();
      if (!this.#isRunning || left <= 0) {
        const why = this.#isRunning ? `not within ${timeout} ms` : 'the program has ended';
        throw new Error(`Waited for ${String(pattern)}, but ${why}. Output:\n${this.stdout}${this.stderr}`);
      }
      await this.#change(left);
    }
  }

  #change(timeout: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, timeout);
      this.#watchers.add(done);
    });
  }

  #received(chunks: Buffer[], chunk: Buffer): void {
    chunks.push(chunk);
    for (const watcher of this.#watchers) watcher();
  }
}
