import { dirname, resolve } from 'node:path';
import { readBytes, readBytesIfThere } from '../io/fs/read-file.ts';
import type { NamedFile } from '../validation/engine/connector-source.ts';
import { type FileKind, requireOwnKind } from './foreign-file.ts';

/** A file that is there. */
export interface ReadFile extends NamedFile {
  readonly bytes: Uint8Array;
}

/** Where paths start from, and the folder of the connector, from there: that of the file itself where nothing else is said. */
export interface ReadingPlace {
  readonly workingDirectory: string;
  readonly folder?: string | undefined;
  /** The path as the user knows it, where that isn't from the working directory. */
  readonly shown?: string | undefined;
}

/** A file by its path, relative to the directory. It is opened once. Raises `FileError`. */
export async function readConnectorFile(path: string, directory: string): Promise<ReadFile> {
  return { name: path, bytes: await readBytes(resolve(directory, path), path) };
}

/** The same; undefined where there is none, as at the end of a link that leads nowhere. Raises `FileError`. */
export async function readFileIfThere(path: string, directory: string): Promise<ReadFile | undefined> {
  const bytes = await readBytesIfThere(resolve(directory, path), path);
  return bytes && { name: path, bytes };
}

/**
 * A file of a connector. One that a settings file or a link names in another folder must be what its role says, so that nothing is
 * shown of any other. Raises `FileError`.
 */
export async function readFileOf(role: FileKind, path: string, place: ReadingPlace): Promise<ReadFile> {
  const bytes = await readBytes(resolve(place.workingDirectory, path), place.shown ?? path);
  const file = { name: path, bytes };
  await requireFileOf(role, file, place);
  return file;
}

/** The same of a file that need not be there: then it is named without bytes. */
export async function readNamedFile(role: FileKind, path: string, place: ReadingPlace): Promise<NamedFile> {
  const file = await readFileIfThere(path, place.workingDirectory);
  if (file) await requireFileOf(role, file, place);
  return file ?? { name: path, bytes: undefined };
}

/** Raises `FileError` for a file that was read, and that {@link readFileOf} doesn't. */
export async function requireFileOf(
  role: FileKind,
  file: ReadFile,
  { workingDirectory, folder = dirname(file.name), shown = file.name }: ReadingPlace,
): Promise<void> {
  await requireOwnKind(role, { ...file, shown }, folder, workingDirectory);
}
