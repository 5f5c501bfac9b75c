import type { Change } from '../comparison/change.ts';
import type { Context } from '../context.ts';
import { CanceledError, ConflictError } from '../errors.ts';
import type { Question } from '../io/terminal/question.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { counted } from '../output/report.ts';
import type { UpdateRequest } from './examine-update.ts';
import { changeCount, isBreaking } from './planned-changes.ts';

/** More lines say no more to anybody. */
const mostChanges = 30;

/**
 * Shows what an update is going to change, before anything is sent. Raises {@link ConflictError} for breaking changes where they
 * stop the run, and {@link CanceledError} when the user doesn't want them.
 */
export async function announceChanges(
  changes: readonly Change[],
  { breaking, announces, command }: Pick<UpdateRequest, 'breaking' | 'announces' | 'command'>,
  name: string,
  { terminal, shared }: Pick<Context, 'terminal' | 'shared'>,
): Promise<void> {
  const count = changes.filter(isBreaking).length;
  const isOneOfMany = shared !== undefined;
  const shown = announces === 'all' ? mostTelling(changes) : changes.filter(isBreaking);
  if (shown.length > 0 && !isOneOfMany && !terminal.verbosity.onlyErrors) {
    const { changesText } = await import('../output/difference-text.ts');
    terminal.report([{ text: `${name}: ${changeCount(changes)}\n` }, ...changesText(shown, terminal.columns)]);
    const rest = changes.length - shown.length;
    if (rest > 0) terminal.note(`  and ${rest} more`);
  }
  if (breaking === 'confirm' && terminal.interactive) {
    await requireYes({ message: 'Restore this backup?', insteadPass: '--yes' }, terminal);
    return;
  }
  if (count === 0) return;
  const words = counted(count, 'breaking change');
  if (breaking === 'stop') throw breakingError(count, { command });
  if (breaking === 'warn' || !terminal.interactive) {
    terminal.note(`Warning: ${words}. Flows and apps that use the connector can stop working.`);
    return;
  }
  await requireYes({ message: `${words}. Deploy anyway?`, insteadPass: '--yes' }, terminal);
}

async function requireYes(question: Question, { confirm }: Pick<Terminal, 'confirm'>): Promise<void> {
  if (!(await confirm({ ...question, defaultAnswer: false }))) throw new CanceledError({ isDeclined: true });
}

/** The error of breaking changes where they stop the run. */
export function breakingError(count: number, { command }: Pick<UpdateRequest, 'command'>): ConflictError {
  return new ConflictError(`${counted(count, 'breaking change')}. Nothing was updated.`, {
    hint: `To update anyway, run it without --fail-on-breaking:\n  paconn ${command}`,
  });
}

/** As many changes as are read, all breaking ones among them, in their order. */
function mostTelling(changes: readonly Change[]): readonly Change[] {
  const others = changes.filter((change) => !isBreaking(change));
  const shown = new Set(others.slice(0, Math.max(0, mostChanges - (changes.length - others.length))));
  return changes.filter((change) => isBreaking(change) || shown.has(change));
}
