import type { Rule } from '../engine/rule.ts';
import { manyValuesIn } from './collection-format.ts';

export const allowEmptyValueRules: readonly Rule[] = [
  {
    id: 'allow-empty-value-location',
    level: 'error',
    message: "'allowEmptyValue' needs a query or formData parameter.",
    reason: 'Only query and form parameters can have a name without a value.',
    sources: ['SV'],
    good: [
      {
        definition:
          '{ "parameters": { "q": { "name": "q", "in": "query", "type": "string", "allowEmptyValue": true } } }',
      },
      {
        definition:
          '{ "parameters": { "q": { "name": "q", "in": "formData", "type": "string", "allowEmptyValue": true } } }',
      },
      {
        definition:
          '{ "parameters": { "q": { "name": "q", "in": "header", "type": "string", "allowEmptyValue": false } } }',
      },
      { definition: '{ "parameters": { "q": { "name": "q", "type": "string", "allowEmptyValue": true } } }' },
    ],
    bad: [
      {
        definition:
          '{ "parameters": { "q": { "name": "q", "in": "header", "type": "string", "allowEmptyValue": ⟦true⟧ } } }',
      },
    ],
    checkMember: {
      names: ['allowEmptyValue'],
      of: {
        parameter: ({ value }, report, node) => {
          if (value === true && node.in !== undefined && !manyValuesIn.has(node.in)) report(node.at('allowEmptyValue'));
        },
      },
    },
  },
];
