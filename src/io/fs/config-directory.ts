import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { PaconnError } from '../../errors.ts';

/**
 * Where a user's sign-ins, defaults and backups are; undefined where the home folder isn't known: without HOME the system has none for
 * an account that it doesn't know, as in a container, and a relative one would be in whatever folder is current.
 */
export function findConfigDirectory(
  { PACONN_CONFIG_DIR: named }: Readonly<Record<string, string | undefined>>,
  ofSystem: () => string = homedir,
): string | undefined {
  // Made absolute: it also tells the keys in the keychain apart.
  if (named && !/^~(?:$|[\\/])/u.test(named)) return resolve(named);
  const home = homeDirectory(ofSystem);
  // Files with variables leave the `~` to the program.
  return home === undefined ? undefined : join(home, named ? named.slice(1) : '.paconn');
}

function homeDirectory(ofSystem: () => string): string | undefined {
  try {
    const home = ofSystem();
    return isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}

export function homeUnknown(): PaconnError {
  return new PaconnError("Your home folder isn't known, so there's no place for your sign-ins and defaults.", {
    hint: 'Set PACONN_CONFIG_DIR to the full path of a folder for them.',
  });
}
