import { oneOf, renaming } from '../engine/checks.ts';
import { isObject } from '../../json/value.ts';
import { knownExtensions } from '../knowledge/known-extensions.ts';
import { nearestNames } from '../../nearest-name.ts';
import type { Location } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';

const known: ReadonlySet<string> = new Set(knownExtensions);

function isUnknown(name: string): boolean {
  return name.startsWith('x-ms') && !known.has(name);
}

/** The known extensions that are most like an unknown one. */
function likeExtensions(name: string): readonly string[] {
  return nearestNames(name, knownExtensions);
}

const visibilities = ['important', 'advanced', 'internal'];
const mustBeVisibility = oneOf(visibilities);

function isEmptyVisibility({ value }: Location): boolean {
  return value === '' || (typeof value === 'string' && value.toLowerCase() === 'none');
}

/** The visibility that a text is but for the case of its letters; undefined also when it is right. */
function visibilityInWrongCase({ value }: Location): string | undefined {
  if (typeof value !== 'string' || visibilities.includes(value)) return undefined;
  return visibilities.find((visibility) => visibility === value.toLowerCase());
}

const nextLinks: ReadonlySet<unknown> = new Set(['nextLink', '@odata.nextLink']);

export const extensionRules: readonly Rule[] = [
  {
    id: 'extension-misspelled',
    level: 'warning',
    message: "Unknown extension '{name}'{suggestion}.",
    reason: 'The service ignores extensions that it does not know, so one typing error and it has no effect.',
    sources: ['OX', 'JD'],
    good: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-summary": "ID" } } }' },
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-remark": "ID" } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "id": { "name": "id", "in": "query", ⟦"x-ms-sumary"⟧: "ID" } } }' }],
    checkMember: {
      names: (name) => isUnknown(name) && likeExtensions(name).length > 0,
      of: {
        object: (member, report) => {
          report(member, { name: member.name }, () => {
            const [suggestion, ...others] = likeExtensions(member.name);
            // When another is as near, nobody can tell which was meant.
            const fix = suggestion !== undefined && others.length === 0 ? renaming(member, suggestion) : undefined;
            return { mark: 'name', suggestion, fix };
          });
        },
      },
    },
  },
  {
    id: 'extension-unknown',
    level: 'info',
    message: "Unknown extension '{name}'.",
    reason: 'The service ignores extensions that it does not know. Names of your own begin with x- but not with x-ms-.',
    sources: ['OX', 'JD'],
    good: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-contoso-note": "ID" } } }' },
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-sumary": "ID" } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "id": { "name": "id", "in": "query", ⟦"x-ms-remark"⟧: "ID" } } }' }],
    checkMember: {
      names: (name) => isUnknown(name) && likeExtensions(name).length === 0,
      of: { object: (member, report) => report(member, { name: member.name }, { mark: 'name' }) },
    },
  },
  {
    id: 'visibility-invalid',
    level: 'error',
    message: "'{value}' is not a visibility{suggestion}.",
    reason: 'Visibility is important, advanced or internal. Leave it out for what is none of these.',
    sources: ['OX', 'JD'],
    good: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-visibility": "advanced" } } }' },
      ...['important', 'internal', 'Advanced', 'none'].map((visibility) => ({
        definition: `{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-visibility": "${visibility}" } } }`,
      })),
    ],
    bad: [{ definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-visibility": ⟦"hidden"⟧ } } }' }],
    checkMember: {
      names: ['x-ms-visibility'],
      of: {
        object: (member, report, node, connector) => {
          if (isEmptyVisibility(member) || visibilityInWrongCase(member) !== undefined) return;
          mustBeVisibility(member, report, node, connector);
        },
      },
    },
  },
  {
    id: 'visibility-case',
    level: 'warning',
    message: "Write '{visibility}' in lower case.",
    reason: 'Where the case of its letters counts, the visibility has no effect.',
    sources: ['OX', 'JD'],
    good: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-visibility": "advanced" } } }' },
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-visibility": 5 } } }' },
    ],
    bad: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-visibility": ⟦"Advanced"⟧ } } }' },
    ],
    checkMember: {
      names: ['x-ms-visibility'],
      of: {
        object: (member, report) => {
          const visibility = visibilityInWrongCase(member);
          if (visibility !== undefined) report(member, { visibility }, { fix: { replace: visibility } });
        },
      },
    },
  },
  {
    id: 'visibility-empty',
    level: 'info',
    message: 'Remove the empty visibility.',
    reason: 'What is neither important nor advanced nor internal has no visibility.',
    sources: ['SG'],
    good: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query" } } }' },
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-visibility": "advanced" } } }' },
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-visibility": 5 } } }' },
    ],
    bad: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-visibility": ⟦"none"⟧ } } }' },
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-visibility": ⟦""⟧ } } }' },
    ],
    checkMember: {
      names: ['x-ms-visibility'],
      of: {
        object: (member, report) => {
          if (isEmptyVisibility(member)) report(member, {}, { fix: { remove: true } });
        },
      },
    },
  },
  {
    id: 'url-encoding-invalid',
    level: 'error',
    message: "'{value}' is not an encoding{suggestion}.",
    reason: 'Values go into the path encoded once or twice: single or double.',
    sources: ['OX', 'JD'],
    good: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "path", "x-ms-url-encoding": "single" } } }' },
      { definition: '{ "parameters": { "id": { "name": "id", "in": "path", "x-ms-url-encoding": "double" } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "id": { "name": "id", "in": "path", "x-ms-url-encoding": ⟦"once"⟧ } } }' }],
    checkMember: { names: ['x-ms-url-encoding'], of: { parameter: oneOf(['single', 'double']) } },
  },
  {
    id: 'pageable-invalid',
    level: 'error',
    message: "'x-ms-pageable' needs 'nextLinkName'.",
    reason: 'The next page is found by the address in this property of the response.',
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
    reason: 'The platform asks for further pages only when the address of the next one has one of these names.',
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
