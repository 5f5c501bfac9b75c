import { isObject } from '../../json/value.ts';
import type { Rule } from '../engine/rule.ts';

const nextLinks: ReadonlySet<unknown> = new Set(['nextLink', '@odata.nextLink']);

export const pageableRules: readonly Rule[] = [
  {
    id: 'pageable-invalid',
    level: 'warning',
    message: "'x-ms-pageable' needs 'nextLinkName'.",
    reason: 'The platform reads the URL of the next page from this property of the response.',
    sources: ['JD'],
    good: [{ definition: '{ "paths": { "/a": { "get": { "x-ms-pageable": { "nextLinkName": "nextLink" } } } } }' }],
    bad: [
      { definition: '{ "paths": { "/a": { "get": { "x-ms-pageable": ⟦{⟧} } } } }' },
      { definition: '{ "paths": { "/a": { "get": { "x-ms-pageable": ⟦"nextLink"⟧ } } } }' },
    ],
    checkMember: {
      names: ['x-ms-pageable'],
      of: {
        operation: (member, report) => {
          const name = member.at('nextLinkName');
          if (name.value === undefined) report(isObject(member.value) ? name : member);
        },
      },
    },
  },
  {
    id: 'pageable-next-link',
    level: 'warning',
    message: "Supported values are 'nextLink' and '@odata.nextLink'.",
    reason: 'The platform requests more pages only if the property with the next URL has one of these names.',
    sources: ['SV'],
    good: [
      { definition: '{ "paths": { "/a": { "get": { "x-ms-pageable": { "nextLinkName": "nextLink" } } } } }' },
      { definition: '{ "paths": { "/a": { "get": { "x-ms-pageable": { "nextLinkName": "@odata.nextLink" } } } } }' },
      { definition: '{ "paths": { "/a": { "get": { "x-ms-pageable": {} } } } }' },
    ],
    bad: [{ definition: '{ "paths": { "/a": { "get": { "x-ms-pageable": { "nextLinkName": ⟦"next"⟧ } } } } }' }],
    checkMember: {
      names: ['x-ms-pageable'],
      of: {
        operation: (member, report) => {
          const name = member.at('nextLinkName');
          if (name.value !== undefined && !nextLinks.has(name.value)) report(name);
        },
      },
    },
  },
];
