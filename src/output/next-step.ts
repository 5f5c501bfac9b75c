import type { Terminal } from '../io/terminal/terminal.ts';

/** Says what to type next, to who is at a terminal: scripts know what they do. */
export function noteNextStep(step: string, { interactive, note }: Pick<Terminal, 'interactive' | 'note'>): void {
  if (interactive) note(`Next: ${step}`);
}
