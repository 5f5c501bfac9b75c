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
    hint: 'Remove it, or list the values that are allowed.',
    reason: 'An empty list of allowed values allows none.',
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
    message: 'The enum value is {type2} but should be {type}.',
    reason: 'A value of another type than the one declared can never be right.',
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
