import { isObject } from '../../json/value.ts';
import type { Rule } from '../engine/rule.ts';

export const multipleSecurityRules: readonly Rule[] = [
  {
    id: 'multiple-security-definitions',
    level: 'info',
    message: 'Only the first security definition is used.',
    hint: 'For several ways to sign in, use connectionParameterSets in the API properties.',
    reason: 'A connector made from an OpenAPI definition has one way to sign in.',
    sources: ['DO'],
    good: [
      { definition: '{ "securityDefinitions": { "login": { "type": "basic" } } }' },
      { definition: '{ "securityDefinitions": [{}, {}] }' },
    ],
    bad: [
      {
        definition: `{ ⟦"securityDefinitions"⟧: { "login": { "type": "basic" },
  "key": { "type": "apiKey", "in": "header", "name": "X-Key" } } }`,
      },
    ],
    checkMember: {
      names: ['securityDefinitions'],
      of: {
        definition: (member, report) => {
          if (isObject(member.value) && Object.keys(member.value).length > 1) report(member, {}, { mark: 'name' });
        },
      },
    },
  },
];
