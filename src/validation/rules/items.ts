import { isArray } from '../../json/value.ts';
import { ofAnySchema } from '../engine/any-schema.ts';
import type { Rule } from '../engine/rule.ts';

export const itemsRules: readonly Rule[] = [
  {
    id: 'items-array',
    level: 'error',
    message: "'items' must be one schema.",
    reason: 'In OpenAPI 2.0, all items of an array have the same schema.',
    sources: ['S2'],
    good: [{ definition: '{ "definitions": { "List": { "type": "array", "items": { "type": "string" } } } }' }],
    bad: [{ definition: '{ "definitions": { "List": { "type": "array", "items": ⟦[{ "type": "string" }]⟧ } } }' }],
    checkMember: {
      names: ['items'],
      of: ofAnySchema((member, report) => {
        if (isArray(member.value)) report(member);
      }),
    },
  },
];
