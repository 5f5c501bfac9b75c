import { policies } from '../validation/knowledge/policies.ts';
import { serviceAnswerRule, serviceRule } from '../validation/engine/service-findings.ts';
import { rules } from '../validation/rules.ts';
import type { Candidate } from './listed-names.ts';

const explained: readonly Candidate[] = [
  ...rules.map(({ id, message }) => ({ text: id, meaning: message.replaceAll('{suggestion}', '') })),
  ...policies.map(({ code, requires }) => ({ text: code, meaning: requires })),
];

/** The rules, and the policies of certification by their codes. */
export function ruleNames(): readonly Candidate[] {
  return explained;
}

/**
 * The same for a list separated by commas, the last name of which is completed.
 *
 * @param written The list so far.
 */
export function ignoredNames(written: string): readonly Candidate[] {
  const before = /^.*,/u.exec(written)?.[0] ?? '';
  const service = [serviceRule, serviceAnswerRule].map((text) => ({ text, meaning: 'Reported by the service.' }));
  return [...explained, ...service].map(({ text, meaning }) => ({ text: `${before}${text}`, meaning }));
}
