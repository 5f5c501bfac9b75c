import { isEnvironmentExpression } from '../../connector/expression.ts';
import { isArray, type JsonObject } from '../../json/value.ts';
import { fitsType, fixFromText, ofAnySchema, typeName, valueKey } from '../engine/any-schema.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

function defaultMustFitType(member: Location, report: Report, node: Location<JsonObject>): void {
  const { value } = member;
  const { type } = node.value;
  if (value === null || isEnvironmentExpression(value) || typeof type !== 'string' || fitsType(value, type)) return;
  report(member, { type, type2: typeName(value) }, () => ({ fix: fixFromText(value, type) }));
}

function defaultMustBeInEnum(member: Location, report: Report, node: Location<JsonObject>): void {
  const allowed = node.value['enum'];
  const { value } = member;
  if (value === null || isEnvironmentExpression(value)) return;
  // Of the wrong type, and that nothing is allowed: other rules say so.
  if (!isArray(allowed) || allowed.length === 0 || !fitsType(value, node.value['type'])) return;
  const key = valueKey(value);
  if (!allowed.some((one) => valueKey(one) === key)) report(member);
}

export const defaultRules: readonly Rule[] = [
  {
    id: 'default-type',
    level: 'warning',
    message: 'The default is {type2}, but must be {type}.',
    reason: 'The platform sends the default if the user enters nothing, so it must have the declared type.',
    sources: ['SV', 'I70'],
    good: [
      { definition: '{ "definitions": { "Notify": { "type": "boolean", "default": true } } }' },
      { definition: '{ "definitions": { "Notify": { "type": "boolean", "default": null } } }' },
      { definition: '{ "definitions": { "Notify": { "default": "true" } } }' },
      {
        definition:
          '{ "definitions": { "Notify": { "type": "boolean", "default": "@environmentVariables(\\"cr_Notify\\")" } } }',
      },
    ],
    bad: [{ definition: '{ "definitions": { "Notify": { "type": "boolean", "default": ⟦"true"⟧ } } }' }],
    checkMember: { names: ['default'], of: ofAnySchema(defaultMustFitType) },
  },
  {
    id: 'default-not-in-enum',
    level: 'warning',
    message: "The default isn't one of the enum values.",
    reason: 'The platform sends the default if the user enters nothing, so it must be an allowed value.',
    sources: ['S2'],
    good: [
      { definition: '{ "definitions": { "Color": { "enum": ["red", "blue"], "default": "red" } } }' },
      { definition: '{ "definitions": { "Color": { "default": "green" } } }' },
      { definition: '{ "definitions": { "Color": { "enum": [], "default": "green" } } }' },
      {
        definition:
          '{ "definitions": { "Color": { "enum": ["red"], "default": "@environmentVariables(\\"cr_Color\\")" } } }',
      },
      { definition: '{ "definitions": { "Color": { "enum": ["red", "blue"], "default": null } } }' },
      { definition: '{ "definitions": { "Level": { "type": "integer", "enum": [1, 2], "default": "1" } } }' },
    ],
    bad: [{ definition: '{ "definitions": { "Color": { "enum": ["red", "blue"], "default": ⟦"Red"⟧ } } }' }],
    checkMember: { names: ['default'], of: ofAnySchema(defaultMustBeInEnum) },
  },
];
