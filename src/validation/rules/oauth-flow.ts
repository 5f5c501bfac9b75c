import type { Rule } from '../engine/rule.ts';

export const oAuthFlowRules: readonly Rule[] = [
  {
    id: 'oauth-flow-unsupported',
    level: 'error',
    message: 'Client credentials and password flows are not supported.',
    hint: 'Use "accessCode".',
    reason: 'Connections belong to a person who signs in in the browser.',
    sources: ['CP', 'DO', 'FAQ'],
    good: [{ definition: '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": "accessCode" } } }' }],
    bad: [
      { definition: '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": ⟦"application"⟧ } } }' },
      { definition: '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": ⟦"password"⟧ } } }' },
    ],
    checkMember: {
      names: ['flow'],
      of: {
        securityDefinition: (member, report) => {
          if (member.value === 'application' || member.value === 'password') report(member);
        },
      },
    },
  },
  {
    id: 'oauth-flow-implicit',
    level: 'info',
    message: 'Prefer accessCode.',
    reason: 'In the implicit flow tokens pass through the address line of the browser, and cannot be renewed.',
    sources: ['CP'],
    good: [{ definition: '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": "accessCode" } } }' }],
    bad: [{ definition: '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": ⟦"implicit"⟧ } } }' }],
    checkMember: {
      names: ['flow'],
      of: {
        securityDefinition: (member, report) => {
          if (member.value === 'implicit') report(member);
        },
      },
    },
  },
];
