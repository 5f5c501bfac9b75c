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
    message: "'schemes' is missing; https is assumed.",
    hint: 'Add "schemes": ["https"].',
    reason: 'Other readers of the definition need not assume the same.',
    sources: ['S2'],
    good: [{ definition: '{ "schemes": ["https"] }' }],
    bad: [{ definition: '⟦{⟧ "host": "api.contoso.com" }' }],
    check: { definition: mustHave(['schemes']) },
  },
  {
    id: 'schemes-empty',
    level: 'error',
    message: "The 'schemes' array requires at least one value.",
    hint: 'Write ["https"].',
    reason: 'An empty list says that the service cannot be reached at all.',
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
    message: "'{value}' is not a supported scheme{suggestion}.",
    reason: 'Connectors call their service over https or http.',
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
    reason: 'Over http everybody on the way can read and change what is sent, the credentials of the user among it.',
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
    message: 'http beside https is not needed.',
    reason: 'Requests are sent over https when both are there.',
    sources: ['SV'],
    good: [{ definition: '{ "schemes": ["https"] }' }, { definition: '{ "schemes": ["http"] }' }],
    bad: [{ definition: '{ "schemes": [⟦"http"⟧, "https"] }' }],
    checkMember: checkSchemes((schemes, member, report) => {
      const index = schemes.findIndex((scheme) => scheme.toLowerCase() === 'http');
      if (index >= 0 && includesScheme(schemes, 'https')) report(member.at(index));
    }),
  },
];
