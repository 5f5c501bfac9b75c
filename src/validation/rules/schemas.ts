import { jsonType } from '../json-value.ts';
import type { Place } from '../place.ts';
import type { Report, Rule } from '../rule.ts';

function mustBeNumber(member: Place, report: Report): void {
  if (jsonType(member.value) !== 'number') report(member, { name: member.name });
}

function mustHaveItems(type: Place, report: Report, node: Place): void {
  const items = node.at('items');
  if (type.value === 'array' && items.value === undefined) report(items);
}

export const schemaRules: readonly Rule[] = [
  {
    id: 'array-items-missing',
    level: 'error',
    message: "An array needs 'items'.",
    reason: 'Without items nothing is known of what the array holds.',
    sources: ['SV'],
    good: { definition: '{ "definitions": { "List": { "type": "array", "items": { "type": "string" } } } }' },
    bad: { definition: '{ "definitions": { "List": ⟦{⟧ "type": "array" } } }' },
    checkMember: {
      names: ['type'],
      of: {
        schema: mustHaveItems,
        parameter: mustHaveItems,
        items: mustHaveItems,
        header: mustHaveItems,
      },
    },
  },
  {
    id: 'notification-url-internal',
    level: 'warning',
    message: 'The notification URL must be internal.',
    hint: 'Add "x-ms-visibility": "internal".',
    reason: 'The platform fills the notification URL in; a user who sees it can only spoil it.',
    sources: ['SV'],
    good: {
      definition: `{ "paths": { "/hooks": { "post": { "parameters": [{ "in": "body", "schema": {
  "properties": { "url": { "type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal" } } } }] } } } }`,
    },
    bad: {
      definition: `{ "paths": { "/hooks": { "post": { "parameters": [{ "in": "body", "schema": {
  "properties": { "url": ⟦{ "type": "string", "x-ms-notification-url": true }⟧ } } }] } } } }`,
    },
    check: {
      usedSchema: (node, report) => {
        const isUrl = node.value['x-ms-notification-url'] === true;
        if (isUrl && node.use.role === 'input' && !node.use.isInternal) report(node);
      },
    },
  },
  {
    id: 'constraint-type',
    level: 'error',
    message: "'{name}' must be a number.",
    reason: 'A limit that is no number limits nothing.',
    sources: ['S2'],
    good: { definition: '{ "definitions": { "Name": { "type": "string", "maxLength": 10 } } }' },
    bad: { definition: '{ "definitions": { "Name": { "type": "string", "maxLength": ⟦"10"⟧ } } }' },
    checkMember: {
      names: ['minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength', 'minItems', 'maxItems'],
      of: {
        schema: mustBeNumber,
        parameter: mustBeNumber,
        items: mustBeNumber,
        header: mustBeNumber,
      },
    },
  },
];
