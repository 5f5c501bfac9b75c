import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** What the Azure CLI of a workspace does when it is asked for a token. */
export interface FakeAzBehaviour {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  /** Never ends by itself. */
  readonly hangs?: boolean;
}

export interface FakeAz {
  /** What has to be in the environment variables for it to be found. */
  readonly path: string;
  /** The arguments of each call so far. */
  readonly calls: () => Promise<string[][]>;
}

/** Puts a program called `az` into a directory: it writes down how it was called, and answers as it is told. */
export async function installFakeAz(directory: string, behaviour: FakeAzBehaviour): Promise<FakeAz> {
  const { stdout = '', stderr = '', exitCode = 0, hangs = false } = behaviour;
  const bin = join(directory, 'bin');
  const log = join(bin, 'calls.jsonl');
  await mkdir(bin, { recursive: true });
  await writeFile(log, '');
  const program = `#!${process.execPath}
const { appendFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + '\\n');
process.stdout.write(${JSON.stringify(stdout)});
process.stderr.write(${JSON.stringify(stderr)});
process.exitCode = ${exitCode};
${hangs ? 'setInterval(() => undefined, 1000);' : ''}
`;
  await writeFile(join(bin, 'az'), program);
  await chmod(join(bin, 'az'), 0o755);
  return {
    path: [bin, '/usr/bin', '/bin'].join(delimiter),
    calls: async () => {
      const lines = (await readFile(log, 'utf8')).trim().split('\n');
      return lines.filter((line) => line !== '').map((line): string[] => JSON.parse(line));
    },
  };
}
