import { oneLine } from '../one-line.ts';
import { CanceledError, InsteadError } from '../errors.ts';
import type { Choice } from '../io/terminal/question.ts';
import type { Text } from '../io/terminal/styled-text.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import {
  changedWords,
  type Conflict,
  conflictError,
  conflictWords,
  mostLines,
  partWords,
  timeWords,
} from './conflict.ts';
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
  terminal.report(await conflictText(conflict, request, terminal));
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

/** The conflict for who can decide: who changed what, and where the update changes the same. */
async function conflictText(
  { changes, touched, parts, changedBy, changedTime, ...conflict }: Conflict,
  { replacing }: UpdateRequest,
  { columns }: Terminal,
): Promise<Text> {
  const { changesText } = await import('../output/difference-text.ts');
  const last = [partWords(parts), changedBy, changedTime === undefined ? undefined : timeWords(changedTime)];
  const rest = changes.length - mostLines;
  const count = touched.length === 0 ? 'none' : touched.length;
  const places = touched.slice(0, mostPlaces).map(({ area, subject, detail }) => {
    const about = subject === undefined ? area : `${area} ${subject}`;
    return detail === undefined ? about : `${about}, ${detail}`;
  });
  const others = touched.length > mostPlaces ? [`${touched.length - mostPlaces} more`] : [];
  const named = touched.length === 0 ? '' : `: ${[...places, ...others].join('; ')}`;
  return [
    { text: '!', style: 'warning' },
    { text: ` ${oneLine(changedWords(conflict))}.\n` },
    { text: `  ${oneLine(last.filter((word) => word !== undefined).join(' · '))}\n` },
    ...(changes.length > 0 ? [{ text: '\n' }, ...changesText(changes.slice(0, mostLines), columns)] : []),
    ...(rest > 0 ? [{ text: `  and ${rest} more\n` }] : []),
    // What a backup has isn't the user's.
    ...(changes.length > 0 && replacing === 'update'
      ? [{ text: '\n' }, { text: `  Your changes touch ${count} of these places${oneLine(named)}.\n` }]
      : []),
  ];
}

/** More of them are counted. */
const mostPlaces = 3;

/** The first one is the default. */
function waysFor({ changes }: Conflict, { pull }: UpdateRequest): readonly Choice<Way>[] {
  return [
    { label: 'Cancel', value: 'cancel' },
    ...(changes.length > 0 ? [{ label: 'Show all differences', value: 'show' } as const] : []),
    ...(pull ? [{ label: 'Merge their changes into your files (paconn pull)', value: 'merge' } as const] : []),
    { label: 'Overwrite their changes (a backup is saved)', value: 'overwrite' },
  ];
}
