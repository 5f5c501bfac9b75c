import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Workspace } from '../support/workspace.ts';

const run = promisify(execFile);

export interface Command {
  readonly name: string;
  /** Executable and arguments. */
  readonly line: readonly [string, ...string[]];
  readonly directory: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export interface Timing {
  readonly name: string;
  /** Milliseconds of CPU time, one for each run. */
  readonly cpu: readonly number[];
  /** Milliseconds on the clock. */
  readonly wall: readonly number[];
}

/**
 * Times commands by turns, so that a machine whose speed drifts is as slow for one as for the other. CPU time, of the
 * process with its children, is what bash says, to the millisecond.
 */
export async function timeByTurns(commands: readonly Command[], runs: number): Promise<Timing[]> {
  const timings = commands.map(({ name }) => ({ name, cpu: [] as number[], wall: [] as number[] }));
  for (let round = -1; round < runs; round += 1) {
    for (const [index, command] of commands.entries()) {
      const { cpu, wall } = await timeOnce(command);
      // The first round warms the caches of the disk.
      if (round >= 0) {
        timings[index]?.cpu.push(cpu);
        timings[index]?.wall.push(wall);
      }
    }
  }
  return timings;
}

/** Runs a command once. */
export async function timeOnce({
  line,
  directory,
  variables,
}: Command): Promise<{ readonly cpu: number; readonly wall: number }> {
  const script = 'TIMEFORMAT="%R %U %S"; exec 3>&2; time "$@" >/dev/null 2>&3';
  const marked = await run('bash', ['-c', script, 'bash', ...line], { cwd: directory, env: { ...variables } });
  const [real = 0, user = 0, system = 0] = (marked.stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { cpu: (user + system) * 1000, wall: real * 1000 };
}

/**
 * The environment variables of a program that trusts the fake cloud. NODE_EXTRA_CA_CERTS makes every start of Node 20
 * slower. OpenSSL's own variable gives the same trust without that.
 */
export function trustingVariables(workspace: Workspace): Command['variables'] {
  const {
    NODE_EXTRA_CA_CERTS: certificate,
    NODE_DISABLE_COMPILE_CACHE: _,
    ...variables
  } = workspace.environmentVariables();
  return { ...variables, SSL_CERT_FILE: certificate, NODE_OPTIONS: '--use-openssl-ca' };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
