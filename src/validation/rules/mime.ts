import { isArray, isString } from '../../json/value.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

/** Type and subtype, each a token of RFC 9110, before any parameters. */
const mimeType = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+$/u;

function mustBeMimeTypes(member: Location, report: Report): void {
  const { value } = member;
  if (!isArray(value)) return;
  for (const [index, item] of value.entries()) {
    if (!isString(item)) continue;
    const [type = ''] = item.split(';', 1);
    if (!mimeType.test(type.trim())) report(member.at(index), { value: item });
  }
}

export const mimeRules: readonly Rule[] = [
  {
    id: 'mime-invalid',
    level: 'error',
    message: "'{value}' is not a valid MIME type.",
    hint: 'Write type and subtype, such as application/json.',
    reason: 'What an operation takes and gives is told by the MIME types of the Content-Type header.',
    sources: ['SV'],
    good: [
      { definition: '{ "consumes": ["application/json"], "produces": ["text/plain; charset=utf-8"] }' },
      { definition: '{ "consumes": { "0": "json" } }' },
      { definition: '{ "consumes": [5] }' },
    ],
    bad: [
      { definition: '{ "consumes": [⟦"json"⟧], "produces": ["text/plain; charset=utf-8"] }' },
      { definition: '{ "paths": { "/orders": { "get": { "produces": [⟦"json"⟧] } } } }' },
    ],
    checkMember: { names: ['consumes', 'produces'], of: { definition: mustBeMimeTypes, operation: mustBeMimeTypes } },
  },
];
