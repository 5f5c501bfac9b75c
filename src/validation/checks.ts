import { shownValue } from './message.ts';
import { member as memberOf } from './json-value.ts';
import { nearestName } from './nearest-name.ts';
import type { Place } from './place.ts';
import type { MemberCheck, Report } from './rule.ts';

/** The bodies of checks that many rules share. Each reports `{value}` or `{name}`. */

/** The value must be one of these; the nearest is suggested, and put in its place if only the case of its letters is wrong. */
export function oneOf(allowed: readonly string[]): MemberCheck {
  const known = new Set<unknown>(allowed);
  return (member, report) => {
    if (known.has(member.value)) return;
    const suggestion = typeof member.value === 'string' ? nearestName(member.value, allowed) : undefined;
    const isOnlyCase = suggestion !== undefined && suggestion.toLowerCase() === shownValue(member.value).toLowerCase();
    const fix = isOnlyCase ? { replace: suggestion } : undefined;
    report(member, { value: shownValue(member.value) }, { suggestion, fix });
  };
}

/** The name of the member is not one of those known here. */
export function reportUnknownName(member: Place, known: readonly string[], report: Report): void {
  const suggestion = nearestName(member.name, known);
  const fix =
    suggestion === undefined || memberOf(member.parent?.value, suggestion) !== undefined
      ? undefined
      : { rename: suggestion };
  report(member, { name: member.name }, { mark: 'name', suggestion, fix });
}
