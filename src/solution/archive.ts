import { join } from 'node:path';
import { requireReadable } from '../json/readable.ts';

/** The files of a folder or of a ZIP file by their names, which have `/` between folders, and neither `.` nor `..`. */
export interface Archive {
  /** As the user knows it: a path, or `outer.zip!/inner.zip`. */
  readonly name: string;
  readonly isZip: boolean;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** All folders that are there, also those without files. */
  readonly folders: ReadonlySet<string>;
  /** Whether its names have `\` between folders, as some tools on Windows write them. */
  readonly hasBackslashes: boolean;
}

/** What a file of an archive is called in messages. */
export function nameInArchive({ name, isZip }: Pick<Archive, 'name' | 'isZip'>, entry: string): string {
  return isZip ? `${name}!/${entry}` : join(name, entry);
}

/** The content of a file of an archive that is read as text. Raises `FileError` for more than any text of a connector has. */
export function textIn(archive: Archive, entry: string): Uint8Array | undefined {
  const bytes = archive.files.get(entry);
  if (bytes) requireReadable(bytes, nameInArchive(archive, entry));
  return bytes;
}

/** The folders that a name leads through, from the outermost. */
export function foldersOf(name: string): readonly string[] {
  const parts = name.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The names directly in a folder; `''` is the root. */
export function filesIn({ files }: Pick<Archive, 'files'>, folder: string): readonly string[] {
  const start = folder === '' ? '' : `${folder}/`;
  return [...files.keys()].filter((name) => name.startsWith(start) && !name.slice(start.length).includes('/'));
}

/** The file with this name in any case of letters, the exact one first. */
export function findFile({ files }: Pick<Archive, 'files'>, name: string): string | undefined {
  if (files.has(name)) return name;
  const lowerCase = name.toLowerCase();
  return [...files.keys()].find((one) => one.toLowerCase() === lowerCase);
}

/** The name in an archive that a path of a solution means: these can begin with a slash, and have either. */
export function entryOf(path: string): string {
  return path.replace(/^[/\\]+/u, '').replaceAll('\\', '/');
}

/** The last part of a path. Solutions have paths with either slash. */
export function baseName(path: string): string {
  return path.replace(/^.*[/\\]/su, '');
}
