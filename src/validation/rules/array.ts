import { isArray } from '../../json/value.ts';
import { ofAnySchema, valueKey } from '../engine/any-schema.ts';
import { reportMissing } from '../engine/checks.ts';
import type { Location } from '../engine/location.ts';
import { shownValue } from '../engine/message.ts';
import type { Report, Rule } from '../engine/rule.ts';

function mustHaveItems(type: Location, report: Report, node: Location): void {
  if (type.value === 'array') reportMissing(node, ['items'], report);
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
        related: [{ location: member.at(before), message: 'The first use.' }],
        fix: { remove: true },
      }));
    }
  }
}

/** Nearly all lists are texts or numbers, of which none comes twice. */
function areDifferent(values: readonly unknown[]): boolean {
  return !values.some((value) => typeof value === 'object') && new Set(values).size === values.length;
}

export const arrayRules: readonly Rule[] = [
  {
    id: 'array-items-missing',
    level: 'error',
    message: "An array needs 'items'.",
    reason: "Without 'items', the designer can't offer the values in the array.",
    sources: ['SV'],
    good: [{ definition: '{ "definitions": { "List": { "type": "array", "items": { "type": "string" } } } }' }],
    bad: [{ definition: '{ "definitions": { "List": ⟦{⟧ "type": "array" } } }' }],
    checkMember: { names: ['type'], of: ofAnySchema(mustHaveItems) },
  },
  {
    id: 'array-duplicate-value',
    level: 'error',
    message: "The array contains the value '{value}' twice.",
    reason: 'Allowed values and required names must be unique.',
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
];
