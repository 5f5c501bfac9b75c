import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { openKeychain } from './auth/keychain.ts';
import type { Context } from './context.ts';
import { ExitCode } from './errors.ts';
import { createTerminal } from './io/terminal.ts';
import { run } from './program.ts';

/** The process edge: streams, directories, environment variables and signals become a Context, and a number the exit code. */
export async function main(): Promise<void> {
  const { env, stdin, stdout, stderr } = process;
  const interruption = new AbortController();
  // Once: whoever asks a second time is not made to wait for what is being cleaned up.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => interruption.abort());
  // Whoever reads our output may stop reading at any time, as in `paconn --help | head -1`.
  for (const stream of [stdout, stderr]) stream.on('error', (error) => endQuietly(error));

  const configDirectory = env['PACONN_CONFIG_DIR'] || join(homedir(), '.paconn');
  const context: Context = {
    terminal: createTerminal({ stdin, stdout, stderr }, interruption.signal),
    workingDirectory: process.cwd(),
    configDirectory,
    variables: env,
    openKeychain: () => openKeychain({ account: configDirectory, executable: process.execPath, variables: env }),
    signal: interruption.signal,
  };
  process.exitCode = await run(process.argv.slice(2), context);
  // What was given up may still wait for a timer or a connection.
  if (interruption.signal.aborted || process.exitCode === ExitCode.interrupted) process.exit();
}

function endQuietly(error: Error): void {
  if ('code' in error && error.code === 'EPIPE') process.exit();
  throw error;
}
