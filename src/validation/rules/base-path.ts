import { isMeantAsEnvironmentExpression } from '../../connector/expression.ts';
import type { Rule } from '../engine/rule.ts';

export const basePathRules: readonly Rule[] = [
  {
    id: 'base-path-invalid',
    level: 'error',
    message: "'basePath' must start with '/'.",
    reason: 'The base path follows the host in the URL of a request.',
    sources: ['SV'],
    good: [
      { definition: '{ "host": "api.contoso.com", "basePath": "/v1" }' },
      { definition: '{ "host": "api.contoso.com", "basePath": "" }' },
      { definition: '{ "host": "api.contoso.com", "basePath": 5 }' },
      { definition: '{ "host": "api.contoso.com", "basePath": "@environmentVariables(\\"cr_Path\\")" }' },
    ],
    bad: [{ definition: '{ "host": "api.contoso.com", "basePath": ⟦"v1"⟧ }' }],
    checkMember: {
      names: ['basePath'],
      of: {
        definition: (member, report) => {
          const { value } = member;
          if (typeof value !== 'string' || value === '' || isMeantAsEnvironmentExpression(value)) return;
          if (!value.startsWith('/')) report(member);
        },
      },
    },
  },
];
