import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { openKeychain } from '../../src/auth/keychain.ts';
import { isSignInSealed } from '../../src/auth/sealed-sign-in.ts';
import { readsLogCommands } from '../../src/io/terminal/log-commands.ts';
import { chosenColours, createTerminal, isAnimated } from '../../src/io/terminal/terminal.ts';
import { run } from '../../src/program.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { MemoryOutput } from './memory-output.ts';
import type { ToolResult } from './running-tool.ts';
import type { RunOptions, Workspace } from './workspace.ts';

const program = new URL('../../dist/keychain-process.js', import.meta.url).href;

/**
 * Runs a command line in this process with the outcome of `workspace.paconn(…)`: in the directories of the workspace, with
 * its environment variables, over streams that are no terminal. It takes milliseconds, where a process takes a good part
 * of a second. What is about the process itself (its start, signals, terminals, trusted certificates) needs one.
 */
export async function runInProcess(workspace: Workspace, ...argv: readonly string[]): Promise<ToolResult> {
  return await runInProcessWith(workspace, argv);
}

/** The same as `workspace.run(…)`. */
export async function runInProcessWith(
  workspace: Workspace,
  argv: readonly string[],
  { stdin = '', directory = '.', variables: added }: RunOptions = {},
): Promise<ToolResult> {
  const variables = workspace.environmentVariables(added);
  const [stdout, stderr] = [new MemoryOutput(), new MemoryOutput()];
  const streams = { stdin: Object.assign(Readable.from([Buffer.from(stdin)]), { isTTY: false }), stdout, stderr };
  const { signal } = new AbortController();
  const workingDirectory = workspace.path(directory);
  const configDirectory = resolve(workingDirectory, variables['PACONN_CONFIG_DIR'] || workspace.configDirectory);
  const keychain = openKeychain({ account: configDirectory, program, executable: process.execPath, variables, signal });
  const exitCode = await run(argv, {
    version: packageJson.version,
    docsFolder: fileURLToPath(new URL('../../docs', import.meta.url)),
    terminal: createTerminal(streams, () => signal, {
      colours: chosenColours(variables),
      animated: isAnimated(variables, process.platform),
      hasLogCommands: readsLogCommands(variables),
    }),
    workingDirectory,
    configDirectory,
    variables,
    openKeychain: () => keychain,
    expectSignIn: () => {
      if (isSignInSealed(configDirectory)) keychain.get().catch(() => undefined);
    },
    signal,
  });
  keychain.giveUp();
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}
