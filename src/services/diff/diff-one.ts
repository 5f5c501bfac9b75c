import type { Change } from '../../comparison/change.ts';
import { compareStates } from '../../comparison/compare-states.ts';
import type { Context } from '../../context.ts';
import { BreakingError, ExitCode, UsageError } from '../../errors.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import { differenceResult } from '../../output/difference-result.ts';
import { counted } from '../../output/report.ts';
import type { Result } from '../../output/result.ts';
import { readVariables } from '../../settings/variables.ts';
import { shareNetwork } from '../../remote/share-network.ts';
import { comparedStates } from './compared-states.ts';
import { type DiffFlags, settingsFlags } from './diff-flags.ts';
import type { ComparedStates } from './in-one-environment.ts';
import { readOperands, requireEnvironmentForOptions } from './operands.ts';

/** Two states, and how they differ. */
export interface Comparison extends ComparedStates {
  readonly changes: readonly Change[];
}

/** Compares two states of one connector, and shows how they differ. */
export async function diffOne(flags: DiffFlags, context: Context): Promise<Result> {
  const { text, output, query, differenceFormat } = flags;
  const isPrinted = output !== 'none' || query !== undefined;
  if (text && isPrinted) throw new UsageError("--text can't be used with JSON output.");
  const comparison = await compareOne(flags, context);
  if (differenceFormat === 'github' && !isPrinted) await annotate(comparison, context);
  else if (!isPrinted) await show(comparison, text, context.terminal);
  return comparisonResult(comparison, flags);
}

export async function compareOne(flags: DiffFlags, context: Context): Promise<Comparison> {
  const { paths, set, environment, connectorId, toEnvironment, toConnectorId, only } = flags;
  const other = {
    ...(toEnvironment !== undefined && { environment: toEnvironment }),
    ...(toConnectorId !== undefined && { connectorId: toConnectorId }),
  };
  const operands = readOperands(paths, toEnvironment !== undefined || toConnectorId !== undefined);
  // What the environment variable says is for all commands.
  const isOfVariable = environment === readVariables(context.variables).environment;
  requireEnvironmentForOptions(operands, { set, connectorId, environment: isOfVariable ? undefined : environment });
  const states = await comparedStates(
    { ...operands, flags: settingsFlags(flags), set, other, only },
    shareNetwork(context),
  );
  return { ...states, changes: compareStates(states.from.state, states.to.state) };
}

/** What programs get, and whether differences are a failure. */
export function comparisonResult(
  { changes, from, to, notCompared }: Comparison,
  { exitCode, failOnBreaking }: Pick<DiffFlags, 'exitCode' | 'failOnBreaking'>,
): Result {
  const result = differenceResult(changes, { from: from.side, to: to.side, notCompared });
  const breaking = changes.filter((change) => change.breaking !== undefined).length;
  if (failOnBreaking && breaking > 0) {
    return { ...result, failure: new BreakingError(`${counted(breaking, 'breaking change')}.`) };
  }
  return exitCode && changes.length > 0 ? { ...result, exitCode: ExitCode.failed } : result;
}

/** An annotation of a GitHub workflow run; none without differences. */
async function annotate(comparison: Comparison, { terminal }: Context): Promise<void> {
  const { differenceGithub } = await import('../../output/difference-github.ts');
  const annotations = differenceGithub(comparison);
  if (annotations !== '') terminal.command(annotations);
}

async function show({ from, to, changes }: Comparison, isDiff: boolean, terminal: Terminal): Promise<void> {
  terminal.note(`From ${from.name} to ${to.name}:`);
  if (changes.length === 0) terminal.report('No differences.');
  else if (isDiff) terminal.print((await import('../../output/state-diff.ts')).stateDiff(from.state, to.state));
  else
    terminal.print(
      (await import('../../output/difference-text.ts')).differenceText(
        changes,
        terminal.hasLineEnd ? terminal.columns : Infinity,
      ),
    );
}
