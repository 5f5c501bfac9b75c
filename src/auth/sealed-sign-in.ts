import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** In bytes; sign-ins have a few thousand. */
const largest = 64 * 1024 * 1024;

/**
 * Whether it takes the key in the keychain to read a sign-in that is kept. No more than a guess, which needs nothing to be
 * loaded: the store says what is so.
 */
export function isSignInSealed(configDirectory: string): boolean {
  try {
    const path = join(configDirectory, 'sign-ins.json');
    const status = statSync(path);
    // A pipe would be waited for.
    return status.isFile() && status.size <= largest && readFileSync(path, 'utf8').includes('"sealed":');
  } catch {
    return false;
  }
}
