import { fileURLToPath } from 'node:url';

/** Beside this module, in the built tool too. Each asks `paconn complete`, of which `commands/complete.ts` tells. */
const files: ReadonlyMap<string, string> = new Map([
  ['bash', 'paconn.bash'],
  ['zsh', 'paconn.zsh'],
  ['fish', 'paconn.fish'],
  ['powershell', 'paconn.ps1'],
]);

/** The shells that there are scripts for. */
export const completedShells: readonly string[] = [...files.keys()];

/** Where the script is that makes a shell complete command lines of paconn; undefined when there is none for it. */
export function completionScript(shell: string): string | undefined {
  const file = files.get(shell);
  return file === undefined ? undefined : fileURLToPath(new URL(`./${file}`, import.meta.url));
}
