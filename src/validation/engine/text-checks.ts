import type { Location } from './location.ts';
import type { MemberCheck, Report } from './rule.ts';

/** Checks of members that are texts for people. Blank ones count as absent and have rules of their own. */
export function ofText(check: (text: string, member: Location, report: Report) => void): MemberCheck {
  return (member, report) => {
    const { value } = member;
    if (typeof value === 'string' && value.trim() !== '') check(value, member, report);
  };
}

/** Reports `{count}` of a text with more characters than that; above `most`, another rule does. */
export function longerThan(limit: number, most = Number.POSITIVE_INFINITY): MemberCheck {
  return ofText((text, member, report) => {
    if (text.length > limit && text.length <= most) report(member, { count: text.length });
  });
}

/** Reports each different `{word}` of a text that a global pattern finds. */
export function containing(pattern: RegExp): MemberCheck {
  return ofText((text, member, report) => {
    for (const word of new Set(text.match(pattern))) report(member, { word });
  });
}

/** Reports a text that ends in something else than a letter, a digit or a closing parenthesis. */
export const endsOddly: MemberCheck = ofText((text, member, report) => {
  if (!/[\p{L}\p{N})]$/u.test(text)) report(member);
});

/** Reports the text under one name that says the same as the one under another. */
export function sameAs(other: string): MemberCheck<Location> {
  return (member, report, node) => {
    const { value } = member;
    const otherValue = node.at(other).value;
    if (typeof value !== 'string' || typeof otherValue !== 'string') return;
    const text = value.trim();
    if (text !== '' && text === otherValue.trim()) report(member);
  };
}

/** Whether a text must still be given: it is absent or blank. One of another type has a rule of its own. */
export function lacksText(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}

/** The names of Microsoft's products that texts of operations and connectors must not have. */
export const productNames = /\b(?:power apps|power automate|logic apps)\b/giu;
