import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OpenKeychain, openKeychain } from './auth/keychain.ts';
import { keychainQuestion } from './auth/keychain-question.ts';
import { isSignInSealed } from './auth/sealed-sign-in.ts';
import type { Context } from './context.ts';
import { findConfigDirectory, homeUnknown } from './io/fs/config-directory.ts';
import { readsLogCommands } from './io/terminal/log-commands.ts';
import { ExitCode } from './errors.ts';
import { isReaderGone } from './io/terminal/streams.ts';
import { chosenColours, createTerminal, isAnimated } from './io/terminal/terminal.ts';
import { run } from './program.ts';
import packageJson from '../package.json' with { type: 'json' };

/** Kept out of modules that commands share: it would be one more chunk for every start to load. */
const { version } = packageJson;

/**
 * The process edge: streams, directories, environment variables and signals become a Context, and a number the exit code.
 * Streams and signals are opened when they are first used: help and version need few of them, and each takes its time.
 */
export async function main(): Promise<void> {
  const { env } = process;
  const streams = {
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return dispensable(process.stdout);
    },
    get stderr() {
      return dispensable(process.stderr);
    },
  };
  let keychain: OpenKeychain | undefined;
  let interruption: AbortSignal | undefined;
  const signal = (): AbortSignal => (interruption ??= abortedBySignals());
  const foundDirectory = findConfigDirectory(env);
  // Help and version go without one.
  const configDirectory = (): string => {
    if (foundDirectory === undefined) throw homeUnknown();
    return foundDirectory;
  };
  if (foundDirectory !== undefined) keepCompiledCode(foundDirectory);
  const context: Context = {
    version,
    // From src and from dist alike.
    docsFolder: fileURLToPath(new URL('../docs', import.meta.url)),
    terminal: createTerminal(streams, signal, {
      colours: chosenColours(env),
      animated: isAnimated(env, process.platform),
      hasLogCommands: readsLogCommands(env),
      pipesAscii: process.platform === 'win32',
    }),
    workingDirectory: process.cwd(),
    get configDirectory() {
      return configDirectory();
    },
    variables: env,
    openKeychain: () =>
      (keychain ??= openKeychain({
        account: configDirectory(),
        program: new URL('./keychain-process.js', import.meta.url).href,
        executable: process.execPath,
        variables: env,
        signal: signal(),
        noteQuestion: keychainQuestion(process.platform, context.terminal),
      })),
    expectSignIn: () => {
      // Whoever needs the key says what is wrong with the keychain.
      if (isSignInSealed(configDirectory()))
        context
          .openKeychain()
          .get()
          .catch(() => undefined);
    },
    get signal() {
      return signal();
    },
  };
  process.exitCode = (await run(process.argv.slice(2), context)) || process.exitCode;
  keychain?.giveUp();
  const interruptedCode: unknown = interruption?.aborted ? interruption.reason : ExitCode.interrupted;
  // What was given up may still wait for a timer or a connection.
  if (process.exitCode === interruptedCode) process.exit();
}

/**
 * What a command loads is compiled once: Node 22 and later keep that. Not where Node would have it, in a directory that all
 * users of a computer can write to, and only where there is a directory of ours already.
 */
function keepCompiledCode(configDirectory: string): void {
  if (!('enableCompileCache' in nodeModule) || typeof nodeModule.enableCompileCache !== 'function') return;
  if (existsSync(configDirectory)) nodeModule.enableCompileCache(join(configDirectory, 'compiled'));
}

/** Milliseconds in which a run that is interrupted cleans up. */
const longestEnd = 3000;

/** Its reason is what shells have for a process that the signal ends: 130 for Ctrl+C, 129 for a terminal that is closed. */
function abortedBySignals(): AbortSignal {
  const controller = new AbortController();
  // Once: whoever asks a second time is not made to wait for what is being cleaned up.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => {
      const exitCode = 128 + constants.signals[name];
      controller.abort(exitCode);
      // What cannot be interrupted, such as to wait for a pipe, is not waited for. Files are replaced as a whole.
      setTimeout(() => process.exit(exitCode), longestEnd).unref();
    });
  }
  return controller.signal;
}

/** An output without which the work goes on: what a command has begun to change is finished, whoever reads about it. */
function dispensable(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (stream.listenerCount('error') > 0) return stream;
  return stream.on('error', (error) => {
    // Readers may stop at any time, as in `paconn --help | head -1`.
    if (isReaderGone(error)) return;
    process.exitCode ||= ExitCode.failed;
    if (stream === process.stdout) void reportLost(error);
  });
}

async function reportLost(error: unknown): Promise<void> {
  const { reason } = await import('./io/fs/disk-errors.ts');
  dispensable(process.stderr).write(`Error: Can't write the output: ${reason(error)}.\n`);
}
