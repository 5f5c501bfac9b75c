import { isObject, member as memberOf } from '../../json/value.ts';
import { isNoText, reportMissing } from '../engine/checks.ts';
import type { Location } from '../engine/location.ts';
import type { OperationNode } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';

const names = ['x-ms-api-annotation'];

const types: Readonly<Record<string, 'number' | 'string'>> = { revision: 'number', family: 'string' };

/** What tells one revision of an operation from all others; undefined when it is not annotated as one. */
function revisionOf(operation: OperationNode): { readonly family: string; readonly revision: number } | undefined {
  const annotation = operation.value['x-ms-api-annotation'];
  const family = memberOf(annotation, 'family');
  const revision = memberOf(annotation, 'revision');
  return typeof family === 'string' && typeof revision === 'number' ? { family, revision } : undefined;
}

const example = (annotation: string, rest = ''): string =>
  `{ "paths": { "/items": { "get": { "operationId": "GetItems", ${rest}
  "x-ms-api-annotation": ${annotation} } } } }`;

export const annotationRules: readonly Rule[] = [
  {
    id: 'annotation-invalid',
    level: 'error',
    message: "'{name}' must be a {type}.",
    reason: 'A revision is a number, and belongs to a family that has a name.',
    sources: ['OX', 'OV', 'SV'],
    good: [
      { definition: example('{ "family": "GetItems", "revision": 1 }') },
      { definition: example('{ "family": "GetItems" }') },
    ],
    bad: [{ definition: example('{ "family": "GetItems", "revision": ⟦"1"⟧ }') }],
    checkMember: {
      names,
      of: {
        operation: (member, report) => {
          for (const [name, type] of Object.entries(types)) {
            const location = member.at(name);
            if (location.value === undefined || typeof location.value === type) continue;
            const isNumber =
              type === 'number' && typeof location.value === 'string' && /^[1-9]\d{0,8}$/u.test(location.value);
            report(location, { name, type }, { fix: isNumber ? { replace: Number(location.value) } : undefined });
          }
        },
      },
    },
  },
  {
    id: 'annotation-revision-missing',
    level: 'warning',
    message: "Add a 'revision'.",
    reason: 'The revision determines the newest operation of a family. Users see only that operation.',
    sources: ['SV', 'OV'],
    good: [
      { definition: example('{ "family": "GetItems", "revision": 1 }') },
      { definition: example('{ "replacement": { "api": "items", "operationId": "ListItems" } }') },
    ],
    bad: [{ definition: example('⟦{⟧ "family": "GetItems" }') }],
    checkMember: {
      names,
      of: {
        operation: (member, report) => {
          if (memberOf(member.value, 'family') !== undefined) reportMissing(member, ['revision'], report);
        },
      },
    },
  },
  {
    id: 'annotation-duplicate-revision',
    level: 'error',
    message: "Family '{name}' has revision {revision} twice.",
    reason: 'The revision determines the newest operation of a family, so each revision must be unique.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "paths": {
  "/v1/items": { "get": { "x-ms-api-annotation": { "family": "GetItems", "revision": 1 } } },
  "/v2/items": { "get": { "x-ms-api-annotation": { "family": "GetItems", "revision": 2 } } } } }`,
      },
      {
        definition: `{ "paths": {
  "/v1/items": { "get": { "x-ms-api-annotation": { "revision": 1 } } },
  "/v2/items": { "get": { "x-ms-api-annotation": { "revision": 1 } } } } }`,
      },
      {
        definition: `{ "paths": {
  "/v1/items": { "get": { "x-ms-api-annotation": { "family": "GetItems" } } },
  "/v2/items": { "get": { "x-ms-api-annotation": { "family": "GetItems" } } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": {
  "/v1/items": { "get": { "x-ms-api-annotation": { "family": "GetItems", "revision": 1 } } },
  "/v2/items": { "get": { "x-ms-api-annotation": { "family": "GetItems", "revision": ⟦1⟧ } } } } }`,
      },
    ],
    check: {
      connector: ({ definition }, report) => {
        const first = new Map<string, Location>();
        for (const operation of definition?.operations ?? []) {
          const annotated = revisionOf(operation);
          if (!annotated) continue;
          const { family, revision } = annotated;
          const location = operation.at('x-ms-api-annotation', 'revision');
          const key = `${revision} ${family}`;
          const before = first.get(key);
          if (!before) first.set(key, location);
          else {
            const related = [{ location: before, message: 'The first use.' }];
            report(location, { name: family, revision }, { related });
          }
        }
      },
    },
  },
  {
    id: 'annotation-replacement-not-deprecated',
    level: 'error',
    message: 'Only a deprecated operation can have a replacement.',
    hint: 'Add "deprecated": true to the operation, or remove the replacement.',
    reason: 'The designer points users of a deprecated operation to its replacement.',
    sources: ['SV'],
    good: [
      {
        definition: example('{ "replacement": { "api": "items", "operationId": "ListItems" } }', '"deprecated": true,'),
      },
      { definition: example('{ "family": "GetItems", "revision": 1 }') },
    ],
    bad: [{ definition: example('{ ⟦"replacement"⟧: { "api": "items", "operationId": "ListItems" } }') }],
    checkMember: {
      names,
      of: {
        operation: (member, report, node) => {
          const replacement = member.at('replacement');
          if (replacement.value === undefined || node.value['deprecated'] === true) return;
          report(replacement, {}, { mark: 'name' });
        },
      },
    },
  },
  {
    id: 'annotation-replacement-incomplete',
    level: 'error',
    message: "'replacement' needs '{name}'.",
    reason: 'The designer needs the connector and the operation to point users to the replacement.',
    sources: ['SV'],
    good: [
      {
        definition: example('{ "replacement": { "api": "items", "operationId": "ListItems" } }', '"deprecated": true,'),
      },
      { definition: example('{ "family": "GetItems", "revision": 1 }') },
    ],
    bad: [
      { definition: example('{ "replacement": ⟦{⟧ "operationId": "ListItems" } }', '"deprecated": true,') },
      { definition: example('{ "replacement": ⟦{⟧ "api": "items" } }', '"deprecated": true,') },
    ],
    checkMember: {
      names,
      of: {
        operation: (member, report) => {
          const replacement = member.at('replacement');
          if (isObject(replacement.value)) reportMissing(replacement, ['api', 'operationId'], report, isNoText);
        },
      },
    },
  },
];
