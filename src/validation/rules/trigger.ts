import { isObject, isText } from '../../json/value.ts';
import { oneOf, reportMissing } from '../engine/checks.ts';
import type { Definition } from '../engine/definition.ts';
import type { Location } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import { schemaParts } from '../engine/schema-parts.ts';

/** Whether a schema is an array, or an object with one in it. */
function hasArray(definition: Definition, schema: Location): boolean {
  return schemaParts(definition, schema).some((part) => {
    const { type, properties } = part.value;
    if (type === 'array') return true;
    if (!isObject(properties)) return false;
    return Object.keys(properties).some((name) => {
      const property = definition.follow(part.at('properties', name))?.value;
      return isObject(property) && property['type'] === 'array';
    });
  });
}

const trigger = (rest: string): string =>
  `{ "paths": { "/events": { "get": { "operationId": "OnEvent", "x-ms-trigger": "batch",
  ${rest} } } } }`;

export const triggerRules: readonly Rule[] = [
  {
    id: 'trigger-invalid',
    level: 'error',
    message: "'{value}' isn't a kind of trigger{suggestion}.",
    reason: 'A trigger returns one event (single) or several events (batch).',
    sources: ['OX', 'JD', 'SV'],
    good: [
      { definition: '{ "paths": { "/events": { "get": { "x-ms-trigger": "batch" } } } }' },
      { definition: '{ "paths": { "/events": { "get": { "x-ms-trigger": "single" } } } }' },
    ],
    bad: [{ definition: '{ "paths": { "/events": { "get": { "x-ms-trigger": ⟦"polling"⟧ } } } }' }],
    checkMember: { names: ['x-ms-trigger'], of: { operation: oneOf(['single', 'batch']) } },
  },
  {
    id: 'trigger-hint-missing',
    level: 'info',
    common: true,
    message: 'Add a trigger hint.',
    hint: 'Describe in "x-ms-trigger-hint" how a user can make the trigger fire.',
    reason: 'Users who test a flow need to know how to cause the event.',
    sources: ['OX'],
    good: [{ definition: trigger('"x-ms-trigger-hint": "To see it work, add an event."') }],
    bad: [{ definition: '{ "paths": { "/events": { "get": ⟦{⟧ "x-ms-trigger": "batch" } } } }' }],
    checkMember: {
      names: ['x-ms-trigger'],
      of: {
        operation: (_member, report, node) => {
          reportMissing(node, ['x-ms-trigger-hint'], report);
        },
      },
    },
  },
  {
    id: 'trigger-hint-non-trigger',
    level: 'warning',
    message: 'The hint applies to triggers.',
    hint: 'Remove it, or make the operation a trigger with "x-ms-trigger".',
    reason: "The designer doesn't show the hint of an action.",
    sources: ['OX'],
    good: [
      { definition: trigger('"x-ms-trigger-hint": "To see it work, add an event."') },
      { definition: '{ "paths": { "/events": { "get": { "x-ms-trigger-hint": "" } } } }' },
    ],
    bad: [
      {
        definition: '{ "paths": { "/events": { "get": { ⟦"x-ms-trigger-hint"⟧: "To see it work, add an event." } } } }',
      },
    ],
    checkMember: {
      names: ['x-ms-trigger-hint'],
      of: {
        operation: (member, report, node) => {
          if (node.isTrigger || !isText(member.value)) return;
          report(member, {}, { mark: 'name', because: [node.at('x-ms-trigger')] });
        },
      },
    },
  },
  {
    id: 'trigger-batch-not-array',
    level: 'warning',
    message: 'A batch trigger must return an array.',
    hint: 'Use "single" if each response is one event.',
    reason: 'A flow runs once for each item of the array that a batch trigger returns.',
    sources: ['OX'],
    good: [
      { definition: trigger('"responses": { "200": { "schema": { "type": "array", "items": {} } } }') },
      ...[
        '"responses": { "200": { "schema": { "properties": { "value": { "type": "array", "items": {} } } } } }',
        '"responses": { "200": { "schema": 5 } }',
        '"responses": { "200": { "$ref": "#/responses/Events" } }',
      ].map((responses) => ({ definition: trigger(responses) })),
      {
        definition: trigger('"responses": { "200": { "schema": { "type": "object" } } }').replace('batch', 'single'),
      },
    ],
    bad: [
      { definition: trigger('"responses": { "200": { "schema": ⟦{ "type": "object" }⟧ } }') },
      {
        definition: trigger(`"responses": { "200": { "schema": ⟦{
    "properties": { "id": { "type": "string" }, "note": null, "any": 5 } }⟧ } }`),
      },
    ],
    checkMember: {
      names: ['x-ms-trigger'],
      of: {
        operation: (member, report, node, { definition }) => {
          if (member.value !== 'batch' || !definition) return;
          const response = definition.follow(node.at('responses', '200'));
          const schema = response?.at('schema');
          if (!schema || !isObject(schema.value) || hasArray(definition, schema)) return;
          report(schema, {}, { because: [schema.at('type')] });
        },
      },
    },
  },
];
