import { isArray, type JsonObject } from '../../json/value.ts';
import { fitsType, fixFromText, ofAnySchema, typeName } from '../engine/any-schema.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

function enumMustFitType(member: Location, report: Report, node: Location<JsonObject>): void {
  const { type } = node.value;
  if (typeof type !== 'string' || !isArray(member.value)) return;
  for (const [index, value] of member.value.entries()) {
    if (fitsType(value, type)) continue;
    report(member.at(index), { type, type2: typeName(value) }, () => ({ fix: fixFromText(value, type) }));
  }
}

export const enumRules: readonly Rule[] = [
  {
    id: 'enum-empty',
    level: 'error',
    message: "'enum' needs at least one value.",
    hint: 'Remove it, or list the allowed values.',
    reason: 'With an empty list, no value is allowed.',
    sources: ['SV'],
    good: [
      { definition: '{ "definitions": { "Color": { "type": "string", "enum": ["red", "blue"] } } }' },
      { definition: '{ "definitions": { "Color": { "type": "string", "enum": "" } } }' },
    ],
    bad: [{ definition: '{ "definitions": { "Color": { "type": "string", "enum": ⟦[]⟧ } } }' }],
    checkMember: {
      names: ['enum'],
      of: ofAnySchema((member, report) => {
        if (isArray(member.value) && member.value.length === 0) report(member);
      }),
    },
  },
  {
    id: 'enum-type',
    level: 'warning',
    message: 'The enum value is {type2}, but must be {type}.',
    reason: "A value that doesn't have the declared type can never be valid.",
    sources: ['SV'],
    good: [
      { definition: '{ "definitions": { "Level": { "type": "integer", "enum": [1, 2] } } }' },
      { definition: '{ "definitions": { "Level": { "enum": [1, "2"] } } }' },
      { definition: '{ "definitions": { "Level": { "type": "integer", "enum": "1" } } }' },
    ],
    bad: [{ definition: '{ "definitions": { "Level": { "type": "integer", "enum": [1, ⟦"2"⟧] } } }' }],
    checkMember: { names: ['enum'], of: ofAnySchema(enumMustFitType) },
  },
];
