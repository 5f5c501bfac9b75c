import { oneOf } from '../engine/checks.ts';
import type { Location } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';

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

export const visibilityRules: readonly Rule[] = [
  {
    id: 'visibility-invalid',
    level: 'error',
    message: "'{value}' isn't a visibility{suggestion}.",
    reason: 'The visibility is important, advanced, or internal. Omit it for normal visibility.',
    sources: ['OX', 'JD', 'SV'],
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
    reason: 'Some tools compare the visibility case-sensitively.',
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
    reason: "Omit the visibility if it's neither important, advanced, nor internal.",
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
];
