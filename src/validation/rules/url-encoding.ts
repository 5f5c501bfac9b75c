import { oneOf } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';

export const urlEncodingRules: readonly Rule[] = [
  {
    id: 'url-encoding-invalid',
    level: 'error',
    message: "'{value}' isn't an encoding{suggestion}.",
    reason: 'A value in the path is encoded once (single) or twice (double).',
    sources: ['OX', 'JD', 'SV'],
    good: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "path", "x-ms-url-encoding": "single" } } }' },
      { definition: '{ "parameters": { "id": { "name": "id", "in": "path", "x-ms-url-encoding": "double" } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "id": { "name": "id", "in": "path", "x-ms-url-encoding": ⟦"once"⟧ } } }' }],
    checkMember: { names: ['x-ms-url-encoding'], of: { parameter: oneOf(['single', 'double']) } },
  },
  {
    id: 'url-encoding-misplaced',
    level: 'warning',
    message: 'x-ms-url-encoding applies only to path parameters.',
    hint: 'Remove it.',
    reason: 'The service uses it only for path variables.',
    sources: ['SV', 'OX'],
    good: [
      {
        definition: `{ "parameters": { "id": {
  "name": "id", "in": "path", "required": true, "type": "string", "x-ms-url-encoding": "single" } } }`,
      },
      { definition: '{ "parameters": { "id": { "name": "id", "x-ms-url-encoding": "single" } } }' },
    ],
    bad: [
      {
        definition: `{ "parameters": { "q": {
  "name": "q", "in": "query", "type": "string", "x-ms-url-encoding": ⟦"single"⟧ } } }`,
      },
    ],
    checkMember: {
      names: ['x-ms-url-encoding'],
      of: {
        parameter: (encoding, report, node) => {
          if (node.in !== undefined && node.in !== 'path') report(encoding, {}, { because: [node.at('in')] });
        },
      },
    },
  },
];
