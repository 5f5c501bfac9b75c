import { join } from 'node:path';
import { type DirectoryEntries, readDirectory } from '../io/fs/files.ts';
import { packageNames } from '../solution/layout.ts';

/** A certification package of which package.zip is unpacked, too. */
export interface UnpackedPackage {
  /** The folder of what was in package.zip, from that of the package: `package`, or empty for the same one. */
  readonly inner: string;
  /** What is in it. */
  readonly entries: DirectoryEntries;
}

/** The unpacked package that a folder is, if it's one: it has PkgAssets, or a folder for package.zip that has it. */
export async function unpackedPackage(
  directory: string,
  entries: DirectoryEntries,
): Promise<UnpackedPackage | undefined> {
  if (hasAssets(entries)) return { inner: '', entries };
  const inner = packageNames.inner.replace('.zip', '');
  const inside = entries.directories.includes(inner) ? await readDirectory(join(directory, inner)) : undefined;
  return inside && hasAssets(inside) ? { inner, entries: inside } : undefined;
}

function hasAssets({ directories }: DirectoryEntries): boolean {
  return directories.includes(packageNames.assets);
}
