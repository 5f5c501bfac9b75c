import type { Rule } from '../engine/rule.ts';

const mostOperations = 256;

export const tooManyOperationsRules: readonly Rule[] = [
  {
    id: 'too-many-operations',
    level: 'info',
    message: 'The definition has {count} operations.',
    hint: 'Consider several connectors, each for one area of the API.',
    reason: `The limit of the service isn't documented. No published connector has more than ${mostOperations} operations.`,
    sources: ['SV'],
    good: [{ definition: '{ "paths": { "/orders": { "get": { "operationId": "ListOrders" } } } }' }],
    bad: [
      {
        definition: `{ ⟦"paths"⟧: { ${Array.from({ length: mostOperations + 1 }, (_, index) => `"/${index}": { "get": {} }`).join()} } }`,
      },
    ],
    check: {
      definition: (node, report, { definition }) => {
        const count = definition?.operations.length ?? 0;
        if (count > mostOperations) report(node.at('paths'), { count }, { mark: 'name' });
      },
    },
  },
];
