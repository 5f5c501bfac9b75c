import type { Rule } from '../engine/rule.ts';
import { lacksText } from '../engine/text-checks.ts';

export const deprecatedRules: readonly Rule[] = [
  {
    id: 'deprecated-summary',
    level: 'info',
    message: "Append '(deprecated)' to the summary.",
    reason: "Makers see the summary when they choose an action, and shouldn't choose a deprecated one.",
    sources: ['DP'],
    good: [
      {
        definition:
          '{ "paths": { "/orders": { "get": { "deprecated": true, "summary": "List orders (deprecated)" } } } }',
      },
      { definition: '{ "paths": { "/orders": { "get": { "deprecated": false, "summary": "List orders" } } } }' },
      { definition: '{ "paths": { "/orders": { "get": { "deprecated": true } } } }' },
    ],
    bad: [
      {
        definition: '{ "paths": { "/orders": { "get": { "deprecated": true, "summary": ⟦"List orders"⟧ } } } }',
      },
    ],
    checkMember: {
      names: ['deprecated'],
      of: {
        operation: ({ value }, report, node) => {
          const summary = node.text('summary');
          if (value !== true || lacksText(summary)) return;
          if (!summary?.toLowerCase().includes('deprecated')) report(node.at('summary'));
        },
      },
    },
  },
];
