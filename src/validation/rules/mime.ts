import { isArray, isString } from '../../json/value.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

/** Type and subtype, each a token of RFC 9110, before any parameters. */
const mimeType = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+$/u;

/** What the designers show the members of; the service warns of others. */
const supported: ReadonlySet<string> = new Set([
  'application/json',
  'text/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
]);

/** Reports the types that are wrong, each without its parameters and in lower case. */
function typesMust(isRight: (type: string) => boolean): (member: Location, report: Report) => void {
  return (member, report) => {
    const { value } = member;
    if (!isArray(value)) return;
    for (const [index, item] of value.entries()) {
      if (!isString(item)) continue;
      const [type = ''] = item.split(';', 1);
      if (!isRight(type.trim().toLowerCase())) report(member.at(index), { value: item });
    }
  };
}

const mustBeMimeTypes = typesMust((type) => mimeType.test(type));

const mustBeSupported = typesMust((type) => supported.has(type) || !mimeType.test(type));

export const mimeRules: readonly Rule[] = [
  {
    id: 'mime-invalid',
    level: 'error',
    message: "'{value}' isn't a valid MIME type.",
    hint: 'Use a type and a subtype, such as application/json.',
    reason: "'consumes' and 'produces' list the MIME types of requests and responses.",
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
  {
    id: 'mime-not-supported',
    level: 'info',
    message: "The service doesn't support the MIME type '{value}'.",
    hint: "The operation works, but the designer doesn't show the properties of such content.",
    reason: 'The service supports JSON, plain text, and forms. It reports a warning for any other type.',
    sources: ['SV'],
    good: [
      { definition: '{ "consumes": ["application/JSON; charset=utf-8", "text/json", "text/plain"] }' },
      { definition: '{ "consumes": ["application/x-www-form-urlencoded", "multipart/form-data"] }' },
      { definition: '{ "consumes": ["json"] }' },
    ],
    bad: [
      { definition: '{ "produces": ["application/json", ⟦"application/pdf"⟧] }' },
      { definition: '{ "paths": { "/orders": { "get": { "produces": [⟦"image/png"⟧] } } } }' },
    ],
    checkMember: { names: ['consumes', 'produces'], of: { definition: mustBeSupported, operation: mustBeSupported } },
  },
];
