import { checkConnectors } from '../../check/check-connectors.ts';
import type { FoundConnector } from '../../check/found-connector.ts';
import type { Context } from '../../context.ts';
import { PaconnError } from '../../errors.ts';
import type { PublisherKind } from '../../connector/publisher.ts';
import { type CheckedConnector, counted, summaryOf } from '../../output/report.ts';
import { findingsText } from '../../output/text.ts';
import type { Finding } from '../../validation/engine/finding.ts';

export interface Checking {
  readonly publisher: PublisherKind;
  /** In a sentence that says that nothing was done. */
  readonly consequence: string;
}

/** Checks by the rules of certification, and shows what they find. Raises {@link PaconnError} where there are errors. */
export async function requireCertifiable(
  found: readonly FoundConnector[],
  { publisher, consequence }: Checking,
  context: Context,
): Promise<readonly Finding[]> {
  const checked: readonly CheckedConnector[] = await checkConnectors(
    found,
    { certification: true, publisher },
    context,
  );
  const summary = summaryOf(checked);
  const { terminal } = context;
  if (summary.errors + summary.warnings > 0) terminal.report(findingsText(checked, summary, terminal.columns));
  if (summary.errors > 0) throw new PaconnError(`${consequence}: ${counted(summary.errors, 'error')}.`);
  return checked.flatMap(({ findings }) => findings);
}
