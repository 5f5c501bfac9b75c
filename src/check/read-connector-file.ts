import { resolve } from 'node:path';
import { FileError } from '../errors.ts';
import { exists, readBeginning } from '../io/fs/files.ts';
import type { FileRole, NamedFile } from '../validation/engine/connector-source.ts';

const megabyte = 1_048_576;

/** What is larger is no file of a connector; the limits of the service are far below. */
const largest = 200 * megabyte;

/** A rule says that a larger icon is too large; of its picture the beginning tells enough. */
const largestIcon = 8 * megabyte;

/** A file of a connector by its path, relative to the directory. Raises {@link FileError}. */
export async function readConnectorFile(role: FileRole, path: string, directory: string): Promise<NamedFile> {
  const { bytes, size } = await readBeginning(resolve(directory, path), role === 'icon' ? largestIcon : largest, path);
  if (role !== 'icon' && size > largest) {
    throw new FileError(`${path} has ${Math.round(size / megabyte)} MB: that is no file of a connector.`);
  }
  return { name: path, bytes, size };
}

/** The same of a file that need not be there: then it is named without bytes. */
export async function readNamedFile(role: FileRole, path: string, directory: string): Promise<NamedFile> {
  if (!(await exists(resolve(directory, path)))) return { name: path, bytes: undefined };
  return await readConnectorFile(role, path, directory);
}
