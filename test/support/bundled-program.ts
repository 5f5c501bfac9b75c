import { build } from 'esbuild';
import { RunningTool } from './running-tool.ts';
import { TemporaryDirectory } from './temporary-directory.ts';

/** A module of ours made into a program, to be run in a process of its own. */
export class BundledProgram implements AsyncDisposable {
  readonly #directory: TemporaryDirectory;
  readonly #file: string;

  private constructor(directory: TemporaryDirectory, file: string) {
    this.#directory = directory;
    this.#file = file;
  }

  static async create(entry: string): Promise<BundledProgram> {
    const directory = await TemporaryDirectory.create();
    const file = directory.join('program.mjs');
    await build({ entryPoints: [entry], outfile: file, bundle: true, platform: 'node', format: 'esm' });
    return new BundledProgram(directory, file);
  }

  start(...args: readonly string[]): RunningTool {
    return this.#launch([process.execPath, this.#file, ...args]);
  }

  /** With a file for stdin, which is not the same as a pipe. */
  startReading(file: string, ...args: readonly string[]): RunningTool {
    return this.#launch(['sh', '-c', '"$@" < "$0"', file, process.execPath, this.#file, ...args]);
  }

  #launch([program = '', ...args]: readonly string[]): RunningTool {
    return new RunningTool(program, args, { directory: this.#directory.path, variables: {} });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#directory[Symbol.asyncDispose]();
  }
}
