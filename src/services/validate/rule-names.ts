import { UnknownNameError } from '../../errors.ts';
import { ignorableRules } from '../../check/check-connectors.ts';

/** The rules that somebody names in lists. Raises {@link UnknownNameError}. */
export function readIgnored(given: readonly string[]): ReadonlySet<string> {
  return new Set(
    given
      .flatMap((list) => list.split(/[\s,]+/u))
      .filter((id) => id !== '')
      .map(requireRule),
  );
}

/** Raises {@link UnknownNameError} unless there is such a rule. */
export function requireRule(id: string): string {
  if (ignorableRules.includes(id)) return id;
  throw new UnknownNameError(`There is no rule '${id}'.`, {
    written: id,
    names: ignorableRules,
    hint: 'paconn validate --rules lists them.',
  });
}
