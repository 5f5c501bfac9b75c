import { CanceledError, InsteadError } from '../errors.ts';
import type { Choice } from '../io/terminal/question.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { changeLines, type Conflict, conflictError, conflictWords } from './conflict.ts';
import type { UpdateRequest } from './examine-update.ts';

type Way = 'cancel' | 'show' | 'merge' | 'overwrite';

/**
 * Returns where the user wants to overwrite what others have changed. Raises `ConflictError` where there is no terminal,
 * {@link CanceledError}, and {@link InsteadError} for a pull.
 */
export async function resolveConflict(conflict: Conflict, request: UpdateRequest, terminal: Terminal): Promise<void> {
  const words = conflictWords(conflict);
  if (request.force) {
    terminal.note(`${words} These changes are overwritten. To bring them back, use paconn restore.`);
    return;
  }
  if (!terminal.interactive) throw conflictError(conflict, request);
  terminal.report([words, changeLines(conflict)].filter((line) => line !== '').join('\n'));
  const question = { message: 'What do you want to do?', insteadPass: '--force', isFixed: true };
  for (;;) {
    const { value } = await terminal.choose(question, waysFor(conflict, request));
    switch (value) {
      case 'overwrite':
        return;
      case 'cancel':
        throw new CanceledError({ isDeclined: true });
      case 'merge':
        throw new InsteadError(['pull', ...(request.pull ?? [])]);
      case 'show': {
        const { differenceText } = await import('../output/difference-text.ts');
        terminal.report(differenceText(conflict.changes, terminal.columns));
      }
    }
  }
}

/** The first one is the default. */
function waysFor({ changes }: Conflict, { pull }: UpdateRequest): readonly Choice<Way>[] {
  return [
    { label: 'Cancel', value: 'cancel' },
    ...(changes.length > 0 ? [{ label: 'Show all differences', value: 'show' } as const] : []),
    ...(pull ? [{ label: 'Merge their changes into your files (paconn pull)', value: 'merge' } as const] : []),
    { label: 'Overwrite their changes (a backup is saved)', value: 'overwrite' },
  ];
}
