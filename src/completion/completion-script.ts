import { fileURLToPath } from 'node:url';
import type { Shell } from './shell-words.ts';

/**
 * Beside this module, in the built tool too. Each asks `paconn complete`, which `commands/complete.ts` answers. Only the type
 * of the shells is shared with it: their list in common would be one more file for every start to load.
 */
const files = {
  bash: 'paconn.bash',
  zsh: 'paconn.zsh',
  fish: 'paconn.fish',
  powershell: 'paconn.ps1',
} as const satisfies Readonly<Record<Shell, string>>;

const fileOf: ReadonlyMap<string, string> = new Map(Object.entries(files));

/** The shells that there are scripts for. */
export const completedShells: readonly string[] = [...fileOf.keys()];

/** Where the script is that makes a shell complete command lines of paconn; undefined when there is none for it. */
export function completionScript(shell: string): string | undefined {
  const file = fileOf.get(shell);
  return file === undefined ? undefined : fileURLToPath(new URL(`./${file}`, import.meta.url));
}
