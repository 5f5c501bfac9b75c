import { SchemaCounter } from '../engine/count-schemas.ts';
import type { Definition } from '../engine/definition.ts';
import type { Rule } from '../engine/rule.ts';

const maximumSchemas = 512;

const counters = new WeakMap<Definition, SchemaCounter>();

function counterOf(definition: Definition): SchemaCounter {
  const known = counters.get(definition);
  if (known) return known;
  const counter = new SchemaCounter(definition, maximumSchemas);
  counters.set(definition, counter);
  return counter;
}

const members = (count: number): string =>
  Array.from({ length: count }, (_, index) => `"p${index}": { "type": "string" }`).join(', ');

export const schemaCountRules: readonly Rule[] = [
  {
    id: 'schema-count',
    level: 'error',
    message: 'The object has more than 512 schemas.',
    hint: 'Leave out what nobody needs, or describe inner objects as objects without properties.',
    reason: 'The service refuses bodies and responses with more, counted with all that they refer to.',
    sources: ['SV', 'I1088'],
    good: [
      {
        definition: `{ "paths": { "/a": { "get": { "responses": { "200": { "schema": { "properties": { "id": {} } } } } } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/a": { "get": { "responses": { "200": { "schema": ⟦{ "properties": {
  ${members(maximumSchemas)} } }⟧ } } } } } }`,
      },
      {
        definition: `{ "paths": { "/a": { "get": { "responses": { "200": { "schema": ⟦{ "properties": {
  "a": { "properties": { ${members(maximumSchemas)} } } } }⟧ } } } } } }`,
      },
    ],
    check: {
      usedSchema: (node, report, { definition }) => {
        if (node.use.isTop && definition && counterOf(definition).isOverLimit(node.value)) report(node);
      },
    },
  },
];
