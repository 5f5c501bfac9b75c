import { ofAnySchema } from '../engine/any-schema.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

/** Longer ones are not tried: they would take time, and no person wrote them. */
const longestPattern = 10_000;

/** Groups that .NET, in which the service is written, knows and JavaScript does not: `(?i)`, `(?>…)`, `(?'name'…)`; `(?P<name>…)` neither knows. */
const foreignGroup = /\(\?[^:=!<P]/u;

function mustBeRegularExpression(member: Location, report: Report): void {
  const { value } = member;
  if (typeof value !== 'string' || value.length > longestPattern || isRegularExpression(value)) return;
  if (!foreignGroup.test(value)) report(member);
}

function isRegularExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    // What is wrong with it JavaScript tells in its own words, and those of the service differ.
    return false;
  }
}

export const patternRules: readonly Rule[] = [
  {
    id: 'pattern-invalid',
    level: 'error',
    message: "'pattern' isn't a valid regular expression.",
    hint: 'In JSON, double each backslash: "\\\\d+".',
    reason: 'The pattern must be a regular expression to match values.',
    sources: ['SV'],
    good: [
      { definition: '{ "definitions": { "Code": { "type": "string", "pattern": "^[A-Z]{2}$" } } }' },
      { definition: '{ "definitions": { "Code": { "type": "string", "pattern": ["("] } } }' },
      { definition: '{ "definitions": { "Code": { "type": "string", "pattern": "(?>[A-Z]+)$" } } }' },
      {
        definition: `{ "definitions": { "Code": { "type": "string", "pattern": "${'('.repeat(longestPattern + 1)}" } } }`,
      },
    ],
    bad: [
      { definition: '{ "definitions": { "Code": { "type": "string", "pattern": ⟦"^[A-Z{2}$"⟧ } } }' },
      { definition: '{ "definitions": { "Code": { "type": "string", "pattern": ⟦"^(?P<code>[A-Z]+)$"⟧ } } }' },
    ],
    checkMember: { names: ['pattern'], of: ofAnySchema(mustBeRegularExpression) },
  },
];
