import { type JsonObject, jsonType } from '../../json/value.ts';
import { fixFromText, ofAnySchema } from '../engine/any-schema.ts';
import { reportUnknownNames } from '../engine/checks.ts';
import type { Location } from '../engine/location.ts';
import { shownValue } from '../engine/message.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { ui } from './ui.ts';

const counts = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'] as const;

const maximumOf: Readonly<Record<string, string>> = {
  minimum: 'maximum',
  minLength: 'maxLength',
  minItems: 'maxItems',
  minProperties: 'maxProperties',
};

function mustBeNumber(member: Location, report: Report): void {
  const { name, value } = member;
  if (typeof value === 'number') return;
  report(member, { name }, { fix: fixFromText(value, 'number') });
}

function mustNotBeNegative(member: Location, report: Report): void {
  const { name, value } = member;
  if (typeof value === 'number' && (name === 'multipleOf' ? value <= 0 : value < 0)) report(member, { name });
}

function mustNotExceedMaximum(member: Location, report: Report, node: Location<JsonObject>): void {
  const min = member.name;
  const max = maximumOf[min] ?? '';
  const greatest = node.value[max];
  if (typeof member.value !== 'number' || typeof greatest !== 'number' || member.value <= greatest) return;
  report(member, { min, max }, { related: [{ location: node.at(max), message: 'The maximum.' }] });
}

const constraintNames = {
  clearText: '',
  required: '',
  tabIndex: '',
  capability: '',
  hidden: '',
  allowedValues: '',
  dependencies: '',
  default: '',
} as const;

/** The value that was most likely meant by one of the wrong type or case; undefined when none was. */
function meantConstraint({ name, value }: Location): unknown {
  const text = shownValue(value).trim().toLowerCase();
  const isBoolean = text === 'true' || text === 'false';
  switch (name) {
    case 'clearText':
      return isBoolean ? text === 'true' : undefined;
    case 'tabIndex':
      return /^\d{1,9}$/u.test(text) ? Number(text) : undefined;
    default:
      return isBoolean ? text : undefined;
  }
}

function isRightConstraint({ name, value }: Location): boolean {
  switch (name) {
    case 'clearText':
      return jsonType(value) === 'boolean';
    case 'tabIndex':
      return jsonType(value) === 'number';
    default:
      // Of booleans another rule speaks.
      return value === 'true' || value === 'false' || jsonType(value) === 'boolean';
  }
}

export const constraintRules: readonly Rule[] = [
  {
    id: 'constraint-type',
    level: 'error',
    message: "'{name}' must be a number.",
    reason: "A limit that isn't a number has no effect.",
    sources: ['S2'],
    good: [{ definition: '{ "definitions": { "Name": { "type": "string", "maxLength": 10 } } }' }],
    bad: [
      { definition: '{ "definitions": { "Name": { "type": "string", "maxLength": ⟦"10"⟧ } } }' },
      ...['minimum', 'maximum', 'multipleOf'].map((name) => ({
        definition: `{ "definitions": { "Page": { "${name}": ⟦"10"⟧ } } }`,
      })),
    ],
    checkMember: { names: ['minimum', 'maximum', 'multipleOf', ...counts], of: ofAnySchema(mustBeNumber) },
  },
  {
    id: 'constraint-negative',
    level: 'error',
    message: "'{name}' must not be negative.",
    reason: "A length or a number of items can't be negative. 'multipleOf' must be greater than zero.",
    sources: ['SV'],
    good: [
      { definition: '{ "definitions": { "Name": { "type": "string", "minLength": 0 } } }' },
      { definition: '{ "definitions": { "Name": { "type": "string", "minLength": "-1" } } }' },
    ],
    bad: [
      { definition: '{ "definitions": { "Name": { "type": "string", "minLength": ⟦-1⟧ } } }' },
      ...['maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'].map((name) => ({
        definition: `{ "definitions": { "Name": { "${name}": ⟦-1⟧ } } }`,
      })),
      { definition: '{ "definitions": { "Price": { "type": "number", "multipleOf": ⟦0⟧ } } }' },
    ],
    checkMember: { names: ['multipleOf', ...counts], of: ofAnySchema(mustNotBeNegative) },
  },
  {
    id: 'constraint-range',
    level: 'error',
    message: "'{min}' must not exceed '{max}'.",
    reason: 'If the lower limit is greater than the upper limit, no value is valid.',
    sources: ['SV'],
    good: [
      { definition: '{ "definitions": { "Page": { "type": "integer", "minimum": 1, "maximum": 100 } } }' },
      {
        definition:
          '{ "definitions": { "Page": { "minimum": 100, "minLength": "100", "maxLength": 1, "minItems": 5, "maxItems": "1" } } }',
      },
    ],
    bad: [{ definition: '{ "definitions": { "Page": { "type": "integer", "minimum": ⟦100⟧, "maximum": 1 } } }' }],
    checkMember: { names: Object.keys(maximumOf), of: ofAnySchema(mustNotExceedMaximum) },
  },
];

export const uiConstraintRules: readonly Rule[] = [
  {
    id: 'constraint-unknown',
    level: 'warning',
    message: "Unknown constraint '{name}'{suggestion}.",
    reason: 'The service ignores unknown properties. Check the spelling and the location.',
    sources: ['JP'],
    good: [{ properties: ui('{ "constraints": { "required": "true" } }') }],
    bad: [{ properties: ui('{ "constraints": { ⟦"requird"⟧: "true" } }') }],
    check: { constraints: (node, report) => reportUnknownNames(node, constraintNames, report) },
  },
  {
    id: 'constraint-boolean',
    level: 'warning',
    certified: 'error',
    message: 'Use the string "{text}".',
    reason: "Unlike 'clearText', 'required' and 'hidden' must be the strings \"true\" and \"false\".",
    sources: ['JP'],
    good: [{ properties: ui('{ "constraints": { "required": "true" } }') }],
    bad: [
      { properties: ui('{ "constraints": { "required": ⟦true⟧ } }') },
      { properties: ui('{ "constraints": { "hidden": ⟦true⟧ } }') },
    ],
    checkMember: {
      names: ['required', 'hidden'],
      of: {
        constraints: (member, report) => {
          if (typeof member.value !== 'boolean') return;
          const text = String(member.value);
          report(member, { text }, { fix: { replace: text } });
        },
      },
    },
  },
  {
    id: 'constraint-value-invalid',
    level: 'warning',
    message: "'{value}' isn't valid for '{name}'.",
    hint: 'required and hidden are "true" or "false", clearText is true or false, tabIndex is a number.',
    reason: 'The service ignores a constraint with another value.',
    sources: ['JP'],
    good: [
      { properties: ui('{ "constraints": { "clearText": true, "tabIndex": 2 } }') },
      { properties: ui('{ "constraints": { "required": true, "hidden": "true" } }') },
      { properties: ui('{ "constraints": { "required": "false" } }') },
    ],
    bad: [
      { properties: ui('{ "constraints": { "clearText": ⟦"true"⟧, "required": ⟦"yes"⟧ } }') },
      { properties: ui('{ "constraints": { "hidden": ⟦"yes"⟧, "tabIndex": ⟦"2"⟧ } }') },
    ],
    checkMember: {
      names: ['required', 'hidden', 'clearText', 'tabIndex'],
      of: {
        constraints: (member, report) => {
          if (isRightConstraint(member)) return;
          const meant = meantConstraint(member);
          const fix = meant === undefined ? undefined : { replace: meant };
          report(member, { value: shownValue(member.value), name: member.name }, { fix });
        },
      },
    },
  },
];
