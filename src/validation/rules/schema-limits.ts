import { fromText, ofAnySchema } from '../engine/any-schema.ts';
import type { JsonObject } from '../../json/value.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

const counts = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'] as const;

const maximumOf: Readonly<Record<string, string>> = {
  minimum: 'maximum',
  minLength: 'maxLength',
  minItems: 'maxItems',
  minProperties: 'maxProperties',
};

const limitOf: Readonly<Record<string, string>> = { exclusiveMinimum: 'minimum', exclusiveMaximum: 'maximum' };

function mustBeNumber(member: Location, report: Report): void {
  const { name, value } = member;
  if (typeof value === 'number') return;
  const number = fromText(value, 'number');
  report(member, { name }, { fix: number === undefined ? undefined : { replace: number } });
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
  report(member, { min, max }, { related: [{ location: node.at(max), message: 'The maximum is here.' }] });
}

function mustHaveLimit(member: Location, report: Report, node: Location<JsonObject>): void {
  const { name } = member;
  const limit = limitOf[name] ?? '';
  if (member.value === true && node.value[limit] === undefined) report(member, { name, limit }, { mark: 'name' });
}

/** Longer ones are not tried: they would take time, and no person wrote them. */
const longestPattern = 10_000;

/** Groups that .NET, in which the service is written, knows and JavaScript does not: `(?i)`, `(?>…)`, `(?'name'…)`. */
const foreignGroup = /\(\?[^:=!<]/u;

function mustBeRegularExpression(member: Location, report: Report): void {
  const { value } = member;
  if (typeof value !== 'string' || value.length > longestPattern || isRegularExpression(value)) return;
  if (!foreignGroup.test(value)) report(member);
}

function isRegularExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    // What is wrong with it JavaScript tells in its own words, and those of the service differ.
    return false;
  }
}

export const schemaLimitRules: readonly Rule[] = [
  {
    id: 'constraint-type',
    level: 'error',
    message: "'{name}' must be a number.",
    reason: 'A limit that is no number limits nothing.',
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
    reason: 'Lengths and numbers of items start at zero, and everything is a multiple of something above it.',
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
    reason: 'With a lower limit above the upper one no value is right.',
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
  {
    id: 'exclusive-without-limit',
    level: 'error',
    message: "'{name}' needs '{limit}'.",
    reason: 'In OpenAPI 2.0 it only says of the limit beside it that the limit itself is not allowed.',
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
  {
    id: 'pattern-invalid',
    level: 'error',
    message: "'pattern' is not a valid regular expression.",
    hint: 'Backslashes are doubled in JSON: "\\\\d+".',
    reason: 'Texts are matched against the pattern, which must be a regular expression for that.',
    sources: ['SV'],
    good: [
      { definition: '{ "definitions": { "Code": { "type": "string", "pattern": "^[A-Z]{2}$" } } }' },
      { definition: '{ "definitions": { "Code": { "type": "string", "pattern": ["("] } } }' },
      { definition: '{ "definitions": { "Code": { "type": "string", "pattern": "(?>[A-Z]+)$" } } }' },
      {
        definition: `{ "definitions": { "Code": { "type": "string", "pattern": "${'('.repeat(longestPattern + 1)}" } } }`,
      },
    ],
    bad: [{ definition: '{ "definitions": { "Code": { "type": "string", "pattern": ⟦"^[A-Z{2}$"⟧ } } }' }],
    checkMember: { names: ['pattern'], of: ofAnySchema(mustBeRegularExpression) },
  },
];
