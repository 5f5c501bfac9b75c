import type { JsonObject } from '../../json/value.ts';
import { ofAnySchema } from '../engine/any-schema.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

const limitOf: Readonly<Record<string, string>> = { exclusiveMinimum: 'minimum', exclusiveMaximum: 'maximum' };

function mustHaveLimit(member: Location, report: Report, node: Location<JsonObject>): void {
  const { name } = member;
  const limit = limitOf[name] ?? '';
  if (member.value === true && node.value[limit] === undefined) report(member, { name, limit }, { mark: 'name' });
}

export const exclusiveRules: readonly Rule[] = [
  {
    id: 'exclusive-without-limit',
    level: 'error',
    message: "'{name}' needs '{limit}'.",
    reason: "In OpenAPI 2.0, it's a Boolean that excludes the limit itself, so it requires a limit.",
    sources: ['SV'],
    good: [
      {
        definition: '{ "definitions": { "Price": { "type": "number", "minimum": 0, "exclusiveMinimum": true } } }',
      },
      { definition: '{ "definitions": { "Price": { "type": "number", "exclusiveMinimum": false } } }' },
    ],
    bad: [{ definition: '{ "definitions": { "Price": { "type": "number", ⟦"exclusiveMinimum"⟧: true } } }' }],
    checkMember: { names: Object.keys(limitOf), of: ofAnySchema(mustHaveLimit) },
  },
];
