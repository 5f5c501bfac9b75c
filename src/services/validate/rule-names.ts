import { UnknownNameError, UsageError } from '../../errors.ts';
import { isPolicyCode, type Policy, policies, policiesUrl, rulesOf } from '../../validation/knowledge/policies.ts';
import { ignorableRules } from '../../check/check-connectors.ts';

/** The rules that the user names in lists, a policy for all of its rules. Raises {@link UnknownNameError} and {@link UsageError}. */
export function readIgnored(given: readonly string[]): ReadonlySet<string> {
  return new Set(
    given
      .flatMap((list) => list.split(/[\s,]+/u))
      .filter((id) => id !== '')
      .flatMap((id) => (isPolicyCode(id) ? rulesOf(requirePolicy(id)) : [requireRule(id)])),
  );
}

/** Raises {@link UnknownNameError} unless there is such a rule. */
export function requireRule(id: string): string {
  if (ignorableRules.includes(id)) return id;
  throw new UnknownNameError(`Unknown rule: '${id}'.`, {
    written: id,
    names: ignorableRules,
    hint: 'List the rules with:\n  paconn validate --rules',
  });
}

/** Raises {@link UsageError} unless the policy with this code is known. */
export function requirePolicy(code: string): Policy {
  const policy = policies.find((one) => one.code === code);
  if (policy) return policy;
  throw new UsageError(`Unknown policy code: ${code}`, { hint: `Certification policies are listed at ${policiesUrl}` });
}
