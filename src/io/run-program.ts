import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { platform } from 'node:os';
import { win32 } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

export interface ProgramOutput {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** In milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** More than any answer we ask for; what goes on beyond it is not kept. */
const outputLimit = 1_048_576;

/**
 * Runs another program and gives what it wrote, or why there is nothing: it is not there, takes too long, or the user ends
 * the run. It gets no input.
 *
 * @param args Without characters that mean something to a shell: on Windows, programs such as `az` are batch files.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { variables, timeout, signal }: ProgramOptions,
): Promise<ProgramOutput | 'missing' | 'late' | 'interrupted'> {
  const isWindows = platform() === 'win32';
  if (signal.aborted) return 'interrupted';
  const found = isWindows ? windowsPrograms(program, variables).find((path) => existsSync(path)) : program;
  // The shell of Windows would say so in the language of the system.
  if (found === undefined) return 'missing';
  return await new Promise((resolve) => {
    // A batch file is run by the shell alone; in this form Node passes the arguments on without a warning.
    const isBatch = isWindows && !/\.(?:exe|com)$/iu.test(found);
    const [file, before] = isBatch ? [variables['ComSpec'] || 'cmd.exe', ['/d', '/s', '/c', program]] : [found, []];
    const child = spawn(file, [...before, ...args], {
      env: { ...variables },
      // Windows looks for programs here first, and the current directory can be someone else's repository.
      cwd: (isWindows && variables['SystemRoot']) || '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    const end = (outcome: ProgramOutput | 'missing' | 'late' | 'interrupted'): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
      resolve(outcome);
      // What it may have started must not keep us by holding the other ends.
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
    };
    const giveUp = (outcome: 'late' | 'interrupted'): void => {
      child.kill('SIGKILL');
      end(outcome);
    };
    const interrupt = (): void => giveUp('interrupted');
    const timer = setTimeout(() => giveUp('late'), timeout);
    signal.addEventListener('abort', interrupt, { once: true });
    child.on('error', () => end('missing'));
    child.on('close', (code) => {
      end({ exitCode: code ?? 1, stdout: stdout(), stderr: stderr() });
    });
  });
}

/** Where Windows looks for a program: in each folder of PATH by each ending of PATHEXT, in order. */
export function windowsPrograms(program: string, variables: ProgramOptions['variables']): readonly string[] {
  const folders = (variables['PATH'] ?? variables['Path'] ?? '')
    .split(win32.delimiter)
    .filter((folder) => folder !== '');
  const endings = (variables['PATHEXT'] || '.COM;.EXE;.BAT;.CMD').split(';').filter((ending) => ending !== '');
  return folders.flatMap((folder) => endings.map((ending) => win32.join(folder.replaceAll('"', ''), program + ending)));
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const decoder = new StringDecoder('utf8');
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    if (text.length < outputLimit) text += decoder.write(chunk);
  });
  return () => text;
}
