import type { Terminal } from '../io/terminal/terminal.ts';

/** What is said while the system asks whether the keychain may be used: macOS does, after each upgrade of Node. */
export function keychainQuestion(
  platform: NodeJS.Platform,
  { interactive, note }: Pick<Terminal, 'interactive' | 'note'>,
): (() => void) | undefined {
  if (platform !== 'darwin' || !interactive) return undefined;
  return () => note('macOS asks whether Node may use your keychain. Waiting for your answer in its dialog…');
}
