import { join, resolve } from 'node:path';
import { type ConnectorFolder } from '../../check/connector-folder.ts';
import { requireInside } from '../../check/foreign-file.ts';
import { PaconnError } from '../../errors.ts';
import { readBytes } from '../../io/fs/read-file.ts';

/** The introduction of a connector: the file that is named, else intro.md, else readme.md in the folder. Raises {@link PaconnError}. */
export async function readIntro(
  named: string | undefined,
  { folder, others }: ConnectorFolder,
  workingDirectory: string,
): Promise<{ readonly path: string; readonly bytes: Uint8Array }> {
  const inFolder = ['intro.md', 'readme.md'].map((wanted) => others.find((name) => name.toLowerCase() === wanted));
  const name = inFolder.find((one) => one !== undefined);
  const path = named ?? (name === undefined ? undefined : join(folder, name));
  if (path === undefined) {
    throw new PaconnError('The package needs intro.md (5000.1.1.2).', {
      hint: `Write ${join(folder, 'intro.md')}, or name another file with --intro.`,
    });
  }
  // Whoever names another file means it; a link in someone else's repository can lead to a file that's none of the connector's.
  if (named === undefined) await requireInside(path, folder, 'the connector', workingDirectory);
  return { path, bytes: await readBytes(resolve(workingDirectory, path), path) };
}
