import { fitsType, fromText, ofAnySchema, typeName, valueKey } from '../engine/any-schema.ts';
import { isArray, type JsonObject } from '../../json/value.ts';
import { shownValue } from '../engine/message.ts';
import type { Location } from '../engine/location.ts';
import type { Report, ReportOptions, Rule } from '../engine/rule.ts';

/** A text that plainly says a value of the type is put right. */
function meantValue(value: unknown, type: unknown): ReportOptions {
  const meant = fromText(value, type);
  return { fix: meant === undefined ? undefined : { replace: meant } };
}

function reportRepeated(member: Location, report: Report): void {
  const { value: values } = member;
  if (!isArray(values) || values.length < 2 || areDifferent(values)) return;
  const first = new Map<unknown, number>();
  for (const [index, value] of values.entries()) {
    const key = valueKey(value);
    const before = first.get(key);
    if (before === undefined) first.set(key, index);
    else {
      report(member.at(index), { value: shownValue(value) }, () => ({
        related: [{ location: member.at(before), message: 'The first one is here.' }],
        fix: { remove: true },
      }));
    }
  }
}

/** Nearly all lists are texts or numbers, of which none comes twice. */
function areDifferent(values: readonly unknown[]): boolean {
  return !values.some((value) => typeof value === 'object') && new Set(values).size === values.length;
}

function enumMustFitType(member: Location, report: Report, node: Location<JsonObject>): void {
  const { type } = node.value;
  if (typeof type !== 'string' || !isArray(member.value)) return;
  for (const [index, value] of member.value.entries()) {
    if (fitsType(value, type)) continue;
    report(member.at(index), { type, type2: typeName(value) }, () => meantValue(value, type));
  }
}

function defaultMustFitType(member: Location, report: Report, node: Location<JsonObject>): void {
  const { value } = member;
  const { type } = node.value;
  if (value === null || typeof type !== 'string' || fitsType(value, type)) return;
  report(member, { type, type2: typeName(value) }, () => meantValue(value, type));
}

function defaultMustBeInEnum(member: Location, report: Report, node: Location<JsonObject>): void {
  const allowed = node.value['enum'];
  const { value } = member;
  // Of the wrong type: another rule says so.
  if (!isArray(allowed) || value === null || !fitsType(value, node.value['type'])) return;
  const key = valueKey(value);
  if (!allowed.some((one) => valueKey(one) === key)) report(member);
}

export const schemaValueRules: readonly Rule[] = [
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
    id: 'array-duplicate-value',
    level: 'error',
    message: "The array contains the value '{value}' twice.",
    reason: 'Each allowed value and each required name is listed once.',
    sources: ['SV'],
    good: [
      { definition: '{ "definitions": { "Color": { "type": "string", "enum": ["red", "blue"] } } }' },
      { definition: '{ "definitions": { "Color": { "type": "string", "enum": "red" } } }' },
    ],
    bad: [
      { definition: '{ "definitions": { "Color": { "type": "string", "enum": ["red", "blue", ⟦"red"⟧] } } }' },
      { definition: '{ "definitions": { "Color": { "enum": [{ "red": 1 }, ⟦{ "red": 1 }⟧] } } }' },
      { definition: '{ "definitions": { "Color": { "required": ["red", ⟦"red"⟧] } } }' },
    ],
    checkMember: { names: ['enum', 'required'], of: ofAnySchema(reportRepeated) },
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
  {
    id: 'default-type',
    level: 'warning',
    message: 'The default is {type2} but should be {type}.',
    reason: 'The default is sent where the user gives nothing, so it must be a value of the declared type.',
    sources: ['SV', 'I70'],
    good: [
      { definition: '{ "definitions": { "Notify": { "type": "boolean", "default": true } } }' },
      { definition: '{ "definitions": { "Notify": { "type": "boolean", "default": null } } }' },
      { definition: '{ "definitions": { "Notify": { "default": "true" } } }' },
    ],
    bad: [{ definition: '{ "definitions": { "Notify": { "type": "boolean", "default": ⟦"true"⟧ } } }' }],
    checkMember: { names: ['default'], of: ofAnySchema(defaultMustFitType) },
  },
  {
    id: 'default-not-in-enum',
    level: 'warning',
    message: 'The default is not one of the enum values.',
    reason: 'The default is sent where the user gives nothing, so it must be one of the allowed values.',
    sources: ['S2'],
    good: [
      { definition: '{ "definitions": { "Color": { "enum": ["red", "blue"], "default": "red" } } }' },
      { definition: '{ "definitions": { "Color": { "default": "green" } } }' },
      { definition: '{ "definitions": { "Color": { "enum": ["red", "blue"], "default": null } } }' },
      { definition: '{ "definitions": { "Level": { "type": "integer", "enum": [1, 2], "default": "1" } } }' },
    ],
    bad: [{ definition: '{ "definitions": { "Color": { "enum": ["red", "blue"], "default": ⟦"Red"⟧ } } }' }],
    checkMember: { names: ['default'], of: ofAnySchema(defaultMustBeInEnum) },
  },
];
