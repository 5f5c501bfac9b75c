import { isArray, isString } from '../../json/value.ts';
import { mustHave, oneOf } from '../engine/checks.ts';
import type { Location } from '../engine/location.ts';
import type { MemberChecks, Report, Rule } from '../engine/rule.ts';

const isScheme = oneOf(['https', 'http']);

function checkSchemes(check: (schemes: readonly string[], member: Location, report: Report) => void): MemberChecks {
  return {
    names: ['schemes'],
    of: {
      definition: (member, report) => {
        const { value } = member;
        if (isArray(value) && value.every(isString)) check(value, member, report);
      },
    },
  };
}

/** Wrong letter case is a fault of its own. */
function includesScheme(schemes: readonly string[], name: string): boolean {
  return schemes.some((scheme) => scheme.toLowerCase() === name);
}

export const schemeRules: readonly Rule[] = [
  {
    id: 'schemes-missing',
    level: 'info',
    message: "'schemes' is missing. The service uses https.",
    hint: 'Add "schemes": ["https"].',
    reason: 'Other tools may use another default.',
    sources: ['S2'],
    good: [{ definition: '{ "schemes": ["https"] }' }],
    bad: [{ definition: '⟦{⟧ "host": "api.contoso.com" }' }],
    check: { definition: mustHave(['schemes']) },
  },
  {
    id: 'schemes-empty',
    level: 'error',
    message: "The 'schemes' array requires at least one value.",
    hint: 'Use ["https"].',
    reason: 'An empty list means that the API has no URL.',
    sources: ['SV'],
    good: [{ definition: '{ "schemes": ["https"] }' }, { definition: '{ "schemes": "" }' }],
    bad: [{ definition: '{ "schemes": ⟦[]⟧ }' }],
    checkMember: checkSchemes((schemes, member, report) => {
      if (schemes.length === 0) report(member);
    }),
  },
  {
    id: 'scheme-invalid',
    level: 'error',
    message: "'{value}' isn't a supported scheme{suggestion}.",
    reason: 'Connectors support https and http.',
    sources: ['SV'],
    good: [{ definition: '{ "schemes": ["https"] }' }, { definition: '{ "schemes": ["http", 5] }' }],
    bad: [{ definition: '{ "schemes": ["https", ⟦"wss"⟧] }' }],
    checkMember: {
      names: ['schemes'],
      of: {
        definition: (member, report, node, connector) => {
          for (const item of member.members()) {
            if (isString(item.value)) isScheme(item, report, node, connector);
          }
        },
      },
    },
  },
  {
    id: 'schemes-no-https',
    level: 'warning',
    certified: 'error',
    message: 'Use https.',
    reason: "Over http, others can read and change requests, including the user's credentials.",
    sources: ['SV'],
    good: [
      { definition: '{ "schemes": ["https"] }' },
      { definition: '{ "schemes": [] }' },
      { definition: '{ "schemes": [5] }' },
    ],
    bad: [{ definition: '{ "schemes": ⟦["http"]⟧ }' }],
    checkMember: checkSchemes((schemes, member, report) => {
      if (schemes.length > 0 && !includesScheme(schemes, 'https')) report(member);
    }),
  },
  {
    id: 'schemes-http',
    level: 'info',
    certified: 'warning',
    message: "Remove 'http'.",
    reason: 'The service uses https if both are listed.',
    sources: ['SV'],
    good: [{ definition: '{ "schemes": ["https"] }' }, { definition: '{ "schemes": ["http"] }' }],
    bad: [{ definition: '{ "schemes": [⟦"http"⟧, "https"] }' }],
    checkMember: checkSchemes((schemes, member, report) => {
      const index = schemes.findIndex((scheme) => scheme.toLowerCase() === 'http');
      if (index >= 0 && includesScheme(schemes, 'https')) report(member.at(index));
    }),
  },
];
