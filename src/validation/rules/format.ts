import { ofAnySchema } from '../engine/any-schema.ts';
import { oneOf } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';

const mustBeFormat = oneOf(
  'int32 int64 float double byte binary date date-time password date-no-tz email html uri uuid'.split(' '),
);

/** Not in any document, and no harm: what is not known is shown as text. */
const harmlessFormats = new Set(['guid', 'phone', 'duration', 'time', 'decimal', 'url']);

export const formatRules: readonly Rule[] = [
  {
    id: 'format-unknown',
    level: 'warning',
    message: "Format '{value}' isn't recognized{suggestion}.",
    reason: 'The service ignores unknown formats. For example, a date is then shown as plain text.',
    sources: ['SV', 'JD'],
    good: [
      { definition: '{ "definitions": { "Due": { "type": "string", "format": "date-time" } } }' },
      ...['"guid"', '"phone"', '"duration"', '"time"', '"decimal"', '"url"', '""', '5'].map((format) => ({
        definition: `{ "definitions": { "Due": { "type": "string", "format": ${format} } } }`,
      })),
    ],
    bad: [{ definition: '{ "definitions": { "Due": { "type": "string", "format": ⟦"datetime"⟧ } } }' }],
    checkMember: {
      names: ['format'],
      of: ofAnySchema((member, report, node, connector) => {
        const { value } = member;
        if (typeof value !== 'string' || value === '' || harmlessFormats.has(value)) return;
        mustBeFormat(member, report, node, connector);
      }),
    },
  },
  {
    id: 'format-empty',
    level: 'info',
    message: "'format' is empty.",
    hint: 'Remove it.',
    reason: 'An empty format has no effect.',
    sources: ['JD'],
    good: [
      { definition: '{ "definitions": { "Name": { "type": "string" } } }' },
      { definition: '{ "definitions": { "Due": { "type": "string", "format": "date" } } }' },
    ],
    bad: [{ definition: '{ "definitions": { "Name": { "type": "string", "format": ⟦""⟧ } } }' }],
    checkMember: {
      names: ['format'],
      of: ofAnySchema((member, report) => {
        if (member.value === '') report(member, {}, { fix: { remove: true } });
      }),
    },
  },
];
