import type { Rule } from '../engine/rule.ts';

export const swaggerRules: readonly Rule[] = [
  {
    id: 'swagger-version',
    level: 'error',
    message: '\'swagger\' must be the string "2.0".',
    reason: 'Custom connectors support only OpenAPI 2.0 (formerly Swagger).',
    sources: ['SV'],
    good: [{ definition: '{ "swagger": "2.0" }' }],
    bad: [{ definition: '{ "swagger": ⟦2.0⟧ }' }],
    checkMember: {
      names: ['swagger'],
      of: {
        definition: (member, report) => {
          if (member.value !== '2.0') report(member, {}, { fix: { replace: '2.0' } });
        },
      },
    },
  },
];
