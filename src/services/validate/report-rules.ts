import { UsageError } from '../../errors.ts';
import type { Context } from '../../context.ts';
import type { Result } from '../../output/result.ts';
import { policyData, policyExplanation } from '../../output/policy-reference.ts';
import { explanation, ruleData, ruleReference, rulesResult } from '../../output/rule-reference.ts';
import { isPolicyCode } from '../../validation/knowledge/policies.ts';
import { printOrWrite } from './report-findings.ts';
import { requirePolicy, requireRule } from './rule-names.ts';

export interface RulesQuestion {
  /** The rule or policy to explain; without it all rules are listed. */
  readonly explain?: string | undefined;
  readonly format: string;
  readonly outputFile?: string | undefined;
}

/** Tells all about a rule, or something about all rules. Raises {@link UsageError} and `FileError`. */
export async function reportRules(question: RulesQuestion, context: Context): Promise<Result | void> {
  const result = rulesAskedFor(question, context);
  if (question.outputFile === undefined) return result;
  await printOrWrite(result.unasked, question.outputFile, context);
}

function rulesAskedFor(
  { explain, format }: RulesQuestion,
  { terminal }: Context,
): Required<Pick<Result, 'data' | 'unasked'>> {
  if (explain !== undefined && isPolicyCode(explain)) {
    const policy = requirePolicy(explain);
    return { data: policyData(policy), unasked: policyExplanation(policy, terminal.columns) };
  }
  if (explain !== undefined) {
    const id = requireRule(explain);
    return { data: ruleData(id), unasked: explanation(id, terminal.columns) };
  }
  if (format !== 'text' && format !== 'markdown') {
    throw new UsageError(`--rules isn't available as ${format}.`, { hint: 'Use --format markdown, or --output json.' });
  }
  return { ...rulesResult(), unasked: ruleReference(format) };
}
