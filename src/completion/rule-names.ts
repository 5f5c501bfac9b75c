import { serviceAnswerRule, serviceRule } from '../validation/engine/service-findings.ts';
import { policies } from '../validation/knowledge/policies.ts';
import { rules } from '../validation/rules.ts';
import type { Candidate } from './listed-names.ts';

/**
 * The rules, and the policies of certification by their codes.
 *
 * @param written Of a list separated by commas, the last name is completed.
 */
export function ruleNames(written: string): readonly Candidate[] {
  const before = /^.*,/u.exec(written)?.[0] ?? '';
  return [
    ...rules.map(({ id, message }) => ({ text: id, meaning: message.replaceAll('{suggestion}', '') })),
    ...[serviceRule, serviceAnswerRule].map((id) => ({ text: id, meaning: 'Reported by the service.' })),
    ...policies.map(({ code, requires }) => ({ text: code, meaning: requires })),
  ].map(({ text, meaning }) => ({ text: `${before}${text}`, meaning }));
}
