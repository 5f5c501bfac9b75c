import type { Fix } from './finding.ts';
import { member as memberOf } from '../../json/value.ts';
import { type Placeholders, shownValue } from './message.ts';
import { nearestName, nearestNames } from '../../nearest-name.ts';
import type { Location } from './location.ts';
import type { MemberCheck, Report } from './rule.ts';

/** The bodies of checks that many rules share. Each reports `{value}` or `{name}`. */

/** The value must be one of these; the nearest is suggested, and put in its place if only the case of its letters is wrong. */
export function oneOf(allowed: readonly string[]): MemberCheck {
  const known = new Set<unknown>(allowed);
  return (member, report) => {
    const { value } = member;
    if (known.has(value)) return;
    report(member, { value: shownValue(value) }, () => {
      const suggestion = typeof value === 'string' ? nearestName(value, allowed) : undefined;
      const isOnlyCase = suggestion !== undefined && suggestion.toLowerCase() === shownValue(value).toLowerCase();
      return { suggestion, fix: isOnlyCase ? { replace: suggestion } : undefined };
    });
  };
}

/**
 * The name of the member is not one of those known here (the names of the object `known`); the nearest is suggested, and
 * takes its place if no other is as near and that is free.
 */
export function reportUnknownName(member: Location, known: object, report: Report, more: Placeholders = {}): void {
  report(member, { ...more, name: member.name }, () => {
    const [suggestion, ...others] = nearestNames(member.name, Object.keys(known));
    const isOne = suggestion !== undefined && others.length === 0;
    return { mark: 'name', suggestion, fix: isOne ? renaming(member, suggestion) : undefined };
  });
}

/** The member under another name, unless that is taken. */
export function renaming(member: Location, name: string): Fix | undefined {
  return memberOf(member.parent?.value, name) === undefined ? { rename: name } : undefined;
}
