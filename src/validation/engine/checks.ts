import type { Fix } from './finding.ts';
import { isAbsent, isString, isText, type JsonObject, member as memberOf } from '../../json/value.ts';
import { type Placeholders, shownValue } from './message.ts';
import { abbreviatedName, nearestName, nearestNames } from '../../nearest-name.ts';
import type { Location } from './location.ts';
import type { MemberCheck, Report } from './rule.ts';

/** The bodies of checks that many rules share. Each reports `{value}` or `{name}`. */

/** The value must be one of these; the nearest is suggested, and put in its place if only the case of its letters is wrong. */
export function oneOf(allowed: readonly string[]): MemberCheck {
  return mustBeOneOf(allowed);
}

/** The same where the value is no member that a check is called for. */
export function mustBeOneOf(allowed: readonly string[]): (member: Location, report: Report) => void {
  const known = new Set<unknown>(allowed);
  return (member, report) => {
    const { value } = member;
    if (known.has(value)) return;
    report(member, { value: shownValue(value) }, () => {
      const suggestion = typeof value === 'string' ? nearestName(value, allowed) : undefined;
      const isOnlyCase = suggestion !== undefined && suggestion.toLowerCase() === shownValue(value).toLowerCase();
      return { suggestion, isInvalid: true, fix: isOnlyCase ? { replace: suggestion } : undefined };
    });
  };
}

/** A list that the platform adds to: what is like one of its values is a slip, anything else may be new. */
export interface GrowingList {
  readonly reportMisspelled: (member: Location, report: Report) => void;
  readonly reportUnknown: (member: Location, report: Report) => void;
}

export function listed(...lists: readonly (readonly string[])[]): GrowingList {
  const names = lists.flat();
  const mustBeListed = mustBeOneOf(names);
  const isLike = (value: string): boolean => nearestName(value, names) !== undefined;
  return {
    reportMisspelled: (member, report) => {
      if (isString(member.value) && isLike(member.value)) mustBeListed(member, report);
    },
    reportUnknown: (member, report) => {
      if (isString(member.value) && !isLike(member.value)) report(member, { value: member.value });
    },
  };
}

/** The object must have these members; each that is missing is reported, as `{name}`, at the location where it should be. */
export function mustHave(names: readonly string[], isMissing?: IsMissing): (object: Location, report: Report) => void {
  return (object, report) => reportMissing(object, names, report, isMissing);
}

export function reportMissing(
  object: Location,
  names: readonly string[],
  report: Report,
  isMissing: IsMissing = isUndefined,
  more: Placeholders = {},
): void {
  for (const name of names) if (isMissing(memberOf(object.value, name))) report(object.at(name), { ...more, name });
}

type IsMissing = (value: unknown) => boolean;

export function isUndefined(value: unknown): boolean {
  return value === undefined;
}

/** What counts as missing where a text is asked for and nothing else will do. */
export function isNoText(value: unknown): boolean {
  return !isText(value);
}

/** What counts as missing where a text of another type has a rule of its own. */
export function isEmpty(value: unknown): boolean {
  return isAbsent(value) || value === '';
}

/**
 * The name of the member is not one of those known here (the names of the object `known`); the nearest is suggested, or the one
 * that it abbreviates, and takes its place if no other is as near and that is free.
 */
export function reportUnknownName(
  member: Location,
  known: object,
  report: Report,
  { more = {}, mayRename = () => true }: UnknownNames = {},
): void {
  report(member, { ...more, name: member.name }, () => {
    const names = Object.keys(known);
    const [nearest, ...others] = nearestNames(member.name, names);
    const suggestion = nearest ?? abbreviatedName(member.name, names);
    const isOne = suggestion !== undefined && others.length === 0 && mayRename(suggestion, member.value);
    const meant = suggestion === undefined ? undefined : member.parent?.at(suggestion);
    return { mark: 'name', suggestion, meant, fix: isOne ? renaming(member, suggestion) : undefined };
  });
}

interface UnknownNames {
  readonly more?: Placeholders;
  /** Whether a member with this value can get this name without more. */
  readonly mayRename?: (name: string, value: unknown) => boolean;
}

/** Reports each member that is not one of those known here. */
export function reportUnknownNames(
  node: Location<JsonObject>,
  known: object,
  report: Report,
  unknown: UnknownNames = {},
): void {
  for (const name of Object.keys(node.value)) {
    if (!Object.hasOwn(known, name)) reportUnknownName(node.at(name), known, report, unknown);
  }
}

/** The member under another name, unless that is taken. */
export function renaming(member: Location, name: string): Fix | undefined {
  return memberOf(member.parent?.value, name) === undefined ? { rename: name } : undefined;
}
