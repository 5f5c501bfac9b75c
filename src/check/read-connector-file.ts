import { resolve } from 'node:path';
import { readBytes, readBytesIfThere } from '../io/fs/read-file.ts';
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
  return { name: path, bytes: await readBytesIfThere(resolve(directory, path), path) };
}
