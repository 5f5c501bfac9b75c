import { resolve } from 'node:path';
import { exists } from '../io/fs/files.ts';

/**
 * The path of a file that a settings file names. One written on Windows has `\` between folders, which is a letter of a name
 * elsewhere: where no file has that very name, it separates folders there as well.
 *
 * @param directory What relative paths start from.
 */
export async function settingsPath(written: string, directory: string): Promise<string> {
  if (!written.includes('\\') || (await exists(resolve(directory, written)))) return written;
  return written.replaceAll('\\', '/');
}
