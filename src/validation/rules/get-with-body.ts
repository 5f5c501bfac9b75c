import type { Rule } from '../engine/rule.ts';

export const getWithBodyRules: readonly Rule[] = [
  {
    id: 'get-with-body',
    level: 'warning',
    message: "GET and HEAD operations don't support body or form parameters.",
    hint: 'Move the values to the query, or use POST.',
    reason: 'Many servers ignore or reject the body of a GET or HEAD request.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "paths": { "/orders": { "get": { "parameters": [
  { "name": "filter", "in": "query", "type": "string" }] } } } }`,
      },
      {
        definition: `{ "paths": { "/orders": { "post": { "parameters": [
  { "name": "order", "in": "body", "schema": { "type": "object" } }] } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/orders": { "get": { "parameters": [
  ⟦{ "name": "filter", "in": "body", "schema": { "type": "object" } }⟧] } } } }`,
      },
      {
        definition: `{ "paths": { "/orders": { "head": { "parameters": [
  ⟦{ "name": "filter", "in": "formData", "type": "string" }⟧] } } } }`,
      },
      {
        definition: `{ "paths": { "/orders": { "get": {}, "parameters": [
  ⟦{ "name": "filter", "in": "body", "schema": { "type": "object" } }⟧] } } }`,
      },
    ],
    check: {
      operation: (node, report, { definition }) => {
        if (node.method !== 'get' && node.method !== 'head') return;
        for (const parameter of definition?.parametersOf(node) ?? []) {
          if (parameter.isBody || parameter.in === 'formData') report(parameter.usedAt);
        }
      },
    },
  },
];
