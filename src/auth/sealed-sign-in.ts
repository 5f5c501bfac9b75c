import { join } from 'node:path';
import { glanceAt } from '../io/fs/disk.ts';

/**
 * Whether it takes the key in the keychain to read a sign-in that is kept. No more than a guess, which needs nothing to be
 * loaded: the store says what is so.
 */
export function isSignInSealed(configDirectory: string): boolean {
  try {
    return Buffer.from(glanceAt(join(configDirectory, 'sign-ins.json')).bytes).includes('"sealed":');
  } catch {
    return false;
  }
}
