import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { explanation, ruleReference } from '../output/rule-reference.ts';
import { printOrWrite } from './report-findings.ts';
import { requireRule } from './rule-names.ts';

export interface RulesQuestion {
  /** The rule to explain; without it all are listed. */
  readonly explain?: string | undefined;
  readonly format: string;
  readonly outputFile?: string | undefined;
}

/** Tells all about a rule, or something about all rules. Raises {@link UsageError} and `FileError`. */
export async function tellRules({ explain, format, outputFile }: RulesQuestion, context: Context): Promise<void> {
  if (explain !== undefined) {
    await printOrWrite(explanation(requireRule(explain), context.terminal.columns), outputFile, context);
    return;
  }
  if (format !== 'text' && format !== 'markdown' && format !== 'json') {
    throw new UsageError(`--rules cannot be had as ${format}.`, { hint: 'Use --format text, markdown or json.' });
  }
  await printOrWrite(ruleReference(format), outputFile, context);
}
