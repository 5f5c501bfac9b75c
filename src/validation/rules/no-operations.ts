import { isObject } from '../../json/value.ts';
import type { Rule } from '../engine/rule.ts';

export const noOperationsRules: readonly Rule[] = [
  {
    id: 'no-operations',
    level: 'warning',
    message: 'The connector has no operations.',
    reason: "Makers can't use a connector without operations.",
    sources: ['CS'],
    good: [
      { definition: '{ "paths": { "/orders": { "get": { "operationId": "ListOrders" } } } }' },
      { definition: '{ "paths": [] }' },
    ],
    bad: [{ definition: '{ "paths": ⟦{}⟧ }' }],
    checkMember: {
      names: ['paths'],
      of: {
        definition: (member, report) => {
          const { value } = member;
          if (isObject(value) && Object.keys(value).every((name) => name.startsWith('x-'))) report(member);
        },
      },
    },
  },
];
