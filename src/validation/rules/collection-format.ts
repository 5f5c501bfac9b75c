import { isString } from '../../json/value.ts';
import { oneOf } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';

const isFormat = oneOf(['csv', 'ssv', 'tsv', 'pipes', 'multi']);

/** Where several values of one name can be sent, and empty ones. */
export const manyValuesIn: ReadonlySet<string> = new Set(['query', 'formData']);

export const collectionFormatRules: readonly Rule[] = [
  {
    id: 'collection-format-invalid',
    level: 'error',
    message: "'{value}' isn't supported{suggestion}.",
    hint: 'Use csv, ssv, tsv, or pipes. Query and form parameters can also use multi.',
    reason: 'The format defines how the values of a list are joined. Only query and form parameters can repeat a name.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "parameters": { "tags": {
  "name": "tags", "in": "query", "type": "array", "items": { "type": "string" }, "collectionFormat": "multi" } } }`,
      },
      ...['"csv"', '"ssv"', '"tsv"', '"pipes"', '5'].map((format) => ({
        definition: `{ "parameters": { "tags": { "name": "tags", "in": "header", "type": "array", "collectionFormat": ${format} } } }`,
      })),
      {
        definition:
          '{ "parameters": { "tags": { "name": "tags", "in": "formData", "type": "array", "collectionFormat": "multi" } } }',
      },
      { definition: '{ "parameters": { "tags": { "name": "tags", "type": "array", "collectionFormat": "multi" } } }' },
    ],
    bad: [
      {
        definition: `{ "parameters": { "tags": {
  "name": "tags", "in": "header", "type": "array", "items": { "type": "string" }, "collectionFormat": ⟦"multi"⟧ } } }`,
      },
      {
        definition:
          '{ "parameters": { "tags": { "name": "tags", "in": "query", "type": "array", "collectionFormat": ⟦"list"⟧ } } }',
      },
    ],
    checkMember: {
      names: ['collectionFormat'],
      of: {
        parameter: (location, report, node, connector) => {
          const { value } = location;
          if (!isString(value)) return;
          if (value !== 'multi') isFormat(location, report, node, connector);
          else if (node.in !== undefined && !manyValuesIn.has(node.in)) report(location, { value });
        },
      },
    },
  },
];
