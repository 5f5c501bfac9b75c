import { checkConnectors } from '../../check/check-connectors.ts';
import type { FoundConnector } from '../../check/found-connector.ts';
import type { PublisherKind } from '../../connector/publisher.ts';
import type { Context } from '../../context.ts';
import { PaconnError } from '../../errors.ts';
import type { Text } from '../../io/terminal/styled-text.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import { findingData } from '../../output/findings-result.ts';
import { type CheckedConnector, counted, summaryOf } from '../../output/report.ts';
import { findingsText } from '../../output/text.ts';
import type { FindingData } from '../../results/findings.ts';

export interface Checking {
  readonly publisher: PublisherKind;
  /** In a sentence about errors. */
  readonly consequence: string;
}

export interface Verdict {
  readonly findings: readonly FindingData[];
  /** The same for people. */
  readonly words: Text;
  /** Undefined where there are no errors. */
  readonly failure: PaconnError | undefined;
}

/** Checks by the rules of certification. Raises `FileError`. */
export async function certify(
  found: readonly FoundConnector[],
  { publisher, consequence }: Checking,
  context: Context,
): Promise<Verdict> {
  const options = { certification: true, publisher };
  const checked: readonly CheckedConnector[] = await checkConnectors(found, options, context);
  const summary = summaryOf(checked);
  const isClean = summary.errors + summary.warnings === 0;
  return {
    findings: checked.flatMap(({ findings }) => findings.map(findingData)),
    words: isClean ? '' : findingsText(checked, summary, { terminal: context.terminal, fix: undefined }),
    failure: summary.errors > 0 ? new PaconnError(`${consequence}: ${counted(summary.errors, 'error')}.`) : undefined,
  };
}

/** Shows findings where stdout is for something else. As data they are in the result. */
export function reportVerdict(
  words: Text,
  { output, query }: { readonly output: string; readonly query?: string | undefined },
  { report }: Pick<Terminal, 'report'>,
): void {
  if (words !== '' && output === 'none' && query === undefined) report(words);
}
