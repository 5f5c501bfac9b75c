import { isArray, isString } from '../../json/value.ts';
import type { Rule } from '../engine/rule.ts';

function isForm(type: unknown): boolean {
  return isString(type) && /^\s*(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/iu.test(type);
}

export const fileParameterRules: readonly Rule[] = [
  {
    id: 'file-parameter-consumes',
    level: 'warning',
    message: 'The operation must consume multipart/form-data.',
    hint: 'Add "consumes": ["multipart/form-data"].',
    reason: 'A file is sent as part of a form, so the request requires this Content-Type.',
    sources: ['SV', 'S2'],
    good: [
      {
        definition: `{ "paths": { "/scans": { "post": { "consumes": ["multipart/form-data"], "parameters": [
  { "name": "scan", "in": "formData", "type": "file" }] } } } }`,
      },
      {
        definition: `{ "paths": { "/scans": { "post": { "consumes": ["application/json"], "parameters": [
  { "name": "scan", "in": "formData", "type": "string" }] } } } }`,
      },
      {
        definition: `{ "consumes": ["multipart/form-data"], "paths": { "/scans": { "post": { "parameters": [
  { "name": "scan", "in": "formData", "type": "file" }] } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/scans": { "post": { "consumes": ⟦["application/json"]⟧, "parameters": [
  { "name": "scan", "in": "formData", "type": "file" }] } } } }`,
      },
      {
        definition: `{ "paths": { "/scans": { "post": ⟦{⟧ "parameters": [
  { "name": "scan", "in": "formData", "type": "file" }] } } } }`,
      },
    ],
    check: {
      operation: (node, report, { definition }) => {
        if (!(definition?.parametersOf(node) ?? []).some((parameter) => parameter.value['type'] === 'file')) return;
        const consumes = node.value['consumes'] ?? definition?.root.value['consumes'];
        if (!isArray(consumes) || !consumes.some(isForm)) report(node.at('consumes'));
      },
    },
  },
  {
    id: 'file-parameter-location',
    level: 'error',
    message: "'file' parameters must be in formData.",
    hint: 'Use "in": "formData", or a body with the type string and the format binary.',
    reason: 'A file is sent as part of a form.',
    sources: ['SV'],
    good: [
      { definition: '{ "parameters": { "scan": { "name": "scan", "in": "formData", "type": "file" } } }' },
      { definition: '{ "parameters": { "scan": { "name": "scan", "in": "query", "type": "string" } } }' },
      { definition: '{ "parameters": { "scan": { "name": "scan", "type": "file" } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "scan": { "name": "scan", "in": "query", "type": ⟦"file"⟧ } } }' }],
    checkMember: {
      names: ['type'],
      of: {
        parameter: (type, report, node) => {
          if (type.value === 'file' && node.in !== undefined && node.in !== 'formData') report(type);
        },
      },
    },
  },
];
