import type { Rule } from '../engine/rule.ts';
import { longerThan } from '../engine/text-checks.ts';

const longestSummary = 80;

const good = {
  definition: `{ "paths": { "/orders": { "get": { "parameters": [{ "name": "top", "in": "query", "type": "integer",
  "x-ms-summary": "Number of orders", "description": "How many orders to get at most." }] } } } }`,
};

export const summaryRules: readonly Rule[] = [
  {
    id: 'summary-too-long-param',
    level: 'certification',
    message: `x-ms-summary has {count} characters. At most ${longestSummary} are allowed.`,
    hint: 'Move the rest to the description.',
    reason: 'The summary is the label of a field, which has limited space.',
    sources: ['CS', 'SG'],
    good: [good],
    bad: [
      {
        definition: `{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer",
  "x-ms-summary": ⟦"The number of orders of the customer that are given at most, the newest of them first"⟧ } } }`,
      },
    ],
    checkMember: { names: ['x-ms-summary'], of: { parameter: longerThan(longestSummary) } },
  },
];
