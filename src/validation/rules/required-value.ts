import { isString, isText } from '../../json/value.ts';
import type { Rule } from '../engine/rule.ts';

const emptyTitle = '{ "definitions": { "Order": { "title": "", "properties": { "id": { "title": "ID" } } } } }';

export const requiredValueRules: readonly Rule[] = [
  {
    id: 'required-value-empty',
    level: 'error',
    message: "The '{name}' property must not be empty.",
    reason: 'The service requires a value for this property.',
    sources: ['SV'],
    good: [
      { definition: '{ "info": { "title": "Orders", "version": "1.0" } }' },
      { definition: '{ "info": { "title": 5 } }' },
    ],
    bad: [{ definition: '{ "info": { "title": ⟦""⟧, "version": "1.0" } }' }],
    checkMember: {
      names: ['title'],
      of: {
        info: (member, report) => {
          if (isString(member.value) && !isText(member.value)) report(member, { name: member.name });
        },
      },
    },
  },
  {
    id: 'required-value-empty-title',
    level: 'info',
    message: "Remove the empty 'title'.",
    reason: 'The partner portal is known to fail with status 500 for schemas with an empty title.',
    sources: ['I3173'],
    good: [
      { definition: '{ "definitions": { "Order": { "title": "Order" } } }' },
      { definition: '{ "definitions": { "Order": { "title": 5 } } }' },
    ],
    bad: [{ definition: emptyTitle.replace('""', '⟦""⟧') }],
    checkMember: {
      names: ['title'],
      of: {
        schema: (member, report) => {
          if (isString(member.value) && !isText(member.value)) report(member, {}, { fix: { remove: true } });
        },
      },
    },
  },
];
