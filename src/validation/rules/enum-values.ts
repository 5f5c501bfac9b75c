import { isArray, isObject, type JsonObject } from '../../json/value.ts';
import { ofAnySchema, valueKey } from '../engine/any-schema.ts';
import { reportMissing } from '../engine/checks.ts';
import type { Location } from '../engine/location.ts';
import { shownValue } from '../engine/message.ts';
import type { Report, Rule } from '../engine/rule.ts';

function mustHaveValueAndName(member: Location, report: Report): void {
  if (!isArray(member.value)) {
    report(member);
    return;
  }
  for (const [index, entry] of member.value.entries()) {
    if (!isObject(entry)) report(member.at(index));
    else reportMissing(member.at(index), ['value', 'displayName'], report);
  }
}

function mustBeInEnum(member: Location, report: Report, node: Location<JsonObject>): void {
  const allowed = node.value['enum'];
  if (!isArray(member.value) || !isArray(allowed)) return;
  const keys = new Set(allowed.map(valueKey));
  for (const [index, entry] of member.value.entries()) {
    if (!isObject(entry) || entry['value'] === undefined || keys.has(valueKey(entry['value']))) continue;
    report(member.at(index, 'value'), { value: shownValue(entry['value']) });
  }
}

function mustDiffer(member: Location, report: Report): void {
  if (!isArray(member.value)) return;
  const first = new Map<unknown, number>();
  for (const [index, entry] of member.value.entries()) {
    if (!isObject(entry) || entry['value'] === undefined) continue;
    const key = valueKey(entry['value']);
    const before = first.get(key);
    if (before === undefined) first.set(key, index);
    else {
      report(member.at(index, 'value'), { value: shownValue(entry['value']) }, () => ({
        related: [{ location: member.at(before), message: 'The first display name.' }],
      }));
    }
  }
}

export const enumValuesRules: readonly Rule[] = [
  {
    id: 'enum-values-invalid',
    level: 'error',
    message: "Each entry needs 'value' and 'displayName'.",
    reason: 'Each entry defines the text that users see for a value of the enum.',
    sources: ['SV', 'JD'],
    good: [
      {
        definition: `{ "definitions": { "Size": { "enum": ["s"], "x-ms-enum-values": [
  { "value": "s", "displayName": "Small" }] } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "definitions": { "Size": { "enum": ["s"], "x-ms-enum-values": [
  ⟦{⟧ "value": "s", "name": "Small" }] } } }`,
      },
      { definition: '{ "definitions": { "Size": { "enum": ["s"], "x-ms-enum-values": ⟦"s"⟧ } } }' },
      {
        definition:
          '{ "definitions": { "Size": { "enum": ["s"], "x-ms-enum-values": [⟦"s"⟧, ⟦{⟧ "displayName": "Small" }] } } }',
      },
    ],
    checkMember: { names: ['x-ms-enum-values'], of: ofAnySchema(mustHaveValueAndName) },
  },
  {
    id: 'enum-values-unknown',
    level: 'error',
    message: "'{value}' isn't one of the enum values.",
    reason: 'Users would see a value that the API rejects.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "definitions": { "Size": { "enum": ["s"], "x-ms-enum-values": [
  { "value": "s", "displayName": "Small" }] } } }`,
      },
      { definition: '{ "definitions": { "Size": { "enum": ["s"], "x-ms-enum-values": "s" } } }' },
      {
        definition: '{ "definitions": { "Size": { "x-ms-enum-values": [{ "value": "s", "displayName": "Small" }] } } }',
      },
      { definition: '{ "definitions": { "Size": { "enum": ["s"], "x-ms-enum-values": [null] } } }' },
      {
        definition:
          '{ "definitions": { "Size": { "enum": ["s"], "x-ms-enum-values": [{ "displayName": "Small" }] } } }',
      },
    ],
    bad: [
      {
        definition: `{ "definitions": { "Size": { "enum": ["s"], "x-ms-enum-values": [
  { "value": ⟦"S"⟧, "displayName": "Small" }] } } }`,
      },
    ],
    checkMember: { names: ['x-ms-enum-values'], of: ofAnySchema(mustBeInEnum) },
  },
  {
    id: 'enum-values-duplicate',
    level: 'error',
    message: "'{value}' has two display names.",
    reason: 'Users would see one value twice under different names.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "definitions": { "Size": { "enum": ["s", "l"], "x-ms-enum-values": [
  { "value": "s", "displayName": "Small" }, { "value": "l", "displayName": "Large" }] } } }`,
      },
      { definition: '{ "definitions": { "Size": { "enum": ["s"], "x-ms-enum-values": "s" } } }' },
      { definition: '{ "definitions": { "Size": { "enum": ["s"], "x-ms-enum-values": [null, {}, {}] } } }' },
    ],
    bad: [
      {
        definition: `{ "definitions": { "Size": { "enum": ["s", "l"], "x-ms-enum-values": [
  { "value": "s", "displayName": "Small" }, { "value": ⟦"s"⟧, "displayName": "Large" }] } } }`,
      },
    ],
    checkMember: { names: ['x-ms-enum-values'], of: ofAnySchema(mustDiffer) },
  },
];
