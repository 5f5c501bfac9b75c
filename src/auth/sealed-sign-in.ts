import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether it takes the key in the keychain to read a sign-in that is kept. No more than a guess, which needs nothing to be
 * loaded: the store says what is so.
 */
export function isSignInSealed(configDirectory: string): boolean {
  try {
    return readFileSync(join(configDirectory, 'sign-ins.json'), 'utf8').includes('"sealed":');
  } catch {
    return false;
  }
}
