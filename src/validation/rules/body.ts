import { reportMissing } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';

export const bodyRules: readonly Rule[] = [
  {
    id: 'body-schema-missing',
    level: 'error',
    message: 'The body parameter must define a schema.',
    reason: "The schema describes the body. Without it, users can't fill in the body.",
    sources: ['SV'],
    good: [
      {
        definition: '{ "parameters": { "order": { "name": "order", "in": "body", "schema": { "type": "object" } } } }',
      },
      { definition: '{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer" } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "order": ⟦{⟧ "name": "order", "in": "body" } } }' }],
    check: {
      parameter: (node, report) => {
        if (node.isBody) reportMissing(node, ['schema'], report);
      },
    },
  },
  {
    id: 'body-parameter-property',
    level: 'error',
    message: "Move '{name}' into the schema of the body parameter.",
    reason: 'The schema of a body parameter describes its value.',
    sources: ['SV'],
    good: [
      {
        definition: '{ "parameters": { "order": { "name": "order", "in": "body", "schema": { "type": "object" } } } }',
      },
      {
        definition: `{ "parameters": { "top": {
  "name": "top", "in": "query", "type": "integer", "format": "int32", "default": 10, "enum": [10] } } }`,
      },
    ],
    bad: [
      {
        definition:
          '{ "parameters": { "order": { "name": "order", "in": "body", ⟦"type"⟧: "object", "schema": { "type": "object" } } } }',
      },
      ...Object.entries({ format: 'uuid', items: [], default: [], enum: [] }).map(([name, value]) => ({
        definition: `{ "parameters": { "order": { "name": "order", "in": "body", ⟦"${name}"⟧: ${JSON.stringify(value)}, "schema": { "type": "object" } } } }`,
      })),
    ],
    checkMember: {
      names: ['type', 'format', 'items', 'default', 'enum'],
      of: {
        parameter: (location, report, node) => {
          if (node.isBody) report(location, { name: location.name }, { mark: 'name' });
        },
      },
    },
  },
];
