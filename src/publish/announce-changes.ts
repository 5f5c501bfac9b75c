import type { Remote } from '../api/remote.ts';
import type { Change } from '../comparison/change.ts';
import { titleOf } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import { BreakingError, CanceledError } from '../errors.ts';
import { environmentName } from '../environment/environment-name.ts';
import type { Confirmation } from '../io/terminal/question.ts';
import type { Text } from '../io/terminal/styled-text.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { counted } from '../output/report.ts';
import type { UpdateRequest } from './examine-update.ts';
import { changeCount, isBreaking, type PlannedChanges } from './planned-changes.ts';

/** More lines say no more to anybody. */
const mostChanges = 30;

/**
 * Shows what an update is going to change, before anything is sent. Raises {@link BreakingError} for breaking changes where
 * they stop the run, and {@link CanceledError} when the user doesn't want them.
 */
export async function announceChanges(
  planned: PlannedChanges,
  request: Pick<UpdateRequest, 'target' | 'breaking' | 'announces' | 'command'>,
  remote: Remote,
  context: Pick<Context, 'terminal' | 'shared' | 'configDirectory'>,
): Promise<void> {
  const { terminal, shared } = context;
  const { changes, from, to } = planned;
  const { breaking } = request;
  const count = changes.filter(isBreaking).length;
  const stops = count > 0 && (breaking === 'stop' || breaking === 'ask alone');
  const isOneOfMany = shared !== undefined;
  if ((!isOneOfMany || stops) && !terminal.verbosity.onlyErrors) await showChanges(planned, request, remote, context);
  const details = async (): Promise<Text> => (await import('../output/state-diff.ts')).stateDiff(from, to);
  if (breaking === 'confirm' && terminal.interactive) {
    await requireYes({ ...restoreQuestion, ...(changes.length > 0 && { details }) }, terminal);
    return;
  }
  if (stops) throw breakingError(count, request);
  if (count === 0) return;
  const words = counted(count, 'breaking change');
  if (breaking === 'warn' || !terminal.interactive) {
    terminal.note(`Warning: ${words}. Flows and apps that use the connector can stop working.`);
    return;
  }
  await requireYes({ message: `${words}. Deploy anyway?`, insteadPass: '--yes', details }, terminal);
  terminal.report('');
}

const restoreQuestion = { message: 'Restore this backup?', insteadPass: '--yes' };

/** The same where the connector couldn't be read, so that the changes are unknown. */
export async function confirmUnseen(
  { breaking }: Pick<UpdateRequest, 'breaking'>,
  { terminal }: Context,
): Promise<void> {
  if (breaking === 'confirm' && terminal.interactive) await requireYes(restoreQuestion, terminal);
}

/** Scripts of the Python tool get its line alone, unless something breaks. */
async function showChanges(
  { changes, from }: PlannedChanges,
  { target, announces }: Pick<UpdateRequest, 'target' | 'announces'>,
  remote: Remote,
  context: Pick<Context, 'terminal' | 'configDirectory'>,
): Promise<void> {
  const { terminal } = context;
  const showsAll = announces === 'all' || terminal.interactive;
  const shown = showsAll ? mostTelling(changes) : changes.filter(isBreaking);
  if (shown.length === 0) return;
  const { changesText } = await import('../output/difference-text.ts');
  const name = titleOf(from) ?? target.connectorId;
  const place = showsAll ? ` → ${await environmentName(target.environment, remote, context)}` : '';
  const heading = { text: `${name}${place}: ${changeCount(changes)}\n\n`, style: 'strong' } as const;
  terminal.report([heading, ...changesText(shown, terminal.columns)]);
  const rest = changes.length - shown.length;
  if (rest > 0) terminal.note(`  and ${rest} more`);
}

async function requireYes(question: Confirmation, { confirm }: Pick<Terminal, 'confirm'>): Promise<void> {
  if (!(await confirm({ ...question, defaultAnswer: false }))) throw new CanceledError({ isDeclined: true });
}

/** The error of breaking changes where they stop the run. */
export function breakingError(
  count: number,
  { breaking, command }: Pick<UpdateRequest, 'breaking' | 'command'>,
): BreakingError {
  const hint =
    breaking === 'ask alone'
      ? `To confirm the changes, deploy it alone. To deploy all without a prompt, add --yes.\n  paconn ${command}`
      : `To update anyway, run it without --fail-on-breaking:\n  paconn ${command}`;
  return new BreakingError(`${counted(count, 'breaking change')}. Nothing was updated.`, { hint });
}

/** As many changes as are read, all breaking ones among them, in their order. */
function mostTelling(changes: readonly Change[]): readonly Change[] {
  const others = changes.filter((change) => !isBreaking(change));
  const shown = new Set(others.slice(0, Math.max(0, mostChanges - (changes.length - others.length))));
  return changes.filter((change) => isBreaking(change) || shown.has(change));
}
