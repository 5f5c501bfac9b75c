import type { Terminal } from '../io/terminal/terminal.ts';

/** Commands to type next, one per line. */
export function nextStepWords(commands: readonly string[], when = ''): string {
  return [`Next${when}:`, ...commands.map((command) => `  ${command}`)].join('\n');
}

/** Says what to type next, to who is at a terminal: scripts know what they do. */
export function noteNextStep(
  commands: readonly string[],
  { interactive, note }: Pick<Terminal, 'interactive' | 'note'>,
  when?: string,
): void {
  if (interactive) note(nextStepWords(commands, when));
}

/** When the next deployment is due. */
export const afterChanges = ', after you change the files';
