import { oneOf } from '../checks.ts';
import type { Rule } from '../rule.ts';

export const parameterRules: readonly Rule[] = [
  {
    id: 'parameter-in-invalid',
    level: 'error',
    message: "'{value}' is not a parameter location{suggestion}.",
    reason: 'A parameter is in the query, a header, the path, a form or the body.',
    sources: ['S2'],
    good: { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "type": "string" } } }' },
    bad: { definition: '{ "parameters": { "id": { "name": "id", "in": ⟦"querry"⟧, "type": "string" } } }' },
    checkMember: { names: ['in'], of: { parameter: oneOf(['query', 'header', 'path', 'formData', 'body']) } },
  },
  {
    id: 'path-parameter-required',
    level: 'error',
    message: 'Path parameters must be required.',
    reason: 'There is no path without the values of its variables.',
    sources: ['SV'],
    good: { definition: '{ "parameters": { "id": { "name": "id", "in": "path", "required": true } } }' },
    bad: { definition: '{ "parameters": { "id": ⟦{⟧ "name": "id", "in": "path" } } }' },
    check: {
      parameter: (node, report) => {
        if (node.in !== 'path' || node.value['required'] === true) return;
        const required = node.at('required');
        const isThere = required.value !== undefined;
        const fix = isThere ? { replace: true } : { insert: { name: 'required', value: true } };
        report(required, {}, { fix, hint: 'Add "required": true.' });
      },
    },
  },
];
