import { isObject, member } from '../../json/value.ts';
import type { Rule } from '../engine/rule.ts';
import { hasSchema } from '../engine/responses.ts';
import { answers } from './response.ts';

export const defaultResponseRules: readonly Rule[] = [
  {
    id: 'default-response-schema',
    level: 'certification',
    message: "The 'default' response should not have a schema.",
    hint: 'Move the schema to the response for 200.',
    reason: "'default' also covers errors, but the designer shows its schema as the result.",
    sources: ['SV', 'CS', 'I4181'],
    good: [
      {
        definition:
          '{ "paths": { "/orders": { "get": { "responses": { "default": { "description": "Failed" } } } } } }',
      },
      { definition: answers('"200": { "description": "OK", "schema": {} }') },
    ],
    bad: [
      {
        definition: `{ "paths": { "/orders": { "get": { "responses": {
  "default": { "description": "Failed", "schema": ⟦{ "type": "string" }⟧ } } } } } }`,
      },
      {
        definition: `{ "responses": { "Failed": { "description": "Failed", "schema": { "type": "string" } } },
  "paths": { "/orders": { "get": { "responses": { "default": ⟦{ "$ref": "#/responses/Failed" }⟧ } } } } }`,
      },
    ],
    checkMember: {
      names: ['responses'],
      of: {
        operation: (responses, report, node, { definition }) => {
          if (member(responses.value, 'default') === undefined) return;
          const response = responses.at('default');
          const schema = response.at('schema');
          if (isObject(schema.value)) report(schema);
          // A shared response is at fault for this operation only: others may have it for another code.
          else if (hasSchema(node, 'default', definition)) report(response);
        },
      },
    },
  },
];
