import type { StyledPiece } from '../io/terminal/styled-text.ts';
import { type Elsewhere, type Policy, policiesUrl, rulesOf } from '../validation/knowledge/policies.ts';
import type { PolicyData } from '../results/findings.ts';
import { explanation, listedRule, ruleData } from './rule-reference.ts';

/** The rules of policies with more are listed, not explained. */
const mostExplained = 5;

const elsewhereWords: Readonly<Record<Elsewhere, string>> = {
  service: "The service or the certification team checks it. It isn't visible in the files.",
  people: 'Reviewers check it.',
};

/** Where a policy is checked other than by rules, in words. */
export function elsewhereIn(policy: Policy): string | undefined {
  const { elsewhere } = policy;
  if (elsewhere === undefined) return undefined;
  return rulesOf(policy).length > 0 ? partWords : elsewhereWords[elsewhere];
}

const partWords = 'The files show only a part of it. The service or the certification team checks the rest.';

/** Everything about a policy of certification, for people. */
export function policyExplanation(policy: Policy, columns: number): readonly StyledPiece[] {
  const rules = rulesOf(policy);
  const elsewhere = elsewhereIn(policy);
  const explained =
    rules.length > mostExplained
      ? [...rules.flatMap(listedRule), { text: '\nFor details about a rule:\n  paconn validate --explain <rule>' }]
      : rules.flatMap((id, index) => [{ text: index === 0 ? '' : '\n\n' }, ...explanation(id, columns)]);
  return [
    { text: policy.code, style: 'strong' },
    { text: `  ${policy.requires}\n` },
    ...(elsewhere === undefined ? [] : [{ text: `${elsewhere}\n` }]),
    { text: `${policiesUrl}\n${rules.length > 0 ? '\n' : ''}` },
    ...explained,
  ];
}

/** The same for programs. */
export function policyData(policy: Policy): PolicyData {
  const { code, requires, elsewhere = null } = policy;
  return { policy: code, requires, elsewhere, url: policiesUrl, rules: rulesOf(policy).map(ruleData) };
}
