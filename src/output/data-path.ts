import { relative, sep } from 'node:path';
import type { ResultFile } from '../results/members.ts';

/** A path for programs: relative to a folder, with slashes on every system. */
export function dataPath(path: string, directory: string): string {
  return relative(directory, path).split(sep).join('/') || '.';
}

/** A file for programs. */
export function dataFile(
  { path, role }: { readonly path: string; readonly role: ResultFile['role'] },
  directory: string,
): ResultFile {
  return { path: dataPath(path, directory), role };
}
