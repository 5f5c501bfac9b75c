import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../../errors.ts';

/** A file that is to be written, and those that the same command reads or writes. */
export interface FileToWrite {
  /** As the user named it. */
  readonly path: string;
  /** Another one can be named with it. */
  readonly option: string;
  /** Also those in ZIP files, such as `Pets.zip!/solution.xml`. */
  readonly others: readonly (string | undefined)[];
}

/** Raises {@link UsageError} for a file to write that is one of the others, under whatever name: its content would be lost. */
export async function requireOtherFile({ path, option, others }: FileToWrite, workingDirectory: string): Promise<void> {
  const identityOf = async (name: string): Promise<string> => {
    const resolved = resolve(workingDirectory, name);
    const status = await stat(resolved, { bigint: true }).catch(() => undefined);
    return status?.isFile() === true ? `${status.dev}:${status.ino}` : resolved;
  };
  const own = await identityOf(path);
  for (const other of others) {
    if (other === undefined || (await identityOf(other.replace(/!\/.*$/su, ''))) !== own) continue;
    throw new UsageError(`${path} is a file that this command uses.`, { hint: `Choose another one with ${option}.` });
  }
}
