import type { Keychain } from '../../src/auth/keychain.ts';
import { run } from '../../src/program.ts';
import { ScriptedTerminal } from './scripted-terminal.ts';
import type { Workspace } from './workspace.ts';

export interface InProcessResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, in the directories of a workspace: fast enough for hundreds of runs. */
export async function runInProcess(workspace: Workspace, ...argv: readonly string[]): Promise<InProcessResult> {
  const terminal = new ScriptedTerminal();
  const exitCode = await run(argv, {
    version: '0.0.0',
    terminal,
    workingDirectory: workspace.directory,
    configDirectory: workspace.configDirectory,
    variables: { PACONN_TOKEN_STORE: 'file' },
    openKeychain: () => noKeychain,
    signal: new AbortController().signal,
  });
  return { exitCode, stdout: terminal.stdout.join('\n'), stderr: terminal.stderr.join('\n') };
}

const missing = async (): Promise<never> => await Promise.reject(new Error('There is no keychain in this test.'));
const noKeychain: Keychain = { get: missing, set: missing, delete: missing };
