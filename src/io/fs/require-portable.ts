import { basename, dirname } from 'node:path';
import { UsageError } from '../../errors.ts';
import { exists } from './files.ts';
import { isPortableName } from './portable-name.ts';

/** Raises {@link UsageError} for names that Windows can't have: what is written on one system can be checked out on another. */
export function requirePortable(names: readonly string[], hint: string): void {
  const foreign = names.find((name) => !isPortableName(name));
  if (foreign === undefined) return;
  throw new UsageError(`Windows doesn't allow a file or folder with the name '${foreign}'. Nothing was written.`, {
    hint,
  });
}

/** The same for an absolute path that the user named, as far as it is to be made: what is there stays what it is. Raises `FileError`. */
export async function requirePortablePath(path: string): Promise<void> {
  const parent = dirname(path);
  if (parent === path || (await exists(path))) return;
  requirePortable([basename(path)], 'Use another name.');
  await requirePortablePath(parent);
}
