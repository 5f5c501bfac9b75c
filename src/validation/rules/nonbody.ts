import type { Rule } from '../engine/rule.ts';

export const nonbodyRules: readonly Rule[] = [
  {
    id: 'nonbody-schema',
    level: 'error',
    message: 'Only body parameters can define a schema.',
    hint: 'Add "type" and "format" to the parameter itself.',
    reason: 'In OpenAPI 2.0, all other parameters have a "type". "schema" is the OpenAPI 3 form.',
    sources: ['SV'],
    good: [
      { definition: '{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer" } } }' },
      {
        definition: '{ "parameters": { "order": { "name": "order", "in": "body", "schema": { "type": "object" } } } }',
      },
      { definition: '{ "parameters": { "order": { "name": "order", "schema": { "type": "object" } } } }' },
      { definition: '{ "parameters": { "order": { "name": "order", "in": "bdy", "schema": { "type": "object" } } } }' },
    ],
    bad: [
      {
        definition: '{ "parameters": { "top": { "name": "top", "in": "query", ⟦"schema"⟧: { "type": "integer" } } } }',
      },
    ],
    checkMember: {
      names: ['schema'],
      of: {
        parameter: (schema, report, node) => {
          if (node.isOutsideBody) report(schema, {}, { mark: 'name' });
        },
      },
    },
  },
];
