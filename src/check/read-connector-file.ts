import { resolve } from 'node:path';
import { exists } from '../io/fs/files.ts';
import { readBytes } from '../io/fs/read-file.ts';
import type { NamedFile } from '../validation/engine/connector-source.ts';

/** A file that is there. */
export interface ReadFile extends NamedFile {
  readonly bytes: Uint8Array;
}

/** A file of a connector by its path, relative to the directory. It is opened once. Raises `FileError`. */
export async function readConnectorFile(path: string, directory: string): Promise<ReadFile> {
  return { name: path, bytes: await readBytes(resolve(directory, path), path) };
}

/** The same of a file that need not be there: then it is named without bytes. */
export async function readNamedFile(path: string, directory: string): Promise<NamedFile> {
  const isThere = await exists(resolve(directory, path));
  return isThere ? await readConnectorFile(path, directory) : { name: path, bytes: undefined };
}
